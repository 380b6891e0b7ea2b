//! Every kind of event as one sentence in the reader's language, with who did it and what it was done to marked, so
//! that a page can make them links.

mod pieces;

pub use pieces::Piece;

use super::{
    Kind, Recorded,
    fields::{self, Detail},
};
use crate::{platform::locale::T, web::shell::Health};
use jiff::tz::TimeZone;
use pieces::{ACTOR, OTHER, SUBJECT, pieces};

/// One event in the reader's words. Nothing in it is HTML: templates escape every piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Who did it, `Tutti` when the program itself did.
    pub actor: String,
    /// The sentence, in order.
    pub pieces: Vec<Piece>,
    /// The picture beside it.
    pub icon: &'static str,
    /// `ok`, `info`, `warn`, `bad` or empty.
    pub tone: &'static str,
    /// The fields that changed, with their words.
    pub details: Vec<Detail>,
}

impl Line {
    /// The fields that its sentence does not tell.
    #[must_use]
    pub fn unsaid(&self) -> Vec<&Detail> {
        self.details.iter().filter(|detail| !detail.is_said).collect()
    }

    /// The same for the last of several that somebody set, one after another.
    #[must_use]
    pub fn set_anew(self, t: T, times: usize, event: &Recorded) -> Self {
        let pieces = pieces(&t.events_baseline_set_times(ACTOR, SUBJECT, times), &self.actor, &subject(t, event), "");
        Self { pieces, ..self }
    }

    /// The same for several tasks that were confirmed in one go.
    #[must_use]
    pub fn reviewed(self, t: T, tasks: usize) -> Self {
        let pieces = pieces(&t.events_tasks_reviewed(ACTOR, tasks), &self.actor, "", "");
        Self { pieces, details: Vec::new(), ..self }
    }

    /// The sentence as plain text.
    #[must_use]
    pub fn text(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) | Piece::Actor(text) | Piece::Subject(text) | Piece::Other(text) => text.as_str(),
            })
            .collect()
    }
}

/// The sentence for an event; times in its fields are written in `zone`.
#[must_use]
pub fn describe(t: T, zone: &TimeZone, event: &Recorded) -> Line {
    let actor = match event.actor_name.trim() {
        "" => "Tutti".to_owned(),
        name => name.to_owned(),
    };
    let words = match Kind::parse(&event.kind) {
        Some(kind) => sentence(t, kind, event),
        None => words(t.events_unknown(ACTOR, SUBJECT), "info", ""),
    };
    let words = match said(event, "because") {
        Some(_) => Words { text: t.events_because(OTHER, words.text), ..words },
        None => words,
    };
    Line {
        pieces: pieces(&words.text, &actor, &subject(t, event), other(event).unwrap_or_default()),
        actor,
        icon: words.icon,
        tone: words.tone,
        details: fields::details(t, zone, event),
    }
}

/// How people call the subject: `GEO-42 Price list`; people, projects and departments by their name alone.
#[must_use]
pub fn subject(t: T, event: &Recorded) -> String {
    let title = t.title(&event.subject_title, event.subject_title_zh.as_deref());
    let day = event.subject_label.parse().ok().filter(|_| event.subject_kind == "calendar_day").map(|day| t.date(day));
    let label = day.as_deref().unwrap_or(&event.subject_label);
    let by_name = matches!(event.subject_kind.as_str(), "project" | "department" | "part" | "stage" | "duty");
    match (label, title) {
        (label, "") => label.to_owned(),
        (_, title) if is_called(event) => title.to_owned(),
        ("", title) => t.events_named(title),
        (label, title) if by_name || label == title => t.events_named(title),
        (label, title) if matches!(event.subject_kind.as_str(), "escalation" | "decision") => {
            t.events_asked(label, inner(title))
        }
        (label, title) => t.events_titled(label, inner(title)),
    }
}

/// A title as it stands between quotes.
fn inner(title: &str) -> String {
    title.replace('“', "‘").replace('”', "’")
}

/// Whether it has a name of its own, and no title that a sentence must set off.
fn is_called(event: &Recorded) -> bool {
    matches!(event.subject_kind.as_str(), "person" | "seat" | "organisation")
}

