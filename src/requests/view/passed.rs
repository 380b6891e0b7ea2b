//! What is left to an asker who would insist on a day that has passed.

use crate::{
    decisions::escalations::view::Link,
    requests::{
        access::Case,
        model::{Refusal, State},
    },
    web::paths,
};

/// Longest details that go along to a new request in its address, in characters.
const CARRIED: usize = 500;

/// That the asker cannot insist on the day they asked for, and what they can do instead; none while they can, or could not
/// anyway.
#[must_use]
pub fn day_passed(case: &Case) -> Option<String> {
    let (request, t, today) = (case.request(), case.shell.t, case.shell.today());
    if request.standing.insist_on(request.wanted_on, today) != Err(Refusal::DayPassed) {
        return None;
    }
    let day = case.shell.day(request.wanted_on);
    Some(match request.standing.state {
        State::Countered if request.offered_on >= Some(today) => t.request_passed_agree(day),
        State::Countered => t.request_passed_withdraw(day),
        State::Asked | State::Accepted | State::Declined | State::Withdrawn | State::Escalated => {
            t.request_passed_anew(day)
        }
    })
}

/// The ways there: a new request about the same thing, and an escalation between the same two departments.
pub(super) fn instead(case: &Case) -> Vec<Link> {
    let (request, t, key) = (case.request(), case.shell.t, case.project.key.as_str());
    let (from, to) = (request.from.to_string(), request.to.to_string());
    let task = request.task.as_ref().map(|task| task.number.to_string()).unwrap_or_default();
    let details = if request.details.chars().count() > CARRIED { "" } else { request.details.as_str() };
    let address = |page: &str, pairs: &[(&str, &str)]| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs.iter().filter(|(_, value)| !value.is_empty()));
        format!("{}?{}", paths::project(key, page), query.finish())
    };
    let sides = [("from", from.as_str()), ("to", to.as_str()), ("task", task.as_str())];
    let anew = [&sides[..], &[("title", request.title.as_str()), ("details", details)]].concat();
    vec![
        Link { href: address("requests/new", &anew), text: t.request_again() },
        Link { href: address("escalations/new", &sides), text: t.decisions_raise_button() },
    ]
}
