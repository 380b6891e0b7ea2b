use super::*;
use jiff::civil::date;

#[test]
fn a_space_stands_where_two_scripts_meet_and_nowhere_else() {
    let t = T(Language::Chinese);
    for (subject, said) in
        [("D-2", "D-2 已有决议：继续"), ("上报", "上报已有决议：继续"), ("3月促销D", "3月促销D 已有决议：继续")]
    {
        assert_eq!(t.notices_guest_decided("继续", subject), said);
    }
    assert_eq!(t.time_over_days(3), "已超时 3 个工作日");
    assert_eq!(t.calendar_month(11, 2026), "2026年11月");
    assert_eq!(t.ledger_owed(1, "QA"), "未答复 1 次，待 QA 答复");
    assert_eq!(t.ledger_owed(1, "市场"), "未答复 1 次，待市场答复");
    assert_eq!(spaced("截至\u{2068}11月3日\u{2069}为止"), "截至11月3日为止");
    assert_eq!(T(Language::English).labelled("A", "One price"), "A: One price");
    assert_eq!(t.labelled("A", "统一价"), "A：统一价");
}

#[test]
fn own_choice_then_browser_then_english() {
    for (own, header, expected) in [
        (None, "zh-CN,zh;q=0.9,en;q=0.8", Language::Chinese),
        (None, "fr, en;q=0.3", Language::English),
        (None, "en;q=0.4, zh-TW;q=0.5", Language::Chinese),
        (Some(Language::Chinese), "en", Language::Chinese),
        (None, "", Language::English),
        (None, "zh;q=abc, *", Language::English),
    ] {
        assert_eq!(Language::choose(own, header), expected, "{header}");
    }
}

#[test]
fn dates_and_numbers_in_both_languages() {
    let (en, zh) = (T(Language::English), T(Language::Chinese));
    let day = date(2026, 11, 20);
    assert_eq!(en.day(day, day), "Fri 20 Nov");
    assert_eq!(zh.day(day, day), "11月20日 周五");
    assert_eq!(en.day(day, date(2027, 1, 1)), "Fri 20 Nov 2026");
    assert_eq!(zh.date(day), "2026年11月20日");
    assert_eq!(en.number(-1_234_567), "−1,234,567");
    assert_eq!(en.number(999), "999");
}
