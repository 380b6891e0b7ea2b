use super::*;
use crate::goals::figures::UnitKind;
use jiff::civil::date;

const TODAY: Date = date(2026, 11, 18);

fn scale(measure: Measure) -> Scale {
    let base_unit = if measure == Measure::Ratio { "trials" } else { "" }.to_owned();
    Scale { measure, unit_kind: UnitKind::Number, unit: "defects".to_owned(), base_unit, decimals: 0 }
}

/// A line with its period, its figure and what is said with it.
type Read = (usize, String, i64, Option<String>);

fn read_all(text: &str) -> Result<Vec<Read>, Vec<(usize, Why)>> {
    let lines = read(&scale(Measure::Level), (Cadence::Month, TODAY), text);
    lines
        .map(|lines| lines.into_iter().map(|one| (one.line, one.period.field(), one.value, one.note)).collect())
        .map_err(|mistakes| mistakes.into_iter().map(|one| (one.line, one.why)).collect())
}

#[test]
fn spreadsheets_and_csv_say_the_same() {
    let expected = Ok(vec![
        (1, "2026-09".to_owned(), 12, None),
        (2, "2026-10".to_owned(), 1250, Some("Two fairs, one film".to_owned())),
    ]);
    for text in [
        "2026-09\t12\n2026-10\t1,250\tTwo fairs, one film",
        "2026-09,12\r\n2026-10,\"1,250\",\"Two fairs, one film\"\r\n",
        "2026-09;12;\n2026-10;1,250;Two fairs, one film;",
        "\u{feff}2026年9月\t12\t\n2026/10/31\t1250\t\"Two fairs,\none film\"\n\n",
    ] {
        assert_eq!(read_all(text), expected, "{text}");
    }
}

#[test]
fn a_sentence_may_hold_what_sets_cells_apart_elsewhere() {
    let expected = |first: &str, second: &str| {
        let line = |line, period: &str, value, note: &str| (line, period.to_owned(), value, Some(note.to_owned()));
        Ok(vec![line(1, "2026-10", 5, first), line(2, "2026-09", 6, second)])
    };
    for (text, first, second) in [
        ("2026-10,5,\"late; see ticket\"\n2026-09,6,ok", "late; see ticket", "ok"),
        ("2026-10,5,note; with semicolon\n2026-09,6,ok", "note; with semicolon", "ok"),
        ("2026-10,5,ok\n2026-09,6,\"a\tb\"", "ok", "a b"),
        ("2026-10;5;\"a\tb\"\n2026-09;6;late, too", "a b", "late, too"),
        ("2026-10\t5\ta; b, c\n2026-09\t6\tok", "a; b, c", "ok"),
    ] {
        assert_eq!(read_all(text), expected(first, second), "{text}");
    }
    let headed = read_all("Month,Open; at its end\n2026-10,5,a; b").unwrap();
    assert_eq!(headed, [(2, "2026-10".to_owned(), 5, Some("a; b".to_owned()))]);
    let week = read_all("2026-W40,5,a; b").unwrap_err();
    assert_eq!(week, [(1, Why::NoPeriod("2026-W40".to_owned(), Cadence::Month))]);
}

#[test]
fn a_heading_is_left_out_and_lines_are_counted_with_it() {
    let read = read_all("Month\tFigure\tNote\n\n2026-09\t12\tSaid \"so\"").unwrap();
    assert_eq!(read, [(3, "2026-09".to_owned(), 12, Some("Said \"so\"".to_owned()))]);
    let doubled = read_all("2026-09,12,\"Said \"\"so\"\"\"").unwrap();
    assert_eq!(doubled, [(1, "2026-09".to_owned(), 12, Some("Said \"so\"".to_owned()))]);
    assert_eq!(read_all("").unwrap(), []);
}

#[test]
fn every_line_that_is_wrong_says_why() {
    let text = "2026-09\t12\nOct\t3\n2026-12\t4\n2026-09\t5\n2026-08\n2026-07\tmany\n2026-06\t1\ta\tb\n2026-05\t1.5";
    let no_period = |text: &str| Why::NoPeriod(text.to_owned(), Cadence::Month);
    assert_eq!(
        read_all(text).unwrap_err(),
        [
            (2, no_period("Oct")),
            (3, Why::NotBegun("2026-12".to_owned())),
            (4, Why::Twice("2026-09".to_owned())),
            (5, Why::NoFigure),
            (6, Why::Figure("many".to_owned(), Wrong::NotANumber)),
            (7, Why::TooMany(4)),
            (8, Why::Figure("1.5".to_owned(), Wrong::TooFine(0))),
        ]
    );
    assert_eq!(read_all("2026-10,1,250").unwrap_err(), [(1, Why::Comma("1,250".to_owned()))], "never 1");
    let quoted = read_all("2026-10,\"1\",\"250\"").unwrap();
    assert_eq!(quoted, [(1, "2026-10".to_owned(), 1, Some("250".to_owned()))], "what is in quotation marks is whole");
    assert_eq!(read_all("2026-09,1\n2026-10,\"2").unwrap_err(), [(2, Why::OpenQuote)]);
    let long = format!("2026-09\t1\t{}", "a".repeat(NOTE + 1));
    assert_eq!(read_all(&long).unwrap_err(), [(1, Why::LongNote)]);
}

#[test]
fn a_ratio_has_two_figures() {
    let read_ratio = |text: &str| read(&scale(Measure::Ratio), (Cadence::Week, TODAY), text);
    let lines = read_ratio("2026-W46,12/60").unwrap();
    assert_eq!(lines.first().map(|one| (one.value, one.base)), Some((12, 60)));
    for text in ["2026-W46,12", "2026-W46,12/0", "2026-W46,12/-6"] {
        let why = read_ratio(text).unwrap_err().into_iter().map(|one| one.why).next();
        assert!(matches!(why, Some(Why::NoBase(_))), "{text}: {why:?}");
    }
}
