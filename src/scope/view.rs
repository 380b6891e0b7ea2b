//! The page of a change as its template shows it, and what lists say of one: every question that a template asks is answered here.

use super::{
    access::{Case, Ground},
    case::{MoveKind, ScopeChange, Touched},
    model::{Counted, Side, Standing, State},
    store::lists::Listed,
    words,
};
use crate::{
    decisions::escalations::view::{Chip, Link},
    platform::{ids::ChangeMoveId, ids::PartId, locale::T, markdown, working_time::Calendar},
    web::{Errors, Fields, Shell, paths},
};

/// A listed change as the sums count it.
#[must_use]
pub fn counted(one: &Listed) -> Counted<PartId> {
    Counted { by: one.part, state: one.standing.state, size: one.size, is_current: one.is_current }
}

/// The answer of a side in a word, with its tone and icon.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Whose.
    pub chip: Option<Chip>,
    /// `ok` or nothing.
    pub tone: &'static str,
    /// The picture.
    pub icon: &'static str,
    /// The word.
    pub text: String,
}

impl Answer {
    /// Of a side; `by` is the part that answered, where it is known.
    #[must_use]
    pub fn new(
        ground: &Ground,
        standing: Standing,
        declined_by: Option<Side>,
        (side, by): (Side, Option<PartId>),
    ) -> Self {
        let t = ground.shell().t;
        let chip = by.and_then(|id| ground.part(id)).or_else(|| ground.side(side)).map(|part| Chip::of(part, t));
        let (tone, icon, text) = match (standing.has_accepted(side), standing.state) {
            _ if declined_by == Some(side) => ("bad", "x", t.scope_has_declined()),
            (true, _) => ("ok", "check", t.scope_has_accepted()),
            (false, State::Asked) if side == Side::Rnd => ("", "clock", t.scope_owes_size()),
            (false, State::Asked) => ("", "clock", t.scope_waits_for_size()),
            (false, State::Sized) => ("", "clock", t.scope_owes_answer()),
            (false, State::Accepted | State::Declined | State::Withdrawn | State::OverBudget) => {
                ("", "more", t.scope_no_answer())
            }
        };
        Self { chip, tone, icon, text }
    }
}

/// What a change does to a day: `GEO-42 Price list: 4 Dec → 9 Dec (3 working days later)`.
#[must_use]
pub fn effect(shell: &Shell, key: &str, calendar: &Calendar, touched: &Touched) -> String {
    let t = shell.t;
    let name = touched.name(key, t);
    match (touched.days, touched.moved(calendar)) {
        (None, _) => t.scope_effect_unknown(name),
        (Some(0), _) => t.scope_effect_none(name),
        (Some(days), Some((from, to))) => {
            let by = crate::projects::scope::Days::of_halves(days.saturating_mul(2)).words(t);
            t.scope_effect_moves(by, t.date(from), name, t.date(to))
        }
        (Some(days), None) => {
            t.scope_effect_moves_by(crate::projects::scope::Days::of_halves(days.saturating_mul(2)).words(t), name)
        }
    }
}

/// What somebody typed into a form of the page that was refused, with its mistakes.
#[derive(Debug, Default)]
pub struct Typed {
    /// Which form: `size`, `accept`, `decline`, `withdraw`; with the side where it has one.
    pub form: String,
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
}

/// One move of the thread.
pub struct MoveView {
    /// Whose.
    pub chip: Option<Chip>,
    /// What happened.
    pub text: String,
    /// Who; empty when the program did it.
    pub who: String,
    /// When, on the reader's clock.
    pub when: String,
    /// When, for `datetime`.
    pub at: String,
    /// What was said, as HTML.
    pub note: String,
    /// The picture beside it.
    pub icon: &'static str,
    /// `data-tone`.
    pub tone: &'static str,
}

/// The forms in which a side answers.
pub struct AnswerForm {
    /// `product` or `rnd`.
    pub side: &'static str,
    /// The name of its part.
    pub name: String,
    /// It can accept now.
    pub may_accept: bool,
    /// What it says while accepting.
    pub note: String,
    /// Why not.
    pub why: String,
    /// The ids of the two fields.
    pub ids: (String, String),
    /// The second is open because it has mistakes.
    pub is_declining: bool,
}

