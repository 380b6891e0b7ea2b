//! The day that a text names: what a settlement says of when. Pure.

use jiff::{ToSpan, civil::Date};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The one day from `today` on that a text names: `2026-12-04`, `4 December`, `Dec 4`, `the 27th`, `12月4日`, `27日`. None
/// where it names none, or several: a guess would be worse.
#[must_use]
pub fn day(text: &str, today: Date) -> Option<Date> {
    let mut found = days(text, today);
    found.sort();
    found.dedup();
    match found[..] {
        [day] if day >= today => Some(day),
        _ => None,
    }
}

/// A run of digits, of letters, or one other character.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let sort = |c: char| (c.is_ascii_digit(), c.is_ascii_alphabetic());
    for c in text.to_lowercase().chars() {
        match tokens.last_mut() {
            Some(last) if sort(c) != (false, false) && last.chars().next().map(sort) == Some(sort(c)) => last.push(c),
            _ => tokens.push(c.to_string()),
        }
    }
    tokens.retain(|token| !token.trim().is_empty() && !matches!(token.as_str(), "*" | "_" | "of" | "the"));
    tokens
}

fn days(text: &str, today: Date) -> Vec<Date> {
    let tokens = tokens(text);
    let number = |at: usize| tokens.get(at).and_then(|token| token.parse::<i16>().ok());
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token == word);
    let month = |at: usize| -> Option<i8> {
        let token = tokens.get(at)?;
        let place =
            MONTHS.iter().position(|name| token == name || token.len() == 3 && name.starts_with(token.as_str()))?;
        i8::try_from(place + 1).ok()
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let is_ordinal = ["st", "nd", "rd", "th"].iter().any(|end| is(at + 1, end));
        let after = at + 1 + usize::from(is_ordinal);
        let (day, steps) = match number(at) {
            Some(year) if is(at + 1, "-") && is(at + 3, "-") => (whole(year, number(at + 2), number(at + 4)), 5),
            Some(year) if is(at + 1, "年") && is(at + 3, "月") => (whole(year, number(at + 2), number(at + 4)), 6),
            Some(month) if is(at + 1, "月") => (of_year(i8::try_from(month).ok(), number(at + 2), None, today), 4),
            Some(day) if is(at + 1, "日") || is(at + 1, "号") => (of_month(day, today), 2),
            Some(day) if month(after).is_some() => {
                (of_year(month(after), Some(day), number(after + 1), today), after + 1 - at)
            }
            Some(day) if is_ordinal => (of_month(day, today), 2),
            Some(_) => (None, 1),
            None if month(at).is_some() && number(at + 1).is_some() => {
                (of_year(month(at), number(at + 1), None, today), 2)
            }
            None => (None, 1),
        };
        found.extend(day);
        at += steps;
    }
    found
}

fn whole(year: i16, month: Option<i16>, day: Option<i16>) -> Option<Date> {
    Date::new(year, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?).ok()
}

/// In the year that is given, else the next one with that day ahead.
fn of_year(month: Option<i8>, day: Option<i16>, year: Option<i16>, today: Date) -> Option<Date> {
    let (month, day) = (month?, i8::try_from(day?).ok()?);
    if let Some(year) = year.filter(|year| *year > 1900) {
        return Date::new(year, month, day).ok();
    }
    let this = Date::new(today.year(), month, day).ok()?;
    if this >= today { Some(this) } else { Date::new(today.year() + 1, month, day).ok() }
}

/// The next day with this number in its month.
fn of_month(day: i16, today: Date) -> Option<Date> {
    let day = i8::try_from(day).ok()?;
    let first = today.first_of_month();
    (0..3).filter_map(|months| first.checked_add(i64::from(months).months()).ok()).find_map(|month| {
        let found = Date::new(month.year(), month.month(), day).ok()?;
        (found >= today).then_some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::day;
    use jiff::civil::date;

    #[test]
    fn a_settlement_names_its_day() {
        let today = date(2026, 11, 18);
        for (text, expected) in [
            ("R&D delivers on the 27th", Some(date(2026, 11, 27))),
            ("Done by **4 December**.", Some(date(2026, 12, 4))),
            ("Done by Dec 4, with two people", Some(date(2026, 12, 4))),
            ("On December 4th 2026.", Some(date(2026, 12, 4))),
            ("By 2026-12-04, and 2026-12-04 stands", Some(date(2026, 12, 4))),
            ("the 4th of January", Some(date(2027, 1, 4))),
            ("on the 5th", Some(date(2026, 12, 5))),
            ("研发在27日交付", Some(date(2026, 11, 27))),
            ("研发12月4日交付。", Some(date(2026, 12, 4))),
            ("2026年12月4日前完成", Some(date(2026, 12, 4))),
            ("Either the 27th or 4 December", None),
            ("With 2 people more and 3 days", None),
            ("It was due on 2026-11-01", None),
            ("As agreed", None),
            ("on the 99th", None),
            ("Marketing 4 people, sales 12", None),
        ] {
            assert_eq!(day(text, today), expected, "{text}");
        }
    }
}
