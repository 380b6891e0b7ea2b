use super::*;
use crate::platform::{ids, locale::Language};
use serde_json::json;

fn event(kind: &str) -> Recorded {
    Recorded {
        id: ids::EventId(uuid::Uuid::nil()),
        at: jiff::Timestamp::UNIX_EPOCH,
        project_id: None,
        actor_id: None,
        actor_name: "Su Qing".to_owned(),
        kind: kind.to_owned(),
        subject_kind: "task".to_owned(),
        subject_id: uuid::Uuid::nil(),
        subject_label: "GEO-42".to_owned(),
        subject_title: "Price list".to_owned(),
        subject_title_zh: Some("价目表".to_owned()),
        before: json!({}),
        after: json!({}),
        request_id: String::new(),
    }
}

fn read(language: Language, event: &Recorded) -> Line {
    describe(T(language), &TimeZone::UTC, event)
}

#[test]
fn every_kind_has_a_sentence_in_both_languages() {
    for kind in Kind::ALL {
        let of_kind = event(kind.as_str());
        let (en, zh) = (read(Language::English, &of_kind).text(), read(Language::Chinese, &of_kind).text());
        assert!(en.contains("Su Qing") || en.contains("Price list"), "{kind:?}: {en}");
        assert!(en.len() > 10 && !en.contains("events-"), "{kind:?}: {en}");
        assert!(
            zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) && !zh.contains("events-"),
            "{kind:?}: {zh}"
        );
        assert_ne!(en, zh);
    }
    assert_eq!(read(Language::English, &event("comet.seen")).text(), "Su Qing did something to GEO-42 Price list");
}

#[test]
fn a_status_has_a_verb_of_its_own() {
    let mut changed = event("task.status_changed");
    changed.before = json!({"status": "doing"});
    changed.after = json!({"status": "done"});
    let line = read(Language::English, &changed);
    assert_eq!(
        line.pieces,
        [
            Piece::Actor("Su Qing".to_owned()),
            Piece::Text(" finished ".to_owned()),
            Piece::Subject("GEO-42 Price list".to_owned())
        ]
    );
    assert_eq!((line.icon, line.tone), ("done", "ok"));
    let status = line.details.first().unwrap();
    assert_eq!((status.before.as_str(), status.after.as_str(), status.is_said), ("In progress", "Done", true));
    assert_eq!(read(Language::Chinese, &changed).text(), "Su Qing 完成了 GEO-42“价目表”");
}

#[test]
fn names_stand_apart_where_two_scripts_meet_and_titles_in_quotes() {
    for (kind, subject_kind, actor, label, title, said) in [
        ("task.created", "task", "苏晴", "GEO-42", "Price list", "苏晴添加了 GEO-42“价目表”"),
        ("task.moved", "task", "Su Qing", "GEO-42", "Price list", "Su Qing 调整了 GEO-42“价目表”的日期"),
        ("seat.given", "seat", "林悦", "", "Tom Brandt", "林悦为 Tom Brandt 分配了席位"),
        ("seat.given", "seat", "林悦", "", "江楠", "林悦为江楠分配了席位"),
        ("stage.started", "stage", "林悦", "", "MVP", "林悦启动了阶段“MVP”"),
        ("milestone.reached", "milestone", "林悦", "", "Gate A3", "林悦确认里程碑“Gate A3”已达成"),
    ] {
        let mut one = event(kind);
        one.actor_name = actor.to_owned();
        one.subject_kind = subject_kind.to_owned();
        one.subject_label = label.to_owned();
        one.subject_title = title.to_owned();
        one.subject_title_zh = (subject_kind == "task").then(|| "价目表".to_owned());
        assert_eq!(read(Language::Chinese, &one).text(), said);
    }
}

#[test]
fn values_are_words_dates_are_dates_and_long_text_only_changed() {
    let mut changed = event("task.changed");
    changed.before = json!({"due_on": "2026-11-18", "priority": "low", "assignee": null, "description": "a"});
    changed.after = json!({"due_on": "2026-11-20", "priority": "high", "assignee": "He Jing", "description": "<script>", "odd_field": "x"});
    let line = read(Language::English, &changed);
    let said: Vec<_> = line.details.iter().map(|d| (d.label.as_str(), d.before.as_str(), d.after.as_str())).collect();
    assert_eq!(
        said,
        [
            ("Assignee", "", "He Jing"),
            ("Description", "", "changed"),
            ("Due", "18 Nov 2026", "20 Nov 2026"),
            ("odd field", "", "x"),
            ("Priority", "Low", "High"),
        ]
    );
    let mut said = event("task.commented");
    said.after = json!({"comment": "Long words"});
    let detail = &read(Language::English, &said).details[0];
    assert_eq!((detail.before.as_str(), detail.after.as_str()), ("", "Long words"), "what is said is quoted");
    let mut role = event("person.role_changed");
    role.subject_kind = "person".to_owned();
    role.after = json!({"role": "member"});
    assert_eq!(read(Language::Chinese, &role).details.first().unwrap().after, "成员");
    role.subject_kind = "seat".to_owned();
    assert_eq!(read(Language::Chinese, &role).details.first().unwrap().after, "部门成员");
}