/// A sentence with marks, its picture and tone.
struct Words {
    text: String,
    icon: &'static str,
    tone: &'static str,
}

fn words(text: String, icon: &'static str, tone: &'static str) -> Words {
    Words { text, icon, tone }
}

/// Whether a field has a value after the event, and nothing else changed.
fn is_alone(event: &Recorded, field: &str) -> bool {
    event.after.as_object().is_some_and(|after| after.len() == 1)
        && event.after.get(field).is_some_and(|value| !value.is_null())
}

#[expect(clippy::too_many_lines, reason = "one line a kind, and the compiler sees that none is missing")]
fn sentence(t: T, kind: Kind, event: &Recorded) -> Words {
    use Kind as K;
    match kind {
        K::OrganisationCreated => words(t.events_organisation_created(ACTOR, SUBJECT), "flag", "ok"),
        K::OrganisationChanged => words(t.events_organisation_changed(ACTOR, SUBJECT), "cog", ""),
        K::CalendarDaySet => words(t.events_calendar_day_set(ACTOR, SUBJECT), "time", ""),
        K::CalendarDayCleared => words(t.events_calendar_day_cleared(ACTOR, SUBJECT), "time", ""),
        K::LimitsChanged => words(t.events_limits_changed(ACTOR, SUBJECT), "time", ""),
        K::DepartmentAdded => words(t.events_department_added(ACTOR, SUBJECT), "plus", ""),
        K::DepartmentChanged => words(t.events_department_changed(ACTOR, SUBJECT), "edit", ""),
        K::DepartmentRetired => words(t.events_department_retired(ACTOR, SUBJECT), "archive", ""),
        K::DepartmentRestored => words(t.events_department_restored(ACTOR, SUBJECT), "undo", ""),
        K::PersonInvited => words(t.events_person_invited(ACTOR, SUBJECT), "mail", ""),
        K::PersonJoined => words(t.events_person_joined(SUBJECT), "people", "ok"),
        K::PersonChanged => words(t.events_person_changed(ACTOR, SUBJECT), "edit", ""),
        K::PersonRoleChanged => words(t.events_person_role_changed(ACTOR, SUBJECT), "shield", "info"),
        K::PersonDeactivated => words(t.events_person_deactivated(ACTOR, SUBJECT), "lock", "warn"),
        K::PersonReactivated => words(t.events_person_reactivated(ACTOR, SUBJECT), "undo", "ok"),
        K::LinkMade => words(t.events_link_made(ACTOR, SUBJECT), "link", ""),
        K::PasswordChanged => words(t.events_password_changed(ACTOR), "lock", ""),
        K::PasswordReset => words(t.events_password_reset(ACTOR), "lock", ""),
        K::SettingsChanged => words(t.events_settings_changed(ACTOR), "cog", ""),
        K::ResetLinksEnded => words(t.events_reset_links_ended(ACTOR, SUBJECT), "link", ""),
        K::WorkLinksEnded => words(t.events_work_links_ended(ACTOR, SUBJECT), "link", ""),
        K::SignedIn => words(t.events_signed_in(ACTOR), "exit", ""),
        K::SignInRefused => words(t.events_sign_in_refused(SUBJECT), "lock", "warn"),
        K::SignedOut => words(t.events_signed_out(ACTOR), "exit", ""),
        K::SessionRevoked => words(t.events_session_revoked(ACTOR, SUBJECT), "x", ""),
        K::AccessRefused => words(t.events_access_refused(ACTOR, SUBJECT), "lock", "warn"),
        K::ProjectCreated => words(t.events_project_created(ACTOR, SUBJECT), "plus", ""),
        K::ProjectChanged => words(t.events_project_changed(ACTOR, SUBJECT), "edit", ""),
        K::ProjectPublished => words(t.events_project_published(ACTOR, SUBJECT), "flag", "ok"),
        K::ProjectArchived => words(t.events_project_archived(ACTOR, SUBJECT), "archive", ""),
        K::ProjectRestored => words(t.events_project_restored(ACTOR, SUBJECT), "undo", ""),
        K::CommitteeChanged if is_alone(event, "deputy") => {
            words(t.events_committee_deputy(ACTOR, SUBJECT), "people", "")
        }
        K::CommitteeChanged if is_alone(event, "away_until") => {
            words(t.events_committee_chair_away(ACTOR, SUBJECT), "time", "")
        }
        K::CommitteeChanged => words(t.events_committee_changed(ACTOR, SUBJECT), "vote", ""),
        K::HealthChanged => health_changed(t, event),
        K::HealthDeclared => match said(event, "declared") {
            Some(health) => words(t.events_health_declared(ACTOR, health_word(t, health), SUBJECT), "talk", ""),
            None => words(t.events_health_as_computed(ACTOR, SUBJECT), "undo", ""),
        },
        K::RobotAdded => words(t.events_robot_added(ACTOR, SUBJECT), "talk", ""),
        K::RobotChanged => words(t.events_robot_changed(ACTOR, SUBJECT), "edit", ""),
        K::RobotPaused => words(t.events_robot_paused(ACTOR, SUBJECT), "lock", ""),
        K::RobotResumed => words(t.events_robot_resumed(ACTOR, SUBJECT), "undo", ""),
        K::RobotRemoved => words(t.events_robot_removed(ACTOR, SUBJECT), "x", ""),
        K::RobotFailed => words(t.events_robot_failed(SUBJECT), "warn", "bad"),
        K::ScheduleChanged => words(t.events_schedule_changed(ACTOR, SUBJECT), "time", "info"),
        K::StageStarted => words(t.events_stage_started(ACTOR, SUBJECT), "flag", "info"),
        K::StagePassed => words(t.events_stage_passed(ACTOR, SUBJECT), "passed", "ok"),
        K::StageChanged if had_nothing_before(event) => words(t.events_stage_planned(ACTOR, SUBJECT), "time", ""),
        K::StageChanged => words(t.events_stage_changed(ACTOR, SUBJECT), "edit", ""),
        K::StageSentBack => words(t.events_stage_sent_back(ACTOR, SUBJECT), "undo", "warn"),
        K::GateHeld => words(t.events_gate_held(ACTOR, SUBJECT), "lock", "warn"),
        K::GateWaived => words(t.events_gate_waived(ACTOR, SUBJECT), "gem", "warn"),
        K::RuleWaived => words(t.events_rule_waived(ACTOR, SUBJECT), "gem", "warn"),
        K::RuleAttested => words(t.events_rule_attested(ACTOR, SUBJECT), "gem", "info"),
        K::SeatGiven => words(t.events_seat_given(ACTOR, SUBJECT), "people", ""),
        K::SeatRemoved => words(t.events_seat_removed(ACTOR, SUBJECT), "people", ""),
        K::SeatHandedOver => words(t.events_seat_handed_over(ACTOR, SUBJECT), "people", "info"),
        K::PartAdded => words(t.events_part_added(ACTOR, SUBJECT), "plus", ""),
        K::PartRemoved => words(t.events_part_removed(ACTOR, SUBJECT), "x", ""),
        K::DutyCreated => words(t.events_duty_created(ACTOR, SUBJECT), "grid", ""),
        K::DutyChanged => words(t.events_duty_changed(ACTOR, SUBJECT), "grid", ""),
        K::TaskCreated => words(t.events_task_created(ACTOR, SUBJECT), "plus", ""),
        K::TaskChanged => words(t.events_task_changed(ACTOR, SUBJECT), "edit", ""),
        K::TaskStatusChanged => status_changed(t, event),
        K::TaskReviewed => words(t.events_task_reviewed(ACTOR, SUBJECT), "ok", "ok"),
        K::TaskAssigned if is_emptied(event, "assignee") => {
            words(t.events_task_unassigned(ACTOR, SUBJECT), "people", "")
        }
        K::TaskAssigned => words(t.events_task_assigned(ACTOR, SUBJECT), "people", ""),
        K::TaskMoved => words(t.events_task_moved(ACTOR, SUBJECT), "time", "info"),
        K::TaskCommented => words(t.events_task_commented(ACTOR, SUBJECT), "talk", ""),
        K::TaskWatched => match said(event, "watcher") {
            Some(person) => words(t.events_task_watch_given(ACTOR, person, SUBJECT), "bell", ""),
            None => words(t.events_task_watched(ACTOR, SUBJECT), "bell", ""),
        },
        K::TaskUnwatched => words(t.events_task_unwatched(ACTOR, SUBJECT), "bell", ""),
        K::DependencyAdded => words(t.events_dependency_added(ACTOR, other_task(t, event), SUBJECT), "link", ""),
        K::DependencyRemoved => words(t.events_dependency_removed(ACTOR, other_task(t, event), SUBJECT), "link", ""),
        K::MilestoneCreated => words(t.events_milestone_created(ACTOR, SUBJECT), "gem", ""),
        K::MilestoneChanged if event.before.get("reached_on").is_some() => {
            words(t.events_milestone_reopened(ACTOR, SUBJECT), "undo", "")
        }
        K::MilestoneChanged => words(t.events_milestone_changed(ACTOR, SUBJECT), "gem", ""),
        K::MilestoneMoved => words(t.events_milestone_moved(ACTOR, SUBJECT), "gem", "warn"),
        K::MilestoneReached => words(t.events_milestone_reached(ACTOR, SUBJECT), "passed", "ok"),
        K::EscalationRaised => words(t.events_escalation_raised(ACTOR, SUBJECT), "vote", "bad"),
        K::EscalationChanged if said(event, "outcome").is_some() => {
            words(t.events_settlement_proposed(ACTOR, SUBJECT), "talk", "")
        }
        K::EscalationChanged if event.before.get("outcome").is_some() => {
            words(t.events_settlement_refused(ACTOR, SUBJECT), "x", "")
        }
        K::EscalationChanged => words(t.events_escalation_changed(ACTOR, SUBJECT), "edit", ""),
        K::EscalationPassedOn => words(t.events_escalation_passed_on(ACTOR, SUBJECT), "up", "bad"),
        K::EscalationTimeRunsOut => time_runs_out(t, event),
        K::EscalationTimeOver => match said(event, "state") {
            Some("with_committee") => words(t.events_time_over_committee(SUBJECT), "up", "bad"),
            Some(_) | None => words(t.events_time_over_lead(SUBJECT), "up", "bad"),
        },
        K::EscalationSettled => words(t.events_escalation_settled(ACTOR, SUBJECT), "done", "ok"),
        K::EscalationWithdrawn => words(t.events_escalation_withdrawn(ACTOR, SUBJECT), "undo", ""),
        K::EscalationDecided if other(event).is_some() => {
            words(t.events_escalation_decided_by(ACTOR, OTHER, SUBJECT), "done", "ok")
        }
        K::EscalationDecided => words(t.events_escalation_decided(ACTOR, SUBJECT), "done", "ok"),
        K::EscalationCommented => words(t.events_escalation_commented(ACTOR, SUBJECT), "talk", ""),
        K::RaiserAsked => words(t.events_raiser_asked(ACTOR, SUBJECT), "ask", ""),
        K::RaiserAnswered => words(t.events_raiser_answered(ACTOR, SUBJECT), "talk", ""),
        K::RaiserQuestionTakenBack => words(t.events_raiser_question_taken_back(ACTOR, SUBJECT), "undo", ""),
        K::GuestAsked => words(t.events_guest_asked(ACTOR, SUBJECT), "ask", ""),
        K::GuestDismissed => words(t.events_guest_dismissed(ACTOR, SUBJECT), "undo", ""),
        K::PositionWritten => words(t.events_position_written(ACTOR, SUBJECT), "doc", ""),
        K::EvidenceAdded => words(t.events_evidence_added(ACTOR, SUBJECT), "link", ""),
        K::OptionAdded => words(t.events_option_added(ACTOR, SUBJECT), "plus", ""),
        K::OptionChanged if is_emptied(event, "option") => words(t.events_option_removed(ACTOR, SUBJECT), "x", ""),
        K::OptionChanged => words(t.events_option_changed(ACTOR, SUBJECT), "edit", ""),
        K::OptionRecommended if is_emptied(event, "recommended") => {
            words(t.events_option_unrecommended(ACTOR, SUBJECT), "undo", "")
        }
        K::OptionRecommended => words(t.events_option_recommended(ACTOR, SUBJECT), "check", ""),
        K::CriteriaChanged => words(t.events_criteria_changed(ACTOR, SUBJECT), "list", ""),
        K::BallotCast => words(t.events_ballot_cast(ACTOR, SUBJECT), "vote", ""),
        K::BallotChanged => words(t.events_ballot_changed(ACTOR, SUBJECT), "vote", ""),
        K::AdviceGiven => words(t.events_advice_given(ACTOR, SUBJECT), "talk", ""),
        K::AdviceChanged => words(t.events_advice_changed(ACTOR, SUBJECT), "talk", ""),
        K::BallotConfirmed => words(t.events_ballot_confirmed(ACTOR, SUBJECT), "vote", ""),
        K::PackKept => words(t.events_pack_kept(ACTOR, SUBJECT), "doc", ""),
        K::SteppedAside => words(t.events_stepped_aside(ACTOR, SUBJECT), "exit", "warn"),
        K::CameBack => words(t.events_came_back(ACTOR, SUBJECT), "undo", ""),
        K::DecisionRecorded if other(event).is_some() => {
            words(t.events_decision_recorded_on(ACTOR, OTHER, SUBJECT), "done", "ok")
        }
        K::DecisionRecorded => words(t.events_decision_recorded(ACTOR, SUBJECT), "done", "ok"),
        K::DecisionSuperseded if other(event).is_some() => {
            words(t.events_decision_superseded_by(ACTOR, OTHER, SUBJECT), "history", "warn")
        }
        K::DecisionSuperseded => words(t.events_decision_superseded(ACTOR, SUBJECT), "history", "warn"),
        K::RequestAsked if other(event).is_some() => {
            words(t.events_request_asked_again(ACTOR, OTHER, SUBJECT), "ask", "warn")
        }
        K::RequestAsked => words(t.events_request_asked(ACTOR, SUBJECT), "ask", "info"),
        K::RequestAccepted => words(t.events_request_accepted(ACTOR, SUBJECT), "check", "ok"),
        K::RequestCountered => words(t.events_request_countered(ACTOR, SUBJECT), "clock", "warn"),
        K::RequestDeclined => words(t.events_request_declined(ACTOR, SUBJECT), "x", "bad"),
        K::RequestAgreed => words(t.events_request_agreed(ACTOR, SUBJECT), "check", "ok"),
        K::RequestInsisted => words(t.events_request_insisted(ACTOR, SUBJECT), "ask", "warn"),
        K::RequestRedated => words(t.events_request_redated(ACTOR, SUBJECT), "time", ""),
        K::RequestWithdrawn => words(t.events_request_withdrawn(ACTOR, SUBJECT), "undo", ""),
        K::RequestEscalated if other(event).is_some() => {
            words(t.events_request_escalated_as(ACTOR, OTHER, SUBJECT), "vote", "bad")
        }
        K::RequestEscalated => words(t.events_request_escalated(ACTOR, SUBJECT), "vote", "bad"),
        K::BaselineSet => words(t.events_baseline_set(ACTOR, SUBJECT), "lock", "info"),
        K::BudgetRaised => words(t.events_budget_raised(ACTOR, SUBJECT), "up", "warn"),
        K::ObjectiveCreated => words(t.events_objective_created(ACTOR, SUBJECT), "flag", "ok"),
        K::ObjectiveChanged => words(t.events_objective_changed(ACTOR, SUBJECT), "edit", ""),
        K::ObjectiveDropped => words(t.events_objective_dropped(ACTOR, SUBJECT), "x", "warn"),
        K::KeyResultCreated => words(t.events_key_result_created(ACTOR, SUBJECT), "flag", ""),
        K::KeyResultChanged => words(t.events_key_result_changed(ACTOR, SUBJECT), "edit", "info"),
        K::KeyResultDropped => words(t.events_key_result_dropped(ACTOR, SUBJECT), "x", "warn"),
        K::KeyResultSplit => words(t.events_key_result_split(ACTOR, SUBJECT), "list", ""),
        K::ShareLinked => words(t.events_share_linked(ACTOR, SUBJECT), "link", ""),
        K::ShareUnlinked => words(t.events_share_unlinked(ACTOR, SUBJECT), "link", ""),
        K::FigureEntered => words(t.events_figure_entered(ACTOR, SUBJECT), "edit", ""),
        K::FigureCorrected => words(t.events_figure_corrected(ACTOR, SUBJECT), "edit", ""),
        K::KpiCreated => words(t.events_kpi_created(ACTOR, SUBJECT), "goal", ""),
        K::KpiChanged => words(t.events_kpi_changed(ACTOR, SUBJECT), "edit", "info"),
        K::KpiRetired => words(t.events_kpi_retired(ACTOR, SUBJECT), "archive", ""),
        K::KpiFigureEntered => words(t.events_figure_entered(ACTOR, SUBJECT), "edit", ""),
        K::KpiFigureCorrected => words(t.events_figure_corrected(ACTOR, SUBJECT), "edit", ""),
        K::MoneyPlanSet => words(t.events_money_plan_set(ACTOR, SUBJECT), "goal", "ok"),
        K::MoneyPlanChanged => words(t.events_money_plan_changed(ACTOR, SUBJECT), "edit", "info"),
        K::BreakEvenRecorded => words(t.events_break_even_recorded(ACTOR, SUBJECT), "flag", "info"),
        K::MoneyActualEntered => words(t.events_money_actual_entered(ACTOR, SUBJECT), "edit", ""),
        K::MoneyActualCorrected => words(t.events_money_actual_corrected(ACTOR, SUBJECT), "edit", ""),
        K::MoneyForecastSet => words(t.events_money_forecast_set(ACTOR, SUBJECT), "edit", ""),
        K::ChangeAsked => words(t.events_change_asked(ACTOR, SUBJECT), "ask", "info"),
        K::ChangeSized => words(t.events_change_sized(ACTOR, SUBJECT), "edit", ""),
        K::ChangeAccepted if said(event, "state") == Some("accepted") => {
            words(t.events_change_counted(ACTOR, SUBJECT), "check", "ok")
        }
        K::ChangeAccepted => words(t.events_change_accepted(ACTOR, SUBJECT), "check", ""),
        K::ChangeDeclined => words(t.events_change_declined(ACTOR, SUBJECT), "x", "bad"),
        K::ChangeWithdrawn => words(t.events_change_withdrawn(ACTOR, SUBJECT), "undo", ""),
        K::ChangeOverBudget => words(t.events_change_over_budget(ACTOR, SUBJECT), "warn", "bad"),
        K::ChangeSettled => settled(t, event),
        K::ChangeReopened => words(t.events_change_reopened(ACTOR, SUBJECT), "undo", "warn"),
        K::StrategySet => words(t.events_strategy_set(ACTOR, SUBJECT), "flag", "info"),
        K::PlaybookPublished => words(t.events_playbook_published(ACTOR, SUBJECT), "doc", "info"),
        K::PlaybookRead => words(t.events_playbook_read(ACTOR, SUBJECT), "check", ""),
        K::GoalsProposed => words(t.events_goals_proposed(ACTOR, SUBJECT), "flag", "info"),
        K::GoalsSignedOff => words(t.events_goals_signed_off(ACTOR, SUBJECT), "lock", "ok"),
        K::BonusPoolSet => words(t.events_bonus_pool_set(ACTOR, SUBJECT), "flag", "info"),
        K::ThanksGiven => words(t.events_thanks_given(ACTOR, OTHER, SUBJECT), "ok", "ok"),
        K::DecisionReviewed => words(t.events_decision_reviewed(ACTOR, SUBJECT), "ok", "ok"),
    }
}