/// The form in which R&D states the size.
pub struct SizeForm {
    /// Working days.
    pub size: String,
    /// The task that it touches, and by how much it moves.
    pub task: Option<(String, String)>,
    /// The milestone.
    pub milestone: Option<(String, String)>,
    /// What it says with it.
    pub note: String,
    /// A size stands already.
    pub is_again: bool,
}

/// The page.
pub struct View {
    /// `/p/GEO/scope/changes/3`.
    pub path: String,
    /// `C-3`.
    pub label: String,
    /// What is to change.
    pub title: String,
    /// More about it, as HTML.
    pub details: String,
    /// Where it is.
    pub state: State,
    /// The word for that.
    pub state_label: String,
    /// Who asks.
    pub asks: Option<Chip>,
    /// How long it takes; empty before R&D has said so.
    pub size: String,
    /// What it touches.
    pub touches: Vec<Link>,
    /// What it does to the days.
    pub effects: Vec<String>,
    /// Both answers.
    pub answers: Vec<Answer>,
    /// What is left of the budget, in words.
    pub left: String,
    /// The escalation that it waits for, or waited for.
    pub escalation: Option<Link>,
    /// Where it is asked for again, by those who may; empty unless it fell out.
    pub again: String,
    /// The thread.
    pub moves: Vec<MoveView>,
    /// Made with the page.
    pub step: ChangeMoveId,
    /// Counts changes.
    pub version: i32,
    /// R&D states the size here.
    pub sizing: Option<SizeForm>,
    /// The reader answers for these sides.
    pub answering: Vec<AnswerForm>,
    /// The reader can take it back, with what was typed.
    pub withdrawing: Option<String>,
    /// The form that is open because it has mistakes.
    pub is_withdrawing: bool,
    /// A sentence above the page.
    pub note: Option<String>,
    /// What was typed when somebody else was faster; may be empty.
    pub kept: String,
    /// What is wrong with what was typed.
    pub errors: Errors,
}

impl View {
    /// What the reader sees.
    #[must_use]
    pub fn new(case: &Case, calendar: &Calendar, left: String, typed: Typed) -> Self {
        let (change, shell, t) = (case.scope_change(), case.shell(), case.shell().t);
        let key = case.project().key.as_str();
        let touched = [&change.task, &change.milestone].into_iter().flatten();
        let link = |touched: &Touched| Link {
            href: match touched.number {
                Some(number) => paths::task(key, number).to_string(),
                None => paths::project(key, "milestones").to_string(),
            },
            text: touched.name(key, t),
        };
        let sized = change.size.is_some();
        Self {
            path: case.path(),
            label: change.label(),
            title: change.title.clone(),
            details: markdown::to_html(&change.details),
            state: change.standing.state,
            state_label: change.standing.state.label(t),
            asks: case.part(change.part).map(|part| Chip::of(part, t)),
            size: change.size.map(|size| size.words(t)).unwrap_or_default(),
            touches: touched.clone().map(link).collect(),
            effects: touched.filter(|_| sized).map(|one| effect(shell, key, calendar, one)).collect(),
            answers: Side::ALL
                .map(|side| Answer::new(case, change.standing, change.declined_by(), (side, change.answered_by(side))))
                .to_vec(),
            left,
            escalation: change.escalation.as_ref().map(|one| Link {
                href: paths::escalation(key, one.number).to_string(),
                text: t.request_open_escalation(one.number),
            }),
            again: if change.escalation.is_some() && change.standing.state == State::Declined && case.rights().may_ask()
            {
                format!("{}?again={}", paths::project(key, "scope/changes/new"), change.number)
            } else {
                String::new()
            },
            moves: moves(case),
            // What was refused is sent again as the same move; what somebody else was faster with is another one.
            step: typed.fields.value("step").filter(|_| !typed.errors.is_empty()).unwrap_or_else(ChangeMoveId::new),
            version: change.version,
            sizing: sizing(case, &typed),
            answering: answering(case, &typed),
            withdrawing: (case.is_asker() && change.standing.withdraw().is_ok())
                .then(|| typed.or("withdraw", "why", "")),
            is_withdrawing: typed.form == "withdraw",
            kept: ["why", "note"].map(|field| typed.fields.text(field)).concat(),
            note: typed.note,
            errors: typed.errors,
        }
    }

