//! Time zones that people choose from.

use jiff::tz::TimeZone;
use std::sync::LazyLock;

/// The parts of the world whose names are places; the rest of the database is aliases and abbreviations.
const PLACES: [&str; 10] = [
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
];

static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned())
        .filter(|name| PLACES.iter().any(|place| name.starts_with(place)))
        .collect();
    names.sort();
    names.dedup();
    names.push("UTC".to_owned());
    names
});

/// Every zone that is named after a place, and UTC last.
#[must_use]
pub fn names() -> &'static [String] {
    &NAMES
}

/// The zone of this IANA name, if it is one of [`names`].
#[must_use]
pub fn find(name: &str) -> Option<TimeZone> {
    NAMES.iter().any(|known| known == name).then(|| TimeZone::get(name).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_nothing_else() {
        assert!(find("Asia/Shanghai").is_some());
        assert!(find("UTC").is_some());
        assert!(find("Etc/GMT+3").is_none());
        assert!(find("../etc/passwd").is_none());
        assert!(names().len() > 300);
    }
}
