//! The page of a request as its template shows it: every question that the template asks is answered here.

mod passed;
mod thread;

use super::{
    access::Case,
    case::Request,
    ending::{EndingView, agreed, ending},
    escalating,
    model::{Refusal, Shown, State, answer_due_at},
    words,
};
use crate::{
    decisions::escalations::{
        State as EscalationState,
        view::{Chip, Link},
    },
    platform::{
        ids::RequestMoveId,
        markdown,
        time_left::{self, TimeLeft},
        working_time::Calendar,
    },
    web::{Errors, Fields, paths, ui},
};
use jiff::civil::Date;
use thread::moves;

pub use passed::day_passed;
pub use thread::MoveView;

/// What somebody typed into a form of the page that was refused, with its mistakes.
#[derive(Debug, Default)]
pub struct Typed {
    /// Which form: `accept`, `counter`, `decline`, `insist`, `withdraw`, `redate`.
    pub form: &'static str,
    /// What was typed.
    pub fields: Fields,
    /// What is wrong with it.
    pub errors: Errors,
    /// A sentence above the page: somebody was faster.
    pub note: Option<String>,
}

impl Typed {
    fn or(&self, form: &str, field: &str, stands: &str) -> String {
        if self.form == form { self.fields.text(field) } else { stands.to_owned() }
    }

    fn is(&self, form: &str) -> bool {
        self.form == form
    }
}

/// What was agreed on.
pub struct PromiseView {
    /// The day.
    pub day: String,
    /// The task, and where it stands.
    pub task: Link,
    /// Its status.
    pub status: ui::Status,
    /// By when the task is due now, when that is another day.
    pub due: String,
    /// How often it slipped, in words; empty when it did not.
    pub slips: String,
    /// Days until it is due, or that it was kept.
    pub words: String,
}

/// What the reader can do, with what the forms begin with.
#[derive(Default)]
pub struct May {
    /// Promise it for the day asked for, while that has not passed.
    pub accept: bool,
    /// Promise, offer another date, decline.
    pub answer: bool,
    /// Take the date on offer.
    pub agree: bool,
    /// Not take the refusal.
    pub insist: bool,
    /// Could not take it, but the day asked for has passed.
    pub is_passed: bool,
    /// Take it back.
    pub withdraw: bool,
    /// Agree to another day for what is promised.
    pub redate: bool,
    /// State the day that the escalation came to, or ask for one again.
    pub again: bool,
    /// Escalate it, at this address.
    pub escalate: Option<String>,
}

impl May {
    fn of(case: &Case, shown: Shown) -> Self {
        let (request, standing) = (case.request(), case.request().standing);
        let (asks, is_asked) = (case.is_asker(), case.is_asked());
        let insist = standing.insist_on(request.wanted_on, case.shell.today());
        Self {
            accept: is_asked && standing.accept().is_ok() && request.wanted_on >= case.shell.today(),
            answer: is_asked && standing.accept().is_ok(),
            agree: asks && standing.agree().is_ok() && request.offered_on >= Some(case.shell.today()),
            insist: asks && insist.is_ok(),
            is_passed: asks && insist == Err(Refusal::DayPassed),
            withdraw: asks && standing.withdraw().is_ok(),
            again: asks && standing.ask_again().is_ok(),
            redate: asks && request.standing.redate().is_ok() && shown == Shown::Slipped,
            escalate: escalating::link(case),
        }
    }

    /// Whether the page still has this form.
    fn has(&self, form: &str) -> bool {
        match form {
            "accept" | "counter" | "decline" => self.answer,
            "insist" => self.insist,
            "withdraw" => self.withdraw,
            "redate" => self.redate,
            "again" => self.again,
            _ => false,
        }
    }

    /// Whether there is anything.
    #[must_use]
    pub fn acts(&self) -> bool {
        self.answer
            || self.agree
            || self.insist
            || self.is_passed
            || self.withdraw
            || self.redate
            || self.again
            || self.escalate.is_some()
    }
}

/// What the forms show.
pub struct Forms {
    /// Made with the page.
    pub step: RequestMoveId,
    /// Counts changes.
    pub version: i32,
    /// Tasks to promise it with.
    pub tasks: Vec<ui::Choice>,
    /// The one chosen to accept with.
    pub accept_task: String,
    /// The one chosen for another date.
    pub counter_task: String,
    /// The other date.
    pub offered_on: String,
    /// Why another date.
    pub counter_why: String,
    /// Why not.
    pub decline_why: String,
    /// Why the asker insists.
    pub insist_why: String,
    /// Why it is taken back.
    pub withdraw_why: String,
    /// The new day of the promise.
    pub redated_on: String,
    /// Why.
    pub redate_why: String,
    /// The day that the escalation came to, as far as it says so.
    pub again_on: String,
    /// What that day is called.
    pub again_label: String,
    /// Where it comes from; empty when it is a guess.
    pub again_hint: String,
    /// What the button says.
    pub again_button: String,
    /// Why that day.
    pub again_why: String,
    /// The form that is open because it has mistakes.
    pub open: &'static str,
}