    /// Whether the reader can do anything.
    #[must_use]
    pub fn acts(&self) -> bool {
        self.sizing.is_some() || !self.answering.is_empty() || self.withdrawing.is_some()
    }
}

fn sizing(case: &Case, typed: &Typed) -> Option<SizeForm> {
    let change = case.scope_change();
    if !case.speaks_for(Side::Rnd) || change.standing.size().is_err() {
        return None;
    }
    let (t, key) = (case.shell().t, case.project().key.as_str());
    let moves = |touched: &Option<Touched>, field: &str| {
        let touched = touched.as_ref()?;
        let stands = touched.days.map(|days| days.to_string()).unwrap_or_default();
        Some((touched.name(key, t), typed.or("size", field, &stands)))
    };
    Some(SizeForm {
        size: typed.or("size", "size", &change.size.map(crate::projects::scope::Days::field).unwrap_or_default()),
        task: moves(&change.task, "task_days"),
        milestone: moves(&change.milestone, "milestone_days"),
        note: typed.or("size", "note", ""),
        is_again: change.size.is_some(),
    })
}

fn answering(case: &Case, typed: &Typed) -> Vec<AnswerForm> {
    let (standing, t) = (case.scope_change().standing, case.shell().t);
    let form = |side: Side| {
        let part = case.side(side).filter(|_| case.speaks_for(side) && standing.decline(side).is_ok())?;
        let (accept, decline) = (format!("accept_{}", side.as_str()), format!("decline_{}", side.as_str()));
        Some(AnswerForm {
            side: side.as_str(),
            name: part.name(t).to_owned(),
            may_accept: standing.accept(side, true).is_ok(),
            note: typed.or(&accept, "note", ""),
            why: typed.or(&decline, "why", ""),
            is_declining: typed.form == decline,
            ids: (accept, decline),
        })
    };
    Side::ALL.into_iter().filter_map(form).collect()
}

fn moves(case: &Case) -> Vec<MoveView> {
    let (change, shell, t) = (case.scope_change(), case.shell(), case.shell().t);
    let asks = case.part(change.part);
    let view = |one: &super::case::Move| {
        let (icon, tone) = match one.kind {
            MoveKind::Asked => ("ask", "info"),
            MoveKind::Sized => ("edit", ""),
            MoveKind::Accepted | MoveKind::TakenIn => ("check", "ok"),
            MoveKind::Declined => ("x", "bad"),
            MoveKind::Withdrawn => ("undo", ""),
            MoveKind::OverBudget => ("vote", "warn"),
            MoveKind::LeftOut => ("x", "warn"),
        };
        // The part that made it, also when the baseline has other sides by now.
        let part = one.part.and_then(|id| case.part(id)).or_else(|| one.side.map_or(asks, |side| case.side(side)));
        let name = part.map(|part| part.name(t)).unwrap_or_default();
        MoveView {
            chip: part
                .filter(|_| one.by_id.is_some() && one.kind != MoveKind::OverBudget)
                .map(|part| Chip::of(part, t)),
            text: words::said(t, one, name, change.escalation.as_ref()),
            who: one.by.clone().filter(|_| one.kind != MoveKind::OverBudget).unwrap_or_default(),
            when: shell.moment(one.at),
            at: one.at.to_string(),
            note: markdown::to_html(&one.note),
            icon,
            tone,
        }
    };
    change.moves.iter().map(view).collect()
}

/// The change of a page, for its title.
#[must_use]
pub fn title(change: &ScopeChange) -> String {
    format!("{} {}", change.label(), change.title)
}

/// How much is left of a budget, in words.
#[must_use]
pub fn left(t: T, budget: super::model::Budget) -> String {
    t.scope_left_of(budget.of.words(t), budget.left().words(t))
}
