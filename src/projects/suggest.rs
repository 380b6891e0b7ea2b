//! A short key for a project, such as `GEO`: what people see in `GEO-42` (ARCHITECTURE §7). Pure.

use thiserror::Error;

/// The shortest key, in characters.
pub const KEY_MIN: usize = 2;
/// The longest key, in characters.
pub const KEY_MAX: usize = 6;

/// Why a key was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyRefusal {
    /// Fewer than two characters or more than six.
    #[error("a key has two to six characters")]
    Length,
    /// It starts with a digit.
    #[error("a key starts with a letter")]
    Start,
    /// A character other than A to Z and 0 to 9.
    #[error("a key is made of capital letters A to Z and digits")]
    Character,
}

/// Checks a key: two to six capital ASCII letters or digits, the first one a letter.
///
/// # Errors
/// The first thing that is wrong.
pub fn validate_key(key: &str) -> Result<(), KeyRefusal> {
    if !key.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit()) {
        return Err(KeyRefusal::Character);
    }
    if !(KEY_MIN..=KEY_MAX).contains(&key.len()) {
        return Err(KeyRefusal::Length);
    }
    if !key.starts_with(|letter: char| letter.is_ascii_uppercase()) {
        return Err(KeyRefusal::Start);
    }
    Ok(())
}

/// Suggests a free key from a project's name.
///
/// In this order: its first abbreviation (`GEO Monitor` gives `GEO`), the initials of its words (`Smart Home Hub`
/// gives `SHH`), its first word (`Atlas` gives `ATLAS`, a longer one its first four letters). A key that is taken
/// gets a number (`GEO2`). A name without Latin letters gives `P1`, `P2` …
pub fn suggest_key(name: &str, taken: &dyn Fn(&str) -> bool) -> String {
    let candidates = candidates(name);
    if let Some(free) = candidates.iter().find(|key| !taken(key)) {
        return free.clone();
    }
    let stem = candidates.first().map_or("P", String::as_str);
    let first = if candidates.is_empty() { 1 } else { 2 };
    let numbered = (first..NUMBERS).map(|number| with_number(stem, number)).find(|key| !taken(key));
    numbered.unwrap_or_else(|| with_number("P", NUMBERS))
}

/// Numbers that still fit behind one letter.
const NUMBERS: u32 = 99_999;

fn with_number(stem: &str, number: u32) -> String {
    let number = number.to_string();
    let room = KEY_MAX.saturating_sub(number.len());
    stem.chars().take(room).chain(number.chars()).collect()
}

/// Keys that the name itself offers, the best first; all valid.
fn candidates(name: &str) -> Vec<String> {
    let words: Vec<&str> = name
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| word.starts_with(|letter: char| letter.is_ascii_alphabetic()))
        .collect();
    let abbreviation = words.iter().find(|word| validate_key(word).is_ok()).map(|word| (*word).to_owned());
    let initials: String = words.iter().filter_map(|word| word.chars().next()).take(KEY_MAX).collect();
    let first = words.first().map(|word| {
        let length = if word.len() > KEY_MAX { 4 } else { KEY_MAX };
        word.chars().take(length).collect()
    });
    let mut keys: Vec<String> = abbreviation.into_iter().chain([initials]).chain(first).collect();
    for key in &mut keys {
        key.make_ascii_uppercase();
    }
    keys.retain(|key| validate_key(key).is_ok());
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn names_suggest_their_keys() {
        let cases = [
            ("GEO Monitor 1.0", "GEO"),
            ("Smart Home Hub", "SHH"),
            ("Atlas", "ATLAS"),
            ("Expenses", "EXPE"),
            ("The new CRM", "CRM"),
            ("GEO监测1.0", "GEO"),
            ("智能音箱", "P1"),
            ("智能音箱 Pro", "PRO"),
            ("2026 launch", "LAUNCH"),
            ("x", "P1"),
            ("1.0", "P1"),
            ("", "P1"),
            ("a b c d e f g h", "ABCDEF"),
        ];
        for (name, key) in cases {
            assert_eq!(suggest_key(name, &|_| false), key, "{name}");
        }
    }

    #[test]
    fn a_taken_key_gives_way() {
        let taken = |keys: &'static [&'static str]| move |key: &str| keys.contains(&key);
        assert_eq!(suggest_key("GEO Monitor", &taken(&["GEO"])), "GM");
        assert_eq!(suggest_key("GEO Monitor", &taken(&["GEO", "GM"])), "GEO2");
        assert_eq!(suggest_key("GEO", &taken(&["GEO", "GEO2"])), "GEO3");
        assert_eq!(suggest_key("a b c d e f", &taken(&["ABCDEF", "A"])), "ABCDE2");
        assert_eq!(suggest_key("智能音箱", &taken(&["P1", "P2"])), "P3");
    }

    #[test]
    fn keys_are_checked() {
        let cases = [
            ("GEO", Ok(())),
            ("G2", Ok(())),
            ("G", Err(KeyRefusal::Length)),
            ("", Err(KeyRefusal::Length)),
            ("GEOGEO7", Err(KeyRefusal::Length)),
            ("2G", Err(KeyRefusal::Start)),
            ("geo", Err(KeyRefusal::Character)),
            ("GE-O", Err(KeyRefusal::Character)),
            ("项目", Err(KeyRefusal::Character)),
        ];
        for (key, expected) in cases {
            assert_eq!(validate_key(key), expected, "{key}");
        }
    }

    proptest! {
        #[test]
        fn a_suggestion_is_always_valid_and_free(names in prop::collection::vec("\\PC{0,20}|[A-Za-z ]{0,12}", 1..40)) {
            let mut taken = HashSet::new();
            for name in names {
                let key = suggest_key(&name, &|key| taken.contains(key));
                prop_assert_eq!(validate_key(&key), Ok(()));
                prop_assert!(taken.insert(key));
            }
        }
    }
}