/// The page.
pub struct View {
    /// `/p/GEO/requests/7`.
    pub path: String,
    /// `R-7`.
    pub label: String,
    /// What is needed.
    pub title: String,
    /// More about it, as HTML.
    pub details: String,
    /// Where it is.
    pub shown: Shown,
    /// The word for that.
    pub state_label: String,
    /// Who asks.
    pub from: Option<Chip>,
    /// Who is asked.
    pub to: Option<Chip>,
    /// Who speaks for the department asked; empty for nobody.
    pub liaison: String,
    /// By when it is wanted.
    pub wanted: String,
    /// What it is for.
    pub purpose: Option<Link>,
    /// Who owes the next step until when; empty when nobody does.
    pub next: String,
    /// Time left in words, with its tone.
    pub left: (&'static str, String),
    /// What was agreed on.
    pub promise: Option<PromiseView>,
    /// The escalation that it became.
    pub escalation: Option<Link>,
    /// How that ended; none while it is open.
    pub ending: Option<EndingView>,
    /// Whose turn it is after that, in a sentence.
    pub after_end: String,
    /// Why it can be escalated, in a sentence.
    pub escalate_hint: String,
    /// That the task of its promise was dropped; empty otherwise.
    pub dropped: String,
    /// The thread.
    pub moves: Vec<MoveView>,
    /// That the asker cannot insist any more, and what is left to do; empty while they can.
    pub passed: String,
    /// Where they do it: the way to a new request, and to an escalation.
    pub instead: Vec<Link>,
    /// What the reader can do.
    pub may: May,
    /// With what the forms begin.
    pub forms: Forms,
    /// The day on offer.
    pub offered: String,
    /// A sentence above the page.
    pub note: Option<String>,
    /// What was typed into a form that is no longer there; may be empty.
    pub kept: String,
    /// What is wrong with what was typed.
    pub errors: Errors,
}

impl View {
    /// What the reader sees.
    #[must_use]
    pub fn new(case: &Case, calendar: &Calendar, typed: Typed) -> Self {
        let (request, shell, t) = (case.request(), &case.shell, case.shell.t);
        let key = case.project.key.as_str();
        let shown = request.shown(&shell.zone, shell.today());
        let chip = |id| case.part(id).map(|part| Chip::of(part, t));
        let name = |id| case.part(id).map(|part| part.name(t)).unwrap_or_default();
        let may = May::of(case, shown);
        let purpose = match (&request.task, &request.milestone) {
            (Some(task), _) => Some(Link { href: paths::task(key, task.number).to_string(), text: task.name(key, t) }),
            (None, Some(one)) => Some(Link {
                href: paths::project(key, "milestones").to_string(),
                text: t.title(&one.title, one.title_zh.as_deref()).to_owned(),
            }),
            (None, None) => None,
        };
        let (next, left) = next(case, calendar);
        Self {
            path: case.path(),
            label: request.label(),
            title: request.title.clone(),
            details: markdown::to_html(&request.details),
            shown,
            state_label: shown.label(t),
            from: chip(request.from),
            to: chip(request.to),
            liaison: case.part(request.to).and_then(|part| part.liaison_name.clone()).unwrap_or_default(),
            wanted: shell.day(request.wanted_on),
            purpose,
            next,
            left,
            promise: promise(case),
            escalation: request.escalation.as_ref().map(|one| Link {
                href: paths::escalation(key, one.number).to_string(),
                text: t.request_open_escalation(one.number),
            }),
            ending: ending(case),
            after_end: t.request_ended_next(name(request.from), name(request.to)),
            escalate_hint: t.request_escalate_hint(words::why_escalated(t, request)),
            dropped: words::dropped(t, request).unwrap_or_default(),
            passed: day_passed(case).filter(|_| may.is_passed).unwrap_or_default(),
            instead: if may.is_passed { passed::instead(case) } else { Vec::new() },
            moves: moves(case),
            forms: forms(case, calendar, &typed),
            offered: request.offered_on.map(|day| shell.day(day)).unwrap_or_default(),
            kept: if may.has(typed.form) { String::new() } else { kept(&typed) },
            may,
            note: typed.note,
            errors: typed.errors,
        }
    }
}

/// What was typed into a form that the page no longer has, to be copied: the day, then the words.
fn kept(typed: &Typed) -> String {
    let (day, why) = (typed.fields.get("day"), typed.fields.text("why"));
    [day, why.as_str()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Who owes the next step, and the time left for it.
fn next(case: &Case, calendar: &Calendar) -> (String, (&'static str, String)) {
    let (request, shell, t) = (case.request(), &case.shell, case.shell.t);
    let name = |id| case.part(id).map(|part| part.name(t).to_owned()).unwrap_or_default();
    let ended =
        request.escalation.as_ref().and_then(|one| one.closed_at).filter(|_| request.standing.ask_again().is_ok());
    if let Some(ended) = ended {
        let due = answer_due_at(ended, calendar);
        let left = TimeLeft::new(ended, due, shell.now, calendar);
        return (t.request_owes_day(name(request.from), shell.moment(due)), (left.alarm(), left.words(t)));
    }
    let Some(due) = request.answer_due_at else { return (String::new(), ("", String::new())) };
    let left = TimeLeft::new(request.waits_since, due, shell.now, calendar);
    let owes = match request.standing.state {
        State::Countered => name(request.from),
        State::Asked | State::Accepted | State::Declined | State::Withdrawn | State::Escalated => name(request.to),
    };
    (t.request_owes(owes, shell.moment(due)), (left.alarm(), left.words(t)))
}

fn promise(case: &Case) -> Option<PromiseView> {
    let (request, shell, t) = (case.request(), &case.shell, case.shell.t);
    let (task, facts) = (request.promised.as_ref()?, request.promise(&shell.zone)?);
    let today = shell.today();
    let slips = facts.slips(today);
    let words = match facts.done_on {
        Some(day) if day > facts.on => t.request_kept_late(shell.day(day)),
        Some(day) => t.request_kept_on(shell.day(day)),
        None if facts.is_dropped => t.request_task_dropped(),
        None => time_left::of_day(t, facts.on, today),
    };
    let other_day = task.due_on.filter(|due| *due != facts.on && !facts.is_kept());
    let status: crate::work::tasks::Status = task.status.parse().unwrap_or(crate::work::tasks::Status::Todo);
    Some(PromiseView {
        day: shell.day(facts.on),
        task: Link {
            href: paths::task(&case.project.key, task.number).to_string(),
            text: task.name(&case.project.key, t),
        },
        status: status.mark(),
        due: other_day.map(|due| t.request_task_due(shell.day(due))).unwrap_or_default(),
        slips: if slips > 0 { t.request_slips(slips) } else { String::new() },
        words,
    })
}

fn forms(case: &Case, calendar: &Calendar, typed: &Typed) -> Forms {
    let (request, t, key) = (case.request(), case.shell.t, case.project.key.as_str());
    let new = ui::Choice::new("", t.request_new_task(request.title.as_str()));
    let tasks = request.choices.iter().map(|task| ui::Choice::new(task.number, task.name(key, t)));
    let day = |day: Date| day.to_string();
    let later = calendar.add_working_days(request.wanted_on.max(case.shell.today()), 5);
    let moved = request.promised.as_ref().and_then(|task| task.due_on);
    let redated = moved.filter(|due| Some(*due) > request.promised_on && *due >= case.shell.today());
    let is_taken_back = request.escalation.as_ref().is_none_or(|one| one.state == EscalationState::Withdrawn);
    let agreed = agreed(request, case.shell.today());
    let usual = request.wanted_on.max(calendar.add_working_days(case.shell.today(), 5));
    let step = typed.fields.value("step").unwrap_or_else(RequestMoveId::new);
    Forms {
        // What was refused is sent again as the same move; what somebody else was faster with is another one.
        step: if typed.errors.is_empty() { RequestMoveId::new() } else { step },
        version: request.version,
        tasks: std::iter::once(new).chain(tasks).collect(),
        accept_task: typed.or("accept", "task", ""),
        counter_task: typed.or("counter", "task", ""),
        offered_on: if typed.fields.has("day") { typed.or("counter", "day", &day(later)) } else { day(later) },
        counter_why: typed.or("counter", "why", ""),
        decline_why: typed.or("decline", "why", ""),
        insist_why: typed.or("insist", "why", ""),
        withdraw_why: typed.or("withdraw", "why", ""),
        redated_on: typed.or("redate", "day", &redated.map(day).unwrap_or_default()),
        redate_why: typed.or("redate", "why", ""),
        again_on: typed.or("again", "day", &day(agreed.unwrap_or(usual))),
        again_label: if is_taken_back { t.request_wanted() } else { t.request_agreed_day() },
        again_hint: if agreed.is_some() { t.request_agreed_day_hint() } else { String::new() },
        again_button: if is_taken_back { t.request_again() } else { t.request_state_day() },
        again_why: typed.or("again", "why", ""),
        open: ["counter", "decline", "insist", "withdraw"].into_iter().find(|form| typed.is(form)).unwrap_or_default(),
    }
}

/// The request of a page, for its title.
#[must_use]
pub fn title(request: &Request) -> String {
    format!("{} {}", request.label(), request.title)
}