/// The text of a field as it is now; none when it is empty.
fn said<'a>(event: &'a Recorded, field: &str) -> Option<&'a str> {
    event.after.get(field).and_then(serde_json::Value::as_str).filter(|text| !text.is_empty())
}

/// What the event was done with, besides its subject: the decision that closed or superseded it, the escalation that it
/// answers or became, or after whose end it is asked for again; before all the decision that it happened because of. By its
/// short name.
#[must_use]
pub fn other(event: &Recorded) -> Option<&str> {
    if let Some(decision) = said(event, "because") {
        return Some(decision);
    }
    match Kind::parse(&event.kind)? {
        Kind::EscalationDecided | Kind::DecisionSuperseded => said(event, "decision"),
        Kind::DecisionRecorded | Kind::RequestEscalated | Kind::RequestAsked => said(event, "escalation"),
        Kind::ThanksGiven => said(event, "thanked"),
        Kind::ChangeSettled => said(event, "decision").or_else(|| said(event, "escalation")),
        _ => None,
    }
}

/// What the end of an escalation did to a change that waited for it, with what it ended.
fn settled(t: T, event: &Recorded) -> Words {
    let is_taken_in = said(event, "state") == Some("accepted");
    match (is_taken_in, other(event).is_some()) {
        (true, true) => words(t.events_change_taken_in_by(OTHER, SUBJECT), "check", "ok"),
        (true, false) => words(t.events_change_taken_in(SUBJECT), "check", "ok"),
        (false, true) => words(t.events_change_left_out_by(OTHER, SUBJECT), "x", "warn"),
        (false, false) => words(t.events_change_left_out(SUBJECT), "x", "warn"),
    }
}

