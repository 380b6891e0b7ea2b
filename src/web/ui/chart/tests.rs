use super::*;

fn names(count: usize) -> Vec<String> {
    let short = ["Sep", "Oct", "Nov", "Dec", "Jan 27", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug"];
    short.into_iter().cycle().take(count).map(str::to_owned).collect()
}

fn line(months: usize) -> Line {
    Line::new("kr1", "Sales", "Plan rises.", names(months), None)
}

fn plain(value: i64) -> String {
    value.to_string()
}

/// What stands in an attribute of every element of a class.
fn paths<'a>(svg: &'a str, class: &str) -> Vec<&'a str> {
    let open = format!("class=\"{class}\" d=\"");
    svg.split(&open).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn a_chart_of_ten_months_has_lines_a_dot_a_level_and_the_launch() {
    let plan = [0, 15, 55, 95, 180, 320, 480, 650, 820, 1_000].map(|k| Some(k * 1_000)).to_vec();
    let chart = Line::new("kr1", "Sales", "Plan rises.", names(10), Some((4.4, "Launch".to_owned())))
        .plan(plan)
        .actual(vec![Some(0), Some(18_000), Some(33_000)])
        .target(Some(1_000_000))
        .drawn(&|value| format!("${}k", value / 1_000))
        .to_string();
    assert!(chart.starts_with(r#"<svg class="chart" viewBox="0 0 360 180" role="img" aria-labelledby="kr1-t kr1-d"><title id="kr1-t">Sales</title><desc id="kr1-d">Plan rises.</desc>"#), "{chart}");
    assert_eq!(
        paths(&chart, "ch-grid"),
        ["M46.2 158H348", "M46.2 123H348", "M46.2 88H348", "M46.2 53H348", "M46.2 18H348"]
    );
    for label in ["$0k", "$250k", "$500k", "$750k", "$1000k", ">Launch<", ">Sep<", ">Jan 27<", ">Jun<"] {
        assert!(chart.contains(label), "{label}: {chart}");
    }
    assert_eq!(paths(&chart, "ch-act"), ["M61.2 158L91.4 155.5L121.6 153.4"]);
    assert_eq!(paths(&chart, "ch-dot"), ["M121.6 153.4h.01"], "on the latest value");
    assert_eq!(paths(&chart, "ch-target"), ["M46.2 18H348"]);
    assert_eq!(paths(&chart, "ch-now"), ["M178.9 6V158"], "in January, before its middle");
    assert!(paths(&chart, "ch-plan")[0].ends_with("L332.9 18"), "{chart}");
    assert!(!chart.contains("style=") && !chart.contains("fill="));
}

#[test]
fn a_month_without_a_figure_breaks_the_line() {
    let row = vec![Some(10), None, Some(20), Some(30), None, None, Some(40), None];
    let chart = line(8).actual(row).drawn(&plain).to_string();
    let [path] = paths(&chart, "ch-act")[..] else { panic!("{chart}") };
    assert_eq!(path.matches('M').count(), 3, "{path}");
    assert_eq!(path.matches("h.01").count(), 2, "what stands alone is a dot: {path}");
    assert!(path.ends_with("h.01"), "also the last: {path}");
    assert_eq!(paths(&chart, "ch-dot").len(), 1);
    assert!(paths(&chart, "ch-plan").is_empty(), "no plan, no line");
}

#[test]
fn little_and_much_is_drawn_in_the_picture() {
    for months in [0, 1, 2, 12, 36, 400] {
        for amount in [0, 1, -1, i64::MAX, i64::MIN, 1_000_000_000_000_000] {
            let chart = Line::new("a", "b", "c", names(months), Some((0.5, "Now".to_owned())))
                .plan(vec![Some(amount); months + 2])
                .actual(vec![Some(amount)])
                .target(Some(amount / 2))
                .drawn(&plain)
                .to_string();
            assert!(!chart.contains("NaN") && !chart.contains("inf"), "{months} × {amount}: {chart}");
            for class in ["ch-act", "ch-plan", "ch-dot", "ch-target", "ch-now"] {
                for number in paths(&chart, class).concat().split(|c: char| !c.is_ascii_digit() && c != '.' && c != '-')
                {
                    let inside = number.is_empty() || (0.0..=348.0).contains(&number.parse::<f64>().unwrap());
                    assert!(inside, "{months} × {amount}: {number} in {chart}");
                }
            }
        }
    }
    let one = line(1).actual(vec![Some(7)]).drawn(&plain).to_string();
    assert_eq!(paths(&one, "ch-act"), ["M189 35.5h.01"], "in the middle of its month");
}

#[test]
fn three_years_of_months_stay_apart() {
    for (months, written) in [(1, 1), (8, 8), (10, 10), (12, 6), (13, 7), (24, 8), (36, 9)] {
        let drawn = line(months).drawn(&plain);
        assert_eq!(drawn.months.len(), written, "{months}: {:?}", drawn.months);
        assert!(months < 5 || drawn.months.iter().any(|word| word.text == "Jan 27"), "years are named: {months}");
        let apart = drawn
            .months
            .windows(2)
            .all(|two| two[1].at.0 - two[0].at.0 >= (width(&two[0].text) + width(&two[1].text)) / 2);
        assert!(apart, "{months}: {:?}", drawn.months);
    }
    let short = Line::new("a", "b", "c", vec!["Sep".to_owned(); 36], None).drawn(&plain);
    assert_eq!(short.months.len(), 12);
    let chinese = Line::new("a", "b", "c", vec!["9月".to_owned(); 12], None).drawn(&plain);
    assert_eq!(chinese.months.len(), 12, "a year of them has room");
}

#[test]
fn the_launch_stays_in_the_picture_and_its_word_too() {
    let mark = |at: f64| Line::new("a", "b", "c", names(10), Some((at, "Launch".to_owned()))).drawn(&plain).launch;
    for outside in [-0.1, 10.1, f64::NAN, f64::INFINITY] {
        assert_eq!(mark(outside), None, "{outside}");
    }
    for (at, anchor) in [(0.0, "start"), (4.4, "start"), (9.9, "end"), (10.0, "end")] {
        assert_eq!(mark(at).map(|(_, word)| word.anchor), Some(anchor), "{at}");
    }
}

#[test]
fn every_text_stays_text() {
    let evil = r#""><script>alert(1)</script>"#;
    let chart = Line::new("a", evil, evil, vec![evil.to_owned()], Some((0.5, evil.to_owned())))
        .drawn(&|_| evil.to_owned())
        .to_string();
    let bullet = Bullet::new(evil.to_owned(), 50, 50).to_string();
    assert!(!chart.contains("<script") && !bullet.contains("<script"), "{chart}{bullet}");
    #[derive(Template)]
    #[template(source = "{{ chart }}{{ bullet }}", ext = "html")]
    struct Page {
        chart: LineChart,
        bullet: Bullet,
    }
    let page = Page { chart: line(3).drawn(&plain), bullet: Bullet::new("41%".to_owned(), 41, 60) };
    let written = page.render().unwrap();
    assert!(written.starts_with("<svg class=\"chart\"") && written.ends_with("</svg>"), "as HTML: {written}");
}

#[test]
fn a_bar_ends_with_the_whole() {
    for (value, plan, bar, tick) in [(41, 60, 41, 60), (130, 100, 100, 99), (-5, 0, 0, 1), (i64::MAX, i64::MIN, 100, 1)]
    {
        let svg = Bullet::new("of the month".to_owned(), value, plan).to_string();
        assert!(svg.contains(&format!("class=\"v\" y=\"1\" width=\"{bar}\"")), "{svg}");
        assert!(svg.contains(&format!("d=\"M{tick} 0V8\"")), "{svg}");
    }
}
