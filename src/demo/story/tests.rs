use super::*;
use crate::demo::story::{acts::What, plan::Plan};

#[test]
fn the_story_is_readable_and_names_what_there_is() {
    let story = read().unwrap();
    assert_eq!(story.projects.len(), 4);
    for project in &story.projects {
        let plan = Plan::of(project).unwrap();
        assert!(plan.items.len() > 20, "{}", project.key);
        let people = project.liaisons.values().chain(project.committee.values()).chain([&project.lead]);
        let acting = project.acts.iter().map(|act| &act.who);
        for who in people.chain(project.members.iter().map(|member| &member.who)).chain(acting) {
            assert!(story.company.person(who).is_some(), "{}: {who}", project.key);
        }
    }
}

#[test]
fn a_project_is_made_before_anything_happens_in_it() {
    let story = read().unwrap();
    for project in &story.projects {
        assert!(story.company.founded < project.made);
        assert!(project.acts.iter().all(|act| act.day > project.made), "{}", project.key);
        // Stages that are passed lie before today.
        let plan = Plan::of(project).unwrap();
        for passed in &project.passed {
            let (_, stage) = plan.stage(&passed.stage).unwrap();
            assert!(stage.to < 0 && stage.from > project.made, "{} {}", project.key, stage.code);
        }
    }
}

#[test]
fn what_people_say_in_chinese_is_chinese() {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for (file, text) in [
        ("geo", include_str!("geo.toml")),
        ("halo", include_str!("halo.toml")),
        ("expenses", include_str!("expenses.toml")),
        ("japan", include_str!("japan.toml")),
    ] {
        for line in text.lines().filter(|line| line.contains("zh = \"") && line.contains("en = \"")) {
            let (_, zh) = line.split_once("zh = \"").unwrap();
            let zh = zh.split('"').next().unwrap();
            let is_a_figure = !zh.chars().any(|c| c.is_alphabetic());
            assert!(is_a_figure || zh.chars().any(is_chinese), "{file}: {line}");
        }
    }
    let story = read().unwrap();
    for act in story.projects.iter().flat_map(|project| &project.acts) {
        if let What::Comment { text, .. } = &act.what {
            assert!(text.in_language(Language::Chinese).chars().any(is_chinese));
            assert!(!text.in_language(Language::Chinese).contains([',', '?', '!', ';']), "{text:?}");
        }
    }
}