#[test]
fn sentences_tell_who_and_what_truly() {
    let say = |kind: &str, before, after| {
        let mut one = event(kind);
        (one.before, one.after) = (before, after);
        let (en, zh) = (read(Language::English, &one), read(Language::Chinese, &one));
        let shown: Vec<String> = en
            .details
            .iter()
            .filter(|d| !d.is_said)
            .map(|d| format!("{}: {} > {}", d.label, d.before, d.after))
            .collect();
        (en.text(), zh.text(), shown)
    };
    let none = || json!({});
    let (en, zh, shown) = say("task.watched", none(), json!({"watcher": "Jiang Nan"}));
    assert_eq!(en, "Su Qing made Jiang Nan a watcher of GEO-42 Price list");
    assert!(zh.contains("Jiang Nan") && shown.is_empty(), "{zh} {shown:?}");
    assert_eq!(say("task.watched", none(), none()).0, "Su Qing started to watch GEO-42 Price list");
    let (en, _, shown) = say("task.dependency_added", none(), json!({"task": "GEO-7"}));
    assert_eq!((en.as_str(), shown.len()), ("Su Qing made GEO-42 Price list wait for GEO-7", 0));
    assert_eq!(say("escalation.commented", none(), json!({"comment": "Six\n\ndays?"})).2, ["Comment:  > Six days?"]);
    let (en, _, shown) = say("escalation.changed", json!({"outcome": ""}), json!({"outcome": "Half each"}));
    assert_eq!(
        (en.as_str(), shown[0].as_str()),
        ("Su Qing offered a settlement of GEO-42 Price list", "Outcome:  > Half each")
    );
    let (en, _, shown) = say("task.assigned", json!({"assignee": "He Jing"}), json!({"assignee": null}));
    assert_eq!(
        (en.as_str(), shown[0].as_str()),
        ("Su Qing left GEO-42 Price list without an assignee", "Assignee: He Jing > none")
    );
    let (en, _, shown) = say("milestone.changed", json!({"reached_on": "2026-11-18T02:00:00Z"}), none());
    assert!(en.contains("not reached after all") && shown.is_empty());
    assert!(say("stage.changed", none(), json!({"ends_on": "2026-11-18"})).0.contains("planned the stage"));
    assert!(say("option.changed", json!({"option": "B: $399"}), json!({"option": ""})).0.contains("removed an option"));
    assert!(
        say("option.recommended", json!({"recommended": "A"}), json!({"recommended": null})).0.contains("took back")
    );
    assert_eq!(say("ballot.advice_given", none(), json!({"option": "–"})).2, ["Option:  > None of these"]);
    // What it was done with is named, and the details do not repeat it.
    let (en, _, shown) = say("escalation.decided", none(), json!({"decision": "D-2"}));
    assert_eq!((en.as_str(), shown.len()), ("Su Qing closed GEO-42 Price list with the decision D-2", 0));
    let (en, zh, shown) =
        say("decision.recorded", none(), json!({"escalation": "E-3", "rationale": "**Margin**\n- first"}));
    assert_eq!(en, "Su Qing recorded the decision GEO-42 Price list on E-3");
    assert!(zh.contains("E-3"), "{zh}");
    assert_eq!(shown, ["Rationale:  > Margin first"], "no marks");
    assert!(say("decision.superseded", none(), json!({"decision": "D-2"})).0.ends_with("with D-2"));
    assert!(say("request.escalated", none(), json!({"escalation": "E-3"})).0.ends_with("as E-3"));
    let (en, zh, shown) = say("request.asked", none(), json!({"escalation": "E-3"}));
    assert_eq!((en.as_str(), shown.len()), ("Su Qing asked for GEO-42 Price list again, after E-3 had ended", 0));
    assert!(zh.contains("E-3") && zh.contains("重新提出"), "{zh}");
    // A change that falls out is not replaced by the decision it falls out with.
    let over = json!({"state": "over_budget"});
    let (en, _, shown) = say("change.settled", over.clone(), json!({"state": "declined", "decision": "D-2"}));
    assert_eq!((en.as_str(), shown.len()), ("GEO-42 Price list is left out with D-2", 0));
    let (en, _, shown) = say("change.settled", over, json!({"state": "accepted", "escalation": "E-3"}));
    assert_eq!((en.as_str(), shown.len()), ("GEO-42 Price list is taken in with E-3", 0));
    assert_eq!(say("baseline.budget_raised", none(), json!({"decision": "D-2"})).2, ["Decision:  > D-2"]);
    // Going on is not beginning.
    for after in ["doing", "todo"] {
        let (en, zh, _) = say("task.status_changed", json!({"status": "blocked"}), json!({"status": after}));
        assert_eq!(en, "Su Qing unblocked GEO-42 Price list");
        assert!(!zh.contains("开始"), "{zh}");
    }
    // What a task waited for goes without saying once it goes on.
    let blocked = json!({"status": "blocked", "blocked_reason": "Price", "waits_for": "Sales"});
    let going = json!({"status": "doing", "blocked_reason": "", "waits_for": null});
    assert_eq!(say("task.status_changed", blocked.clone(), going.clone()).2, Vec::<String>::new());
    assert_eq!(say("task.status_changed", going, blocked).2.len(), 2);
}

#[test]
fn the_program_itself_acts_under_its_name() {
    let mut passed = event("escalation.passed_on");
    passed.actor_name = String::new();
    assert_eq!(read(Language::English, &passed).actor, "Tutti");
}

#[test]
fn what_a_ballot_is_for_is_no_part_of_a_feed() {
    for (kind, shown) in
        [("ballot.cast", 0), ("ballot.changed", 0), ("ballot.confirmed", 0), ("ballot.advice_given", 2)]
    {
        let mut cast = event(kind);
        cast.after = json!({"option": "A", "reason": "Margin first"});
        assert_eq!(read(Language::English, &cast).details.len(), shown, "{kind}");
    }
}
