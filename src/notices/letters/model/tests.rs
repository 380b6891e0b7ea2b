use super::*;

#[test]
fn the_daily_letter_comes_once_past_the_hour_on_working_days() {
    let shanghai = TimeZone::get("Asia/Shanghai").unwrap();
    let day = |text: &str| Some(text.parse::<Date>().unwrap());
    let weekday = |day: Date| day.weekday().to_monday_zero_offset() < 5;
    for (now, hour, digested, due) in [
        ("2026-11-18T00:00:00Z", 8, None, true),
        ("2026-11-17T23:59:00Z", 8, None, false),
        ("2026-11-18T00:00:00Z", 9, None, false),
        ("2026-11-18T12:00:00Z", 8, day("2026-11-17"), true),
        ("2026-11-18T12:00:00Z", 8, day("2026-11-18"), false),
        // Saturday morning in Shanghai is Friday evening in Greenwich.
        ("2026-11-20T23:00:00Z", 7, day("2026-11-20"), false),
        ("2026-11-22T23:00:00Z", 7, day("2026-11-20"), true),
    ] {
        assert_eq!(is_due(now.parse().unwrap(), &shanghai, hour, digested, weekday), due, "{now} {hour}");
    }
}

#[test]
fn a_link_ends_one_sort_for_one_person() {
    let (mine, yours) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let ends: Vec<Ends> = Sort::ALL.into_iter().map(Ends::Sort).chain([Ends::Digest]).collect();
    let all: std::collections::BTreeSet<String> =
        ends.iter().flat_map(|ends| [signature(mine, *ends), signature(yours, *ends)]).collect();
    assert_eq!(all.len(), 14);
    assert!(all.iter().all(|one| one.len() == 32));
    assert!(ends.iter().all(|ends| Ends::parse(ends.as_str()) == Some(*ends)));
}

#[test]
fn the_daily_letter_ends_with_all_that_is_in_it() {
    use When::{AtOnce, Digest, Never};
    for (ends, first, when) in [
        (Ends::Digest, AtOnce, [AtOnce, Never, Never, Never, Never, Never]),
        (Ends::Digest, Digest, [Never; 6]),
        (Ends::Sort(Sort::Tasks), AtOnce, [AtOnce, Never, Digest, Digest, Digest, Digest]),
        (Ends::Sort(Sort::Waits), AtOnce, [Never, Digest, Digest, Digest, Digest, Digest]),
    ] {
        let mut choices = Choices::default();
        choices.when[0] = first;
        ends.end(&mut choices);
        assert_eq!(choices.when, when, "{ends:?} {first:?}");
    }
}

#[test]
fn only_what_waits_comes_at_once() {
    let t = T(Language::English);
    let all: Vec<(String, &str)> =
        Sort::ALL.into_iter().map(|sort| (format!("letters_{}", sort.as_str()), "at_once")).collect();
    let mut pairs: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    pairs.push(("digest_hour", "24"));
    let errors = Choices::read(t, &Fields::of(&pairs)).unwrap_err();
    assert_eq!(errors.list().len(), 6, "five sorts and the hour");
    assert!(errors.get("letters_waits").is_none() && errors.get("digest_hour").is_some());
}

#[test]
fn a_subject_is_one_short_line() {
    let told = |want| Told {
        event_id: EventId(Uuid::nil()),
        want,
        count: 1,
        folded: Folded::default(),
        project: String::new(),
        is_outsider: false,
    };
    let t = T(Language::English);
    assert_eq!(told(None).subject(t, "a\r\nBcc: b@c.example\n"), "a Bcc: b@c.example");
    assert_eq!(told(None).subject(t, &"长".repeat(300)).chars().count(), 120);
    let wanted = told(Some(Want::Decide)).subject(t, &"long ".repeat(60));
    assert!(wanted.ends_with("… (Record the decision)") && wanted.chars().count() == 120, "{wanted}");
}