/// Whether the event took away what stood in a field.
fn is_emptied(event: &Recorded, field: &str) -> bool {
    event.after.get(field).is_some_and(|value| value.is_null() || value.as_str() == Some(""))
}

/// A plan that is laid out, rather than changed.
fn had_nothing_before(event: &Recorded) -> bool {
    event.before.as_object().is_none_or(serde_json::Map::is_empty)
}

/// The task that is waited for, by its number.
fn other_task(t: T, event: &Recorded) -> String {
    let number = [&event.after, &event.before].into_iter().find_map(|side| side.get("task")?.as_str());
    number.map_or_else(|| t.events_another_task(), str::to_owned)
}

/// A project's health in a word.
fn health_word(t: T, health: &str) -> String {
    Health::parse(health).label(t)
}

/// Which colour a project has now.
fn health_changed(t: T, event: &Recorded) -> Words {
    let health = Health::parse(said(event, "health").unwrap_or_default());
    words(t.events_health_changed(health.label(t), SUBJECT), health.tone(), health.tone())
}

/// How much of a step's time is left.
fn time_runs_out(t: T, event: &Recorded) -> Words {
    match said(event, "time_left") {
        Some("half") => words(t.events_time_half(SUBJECT), "time", "warn"),
        Some("quarter") => words(t.events_time_quarter(SUBJECT), "time", "bad"),
        Some(_) | None => words(t.events_time_over(SUBJECT), "time", "bad"),
    }
}

fn was_blocked(event: &Recorded) -> bool {
    event.before.get("status").and_then(serde_json::Value::as_str) == Some("blocked")
}

/// A status has a verb of its own; going on after a block is not beginning.
fn status_changed(t: T, event: &Recorded) -> Words {
    match event.after.get("status").and_then(serde_json::Value::as_str) {
        Some("todo" | "doing") if was_blocked(event) => words(t.events_task_unblocked(ACTOR, SUBJECT), "undo", "info"),
        Some("todo") => words(t.events_task_todo(ACTOR, SUBJECT), "todo", ""),
        Some("doing") => words(t.events_task_doing(ACTOR, SUBJECT), "doing", "info"),
        Some("review") => words(t.events_task_review(ACTOR, SUBJECT), "review", "info"),
        Some("blocked") => words(t.events_task_blocked(ACTOR, SUBJECT), "blocked", "bad"),
        Some("done") => words(t.events_task_done(ACTOR, SUBJECT), "done", "ok"),
        Some("dropped") => words(t.events_task_dropped(ACTOR, SUBJECT), "dropped", ""),
        Some(_) | None => words(t.events_task_changed(ACTOR, SUBJECT), "edit", ""),
    }
}

#[cfg(test)]
mod tests;
