//! Every message is used. That every message exists in both languages with the same arguments fails the build already.

use std::{collections::BTreeSet, fs, path::Path};

#[test]
fn every_message_is_used() {
    let mut text = String::new();
    for folder in ["src", "templates"] {
        read(Path::new(folder), &mut text);
    }
    let mut unused = BTreeSet::new();
    for file in fs::read_dir("locales/en").unwrap() {
        for line in fs::read_to_string(file.unwrap().path()).unwrap().lines() {
            let Some((key, _)) = line.split_once(" =") else { continue };
            if key.starts_with(|c: char| c.is_ascii_lowercase()) && !key.contains(' ') {
                let call = format!(".{}(", key.replace('-', "_"));
                let path = format!("T::{}", key.replace('-', "_"));
                if !text.contains(&call) && !text.contains(&path) {
                    unused.insert(key.to_owned());
                }
            }
        }
    }
    assert!(unused.is_empty(), "messages that nothing shows: {unused:#?}");
}

#[test]
fn chinese_uses_full_width_punctuation() {
    // A half-width mark after a Chinese character.
    let mut wrong = Vec::new();
    for file in fs::read_dir("locales/zh-CN").unwrap() {
        let path = file.unwrap().path();
        for line in fs::read_to_string(&path).unwrap().lines() {
            let Some((key, value)) = line.split_once(" = ") else { continue };
            if line.starts_with(' ') || key.contains(' ') {
                continue;
            }
            let chars: Vec<char> = value.chars().collect();
            let is_han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
            let half_width =
                chars.windows(2).any(|pair| is_han(&pair[0]) && matches!(pair[1], ',' | ';' | '!' | '?' | '('));
            if half_width {
                wrong.push(format!("{}: {key} = {value}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "half-width punctuation:\n{}", wrong.join("\n"));
}

/// Colons are full-width in Chinese, and a space stands between Chinese and Latin letters or figures; what is filled in gets
/// its space when it is (`platform::locale`).
#[test]
fn chinese_keeps_its_colons_and_its_distance_from_latin_letters() {
    let is_han = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c);
    let is_dated = |c: char| matches!(c, '年' | '月' | '日');
    let mut wrong = Vec::new();
    for file in fs::read_dir("locales/zh-CN").unwrap() {
        let path = file.unwrap().path();
        for line in fs::read_to_string(&path).unwrap().lines().filter(|line| !line.starts_with('#')) {
            let value = line.split_once(" = ").map_or(line, |(_, value)| value);
            let chars: Vec<char> = value.chars().collect();
            let touches = |pair: &[char]| {
                let (one, other) = (pair[0], pair[1]);
                is_han(one) && other.is_ascii_alphanumeric() && !(is_dated(one) && other.is_ascii_digit())
                    || one.is_ascii_alphanumeric() && is_han(other) && !(is_dated(other) && one.is_ascii_digit())
                    || is_han(one) && other == ':'
            };
            if chars.windows(2).any(touches) || value.contains("}:") {
                wrong.push(format!("{}: {line}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "without a space or with a half-width colon:\n{}", wrong.join("\n"));
}

fn read(folder: &Path, out: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "html") {
            out.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}
