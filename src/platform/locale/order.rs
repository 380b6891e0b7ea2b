//! The order in which names stand in a list that a person reads (DESIGN §9). Pure.
//!
//! Chinese names stand by pinyin, all others by their alphabet: letters first, accents only between equal letters, case
//! only between equal accents; "Plan 2" before "Plan 10". A reader of Chinese finds the Chinese names first, a reader of
//! English finds them last. The rules are those of Unicode (CLDR); what the database would do depends on how it was built.

use super::{Language, T};
use icu_collator::{
    Collator, CollatorBorrowed, CollatorPreferences,
    options::{CollatorOptions, Strength},
    preferences::CollationNumericOrdering,
};
use icu_locale_core::locale;
use std::{borrow::Cow, sync::LazyLock};

/// The letters alone: Chinese ones by pinyin, all others by their alphabet.
static PINYIN: LazyLock<CollatorBorrowed<'static>> =
    LazyLock::new(|| collator(CollatorPreferences::from(&locale!("zh")), Strength::Primary));

/// Accents and case, where the letters are equal. In Chinese accents are tones, and `á` would stand before `a`.
static ACCENTS: LazyLock<CollatorBorrowed<'static>> =
    LazyLock::new(|| collator(CollatorPreferences::default(), Strength::Tertiary));

#[expect(clippy::expect_used, reason = "the data is part of the program: it cannot be missing at run time")]
fn collator(mut preferences: CollatorPreferences, strength: Strength) -> CollatorBorrowed<'static> {
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    let mut options = CollatorOptions::default();
    options.strength = Some(strength);
    Collator::try_new(preferences, options).expect("data of Chinese and of no language")
}

/// Surnames that are read otherwise than the same character in a word, each with a character that is always read so.
/// Those with several usual readings are left as they are.
const SURNAMES: [(&str, &str); 13] = [
    ("万俟", "末其"),
    ("尉迟", "玉迟"),
    ("乐", "月"),
    ("仇", "球"),
    ("区", "欧"),
    ("单", "善"),
    ("曾", "增"),
    ("朴", "瓢"),
    ("查", "渣"),
    ("盖", "葛"),
    ("缪", "庙"),
    ("翟", "宅"),
    ("解", "谢"),
];

/// Where a name stands among others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    is_after_letters: bool,
    letters: Vec<u8>,
    accents: Vec<u8>,
}

impl Standing {
    fn of(language: Language, name: &str) -> Self {
        let (mut letters, mut accents) = (Vec::new(), Vec::new());
        let Ok(()) = PINYIN.write_sort_key_to(name, &mut letters);
        let Ok(()) = ACCENTS.write_sort_key_to(name, &mut accents);
        // The rules of Chinese have them first of themselves.
        let is_after_letters = language == Language::English && name.chars().next().is_some_and(is_chinese);
        Self { is_after_letters, letters, accents }
    }
}

fn is_chinese(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A person's name with its surname as it is read.
fn read_aloud(name: &str) -> Cow<'_, str> {
    let letters = name.chars().count();
    if !(2..=4).contains(&letters) || !name.chars().all(is_chinese) {
        return Cow::Borrowed(name);
    }
    let surname = SURNAMES.iter().find_map(|(surname, read)| Some((name.strip_prefix(surname)?, read)));
    surname.map_or(Cow::Borrowed(name), |(given, read)| Cow::Owned(format!("{read}{given}")))
}

/// Puts things with names (departments, projects) into the reader's order; those of one name stay as they stand.
pub fn sort_names<X>(t: T, list: &mut [X], name: impl Fn(&X) -> &str) {
    list.sort_by_cached_key(|one| Standing::of(t.language(), name(one)));
}

/// As [`sort_names`], for people: a Chinese surname counts as it is read in a name.
pub fn sort_people<X>(t: T, list: &mut [X], name: impl Fn(&X) -> &str) {
    list.sort_by_cached_key(|one| Standing::of(t.language(), &read_aloud(name(one))));
}

/// The part of a list of people, in the reader's order, that begins after the first `from` and has at most `most`. Those
/// of one name stand in the order of `X`. Only that part is sorted: the list may be the whole organisation.
#[must_use]
pub fn people_between<X: Ord>(t: T, list: Vec<(String, X)>, from: usize, most: usize) -> Vec<X> {
    let mut standing: Vec<(Standing, X)> =
        list.into_iter().map(|(name, one)| (Standing::of(t.language(), &read_aloud(&name)), one)).collect();
    if from >= standing.len() {
        return Vec::new();
    }
    standing.select_nth_unstable(from);
    let mut part = standing.split_off(from);
    if part.len() > most {
        part.select_nth_unstable(most);
        part.truncate(most);
    }
    part.sort_unstable();
    part.into_iter().map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests;
