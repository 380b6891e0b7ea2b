//! The floors of the house: a room imports only rooms on lower floors, and never in a circle.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Each room with its floor; `app` stands above all, `platform` below. Rooms on one floor do not know each other.
const FLOORS: [(&str, u8); 24] = [
    ("app", 9),
    ("jobs", 9),
    ("demo", 8),
    ("overview", 7),
    ("admin", 7),
    ("notices", 7),
    ("lifecycle", 6),
    ("ledger", 6),
    ("recognition", 6),
    ("requests", 5),
    ("playbook", 5),
    ("scope", 5),
    ("decisions", 4),
    ("goals", 3),
    ("live", 3),
    ("chats", 3),
    ("work", 3),
    ("projects", 2),
    ("accounts", 1),
    ("departments", 1),
    ("events", 1),
    ("web", 0),
    ("platform", 0),
    ("main", 10),
];

/// Below the floors, in this order; and `events` is where every change of floor 1 is written.
fn may_import(from: &str, to: &str) -> bool {
    if matches!((from, to), ("web", "platform") | ("accounts" | "departments", "events")) {
        return true;
    }
    floor(to) < floor(from)
}

fn floor(room: &str) -> u8 {
    FLOORS
        .iter()
        .find_map(|(name, floor)| (*name == room).then_some(*floor))
        .unwrap_or_else(|| panic!("{room} has no floor"))
}

#[test]
fn imports_point_downward() {
    let mut wrong = Vec::new();
    let mut seen = BTreeMap::<String, BTreeSet<String>>::new();
    for file in sources(Path::new("src")) {
        let relative = file.strip_prefix("src").unwrap();
        let first = relative.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
        let room = first.trim_end_matches(".rs").to_owned();
        if room == "lib" {
            continue;
        }
        for import in imports(&fs::read_to_string(&file).unwrap()) {
            if import != room && !may_import(&room, &import) {
                wrong.push(format!(
                    "{}: {room} (floor {}) imports {import} (floor {})",
                    file.display(),
                    floor(&room),
                    floor(&import)
                ));
            }
            seen.entry(room.clone()).or_default().insert(import);
        }
    }
    assert!(seen.contains_key("web"), "the test reads nothing");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_has_a_door() {
    for entry in fs::read_dir("src").unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let door =
                fs::read_to_string(path.join("mod.rs")).unwrap_or_else(|_| panic!("{} has no mod.rs", path.display()));
            assert!(door.starts_with("//!"), "{} does not say what the room owns", path.display());
        }
    }
}

#[test]
fn sql_stands_in_stores_only() {
    // The session layer and the pool have their one statement beside the rule it serves; the rest is in stores.
    const ELSEWHERE: [&str; 3] = ["src/accounts/session.rs", "src/platform/", "src/departments/calendar.rs"];
    let wrong: Vec<String> = sources(Path::new("src"))
        .into_iter()
        .map(|file| (file.to_string_lossy().into_owned(), fs::read_to_string(&file).unwrap()))
        .filter(|(name, _)| !name.contains("store") && !ELSEWHERE.iter().any(|allowed| name.starts_with(allowed)))
        .filter(|(_, text)| {
            ["query!", "query_as!", "query_scalar!", "sqlx::query("].iter().any(|call| text.contains(call))
        })
        .map(|(name, _)| name)
        .collect();
    assert!(wrong.is_empty(), "SQL outside of a store: {wrong:?}");
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .unwrap()
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path)
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                vec![path]
            } else {
                Vec::new()
            }
        })
        .collect()
}

/// The rooms after `crate::` (in the library) or `tutti::` (in the program), also inside braces.
fn imports(text: &str) -> BTreeSet<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = BTreeSet::new();
    for root in ["crate::", "tutti::"] {
        for (start, _) in code.match_indices(root) {
            let rest = &code[start + root.len()..];
            if let Some(group) = rest.strip_prefix('{') {
                found.extend(top_level(group));
            } else {
                found.extend(word(rest));
            }
        }
    }
    found.into_iter().filter(|name| FLOORS.iter().any(|(room, _)| room == name)).collect()
}

fn word(text: &str) -> Option<String> {
    let name: String = text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

fn top_level(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut names = Vec::new();
    let mut at_start = true;
    for (index, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_start = true,
            c if c.is_whitespace() => {}
            _ if at_start => {
                names.extend(word(&group[index..]));
                at_start = false;
            }
            _ => {}
        }
    }
    names
}

#[test]
fn the_reader_of_imports_reads_groups() {
    let text = "use crate::{\n    events::{Change, Kind},\n    web::Error,\n};\n// use crate::admin;\nuse crate::platform::ids;";
    assert_eq!(imports(text).into_iter().collect::<Vec<_>>(), ["events", "platform", "web"]);
}
