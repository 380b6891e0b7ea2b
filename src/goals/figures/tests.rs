use super::*;
use crate::platform::locale::Language;

fn scale(measure: Measure, unit_kind: UnitKind, unit: &str, decimals: i16) -> Scale {
    let base_unit = if measure == Measure::Ratio { "trials" } else { "" };
    Scale { measure, unit_kind, unit: unit.to_owned(), base_unit: base_unit.to_owned(), decimals }
}

#[test]
fn amounts_are_written_in_both_languages() {
    let (en, zh) = (T(Language::English), T(Language::Chinese));
    let money = scale(Measure::Additive, UnitKind::Money, "USD", 0);
    let cents = scale(Measure::Additive, UnitKind::Money, "CNY", 2);
    let percent = scale(Measure::Level, UnitKind::Percent, "", 1);
    for (scale, amount, full, short, chinese) in [
        (&money, 33_000, "$33,000", "$33k", "$3.3万"),
        (&money, 1_000_000, "$1,000,000", "$1.0M", "$100万"),
        (&money, -7_000, "−$7,000", "−$7,000", "−$7,000"),
        (&money, 5_000, "$5,000", "$5,000", "$5,000"),
        (&money, 123_456_789, "$123,456,789", "$123M", "$1.2亿"),
        (&cents, 120_050, "¥1,200.50", "¥1,200.50", "¥1,200.50"),
        (&cents, 5_000_000, "¥50,000", "¥50k", "¥5万"),
        (&percent, 109, "10.9%", "10.9%", "10.9%"),
        (&percent, -5, "−0.5%", "−0.5%", "−0.5%"),
    ] {
        assert_eq!(scale.full(en, amount), full);
        assert_eq!(scale.short(en, amount), short);
        assert_eq!(scale.short(zh, amount), chinese);
    }
}

#[test]
fn what_people_type_and_paste_is_read() {
    let money = scale(Measure::Additive, UnitKind::Money, "USD", 2);
    let count = scale(Measure::Additive, UnitKind::Number, "sign-ups", 0);
    let percent = scale(Measure::Level, UnitKind::Percent, "", 1);
    for (scale, text, expected) in [
        (&money, "1,000.5", Ok(100_050)),
        (&money, "$1,000", Ok(100_000)),
        (&money, "USD 12", Ok(1_200)),
        (&money, "33k", Ok(3_300_000)),
        (&money, "1.5万", Ok(1_500_000)),
        (&money, "1.234", Err(Wrong::TooFine(2))),
        (&money, "1.230", Ok(123)),
        (&count, "１，２５０", Ok(1_250)),
        (&count, " 5 000 ", Ok(5_000)),
        (&count, "-12", Ok(-12)),
        (&count, "−12", Ok(-12)),
        (&count, "1.5", Err(Wrong::TooFine(0))),
        (&count, "1,5", Err(Wrong::NotANumber)),
        (&count, "1,0000", Err(Wrong::NotANumber)),
        (&count, ",", Err(Wrong::NotANumber)),
        (&count, "", Err(Wrong::NotANumber)),
        (&count, "5.", Err(Wrong::NotANumber)),
        (&count, "1 2 3", Err(Wrong::NotANumber)),
        (&count, "000", Err(Wrong::NotANumber)),
        (&count, "0", Ok(0)),
        (&count, "5kk", Err(Wrong::NotANumber)),
        (&count, "1万万", Err(Wrong::NotANumber)),
        (&count, "1e5", Err(Wrong::NotANumber)),
        (&count, "12 apples", Err(Wrong::NotANumber)),
        (&count, "9999999999999999", Err(Wrong::TooLarge)),
        (&count, "9999999999999M", Err(Wrong::TooLarge)),
        (&percent, "10.9%", Ok(109)),
        (&percent, "10.9％", Ok(109)),
    ] {
        assert_eq!(scale.parse(text), expected, "{text}");
    }
}

#[test]
fn what_others_would_read_otherwise_is_refused() {
    let count = scale(Measure::Additive, UnitKind::Number, "sign-ups", 0);
    let money = scale(Measure::Additive, UnitKind::Money, "USD", 2);
    for text in ["0,125", "00,125", "000,125", "-0,125", "0 125", "０，１２５", "0,000", "012,500", "0,125k"] {
        for scale in [&count, &money] {
            assert_eq!(scale.parse(text), Err(Wrong::NotANumber), "{text} with {}", scale.decimals);
        }
    }
    for text in ["1.000", "-1.000", "25.000", "250.000", "１．０００", "$1.000", "00.125", "000.125", "1.000.000"]
    {
        assert_eq!(money.parse(text), Err(Wrong::NotANumber), "{text}");
        assert_eq!(count.parse(text.trim_start_matches('$')), Err(Wrong::NotANumber), "{text}");
    }
    for (scale, text, expected) in [
        (&money, "0", 0),
        (&money, "0.5", 50),
        (&money, "0.50", 50),
        (&money, "1.50", 150),
        (&money, "1.00", 100),
        (&money, "100,125", 10_012_500),
        (&count, "1.0", 1),
        // None of these can be thousands.
        (&count, "0.000", 0),
        (&count, "1250.000", 1_250),
        (&count, "1,250.000", 1_250),
        (&count, "1.000k", 1_000),
        (&count, "1.125万", 11_250),
    ] {
        assert_eq!(scale.parse(text), Ok(expected), "{text}");
    }
}

#[test]
fn a_field_reads_back_what_it_held() {
    for decimals in 0..=2 {
        let scale = scale(Measure::Additive, UnitKind::Money, "EUR", decimals);
        for amount in [-250, -1, 0, 1, 10, 99, 100, 12_345_678] {
            assert_eq!(scale.parse(&scale.field(amount)), Ok(amount), "{amount} with {decimals}");
        }
    }
}

#[test]
fn ratios_are_sums_over_sums() {
    let share = scale(Measure::Ratio, UnitKind::Percent, "customers", 1);
    assert_eq!(share.ratio(109, 1_000), Some(109));
    assert_eq!(share.ratio(1, 3), Some(333));
    assert_eq!(share.ratio(2, 3), Some(667));
    assert_eq!(share.ratio(5, 0), None);
    assert_eq!(share.above(200, 1_000), 200);
    assert_eq!(share.above(200, 503), 101);
    let cost = scale(Measure::Ratio, UnitKind::Money, "USD", 2);
    assert_eq!(cost.ratio(100_000, 3), Some(33_333));
    assert_eq!(cost.above(33_333, 3), 99_999);
}

#[test]
fn halves_are_rounded_away_from_zero() {
    for (above, below, expected) in
        [(1, 2, 1), (-1, 2, -1), (1, 3, 0), (2, 3, 1), (-2, 3, -1), (7, 7, 1), (0, 5, 0), (5, 0, 0)]
    {
        assert_eq!(rounded(above, below), expected, "{above}/{below}");
    }
}
