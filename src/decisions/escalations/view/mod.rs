//! The page of an escalation as its template shows it: every question that the template asks is answered here.

mod changes;
mod clock;
mod committee;
mod ending;
mod forms;
mod hearing;
mod may;
mod options;
mod questions;
mod speakers;
mod votes;
mod waits;

use super::{Case, Dossier, State, dossier::Vacancy};
use crate::{
    platform::{ids::PartId, locale::T, markdown, working_time::Calendar},
    web::{Errors, Fields, Shell, paths},
};
pub use changes::ChangeView;
pub use clock::{ClockStep, clock};
pub use committee::{CommitteeView, EarlierView, PackView};
pub use ending::Ending;
pub use forms::Forms;
pub use hearing::{CommentView, EvidenceView, SideView};
pub use may::May;
pub use options::{OptionView, options};
pub use questions::{AnsweredView, QuestionView};
pub use speakers::{invitation, name_for};
pub use votes::{BallotForm, VoteRow, Votes};
pub use waits::GuestView;

/// What somebody typed into a form of the page that was refused, with its mistakes.
#[derive(Debug, Default)]
pub struct Typed {
    /// Which form: `position`, `evidence`, `comment`, `ballot`, `settle`, ….
    pub form: &'static str,
    /// What was typed.
    pub fields: Fields,
    /// What is wrong with it.
    pub errors: Errors,
    /// Why all of it was refused: somebody was faster, or what is missing.
    pub note: Option<String>,
    /// What is missing, a line each.
    pub missing: Vec<String>,
    /// A sentence above the page: what was done, while another form of it keeps what was typed.
    pub done: Option<String>,
    /// Somebody was faster: the page says what happened meanwhile, and keeps what was typed.
    pub is_stale: bool,
}

impl Typed {
    /// Nothing.
    #[must_use]
    pub fn nothing() -> Self {
        Self::default()
    }

    /// A form with mistakes.
    #[must_use]
    pub fn wrong(form: &'static str, fields: Fields, errors: Errors) -> Self {
        Self { form, fields, errors, ..Self::default() }
    }

    /// What was typed into a field of this form; else what stands.
    pub(super) fn or(&self, form: &str, field: &str, stands: &str) -> String {
        if self.form == form { self.fields.text(field) } else { stands.to_owned() }
    }
}

pub use crate::projects::Chip;

/// A link to something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where to; empty for who may not open it.
    pub href: String,
    /// What it says.
    pub text: String,
}

/// A link that stays in view until what it leads to is.
#[derive(Debug)]
pub struct Jump<'a> {
    /// What is owed.
    pub words: &'a str,
    /// What the link says.
    pub label: &'a str,
    /// Its picture.
    pub icon: &'static str,
    /// Where to.
    pub href: String,
}

/// A settlement on offer.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Who offers it, when.
    pub line: String,
    /// As HTML.
    pub text: String,
}

/// The page.
#[derive(Debug)]
pub struct View {
    /// The project's key.
    pub key: String,
    /// Its address.
    pub path: String,
    /// Its number.
    pub label: String,
    /// The question.
    pub question: String,
    /// Counts changes.
    pub version: i32,
    /// Why the reader, who records its decision, cannot yet; empty otherwise.
    pub unrecordable: String,
    /// Who asked the outsider that reads it, and until when; empty for others.
    pub invited: String,
    /// Who will read it besides those who do, once the committee has it; empty for who does not pass it on.
    pub readers: String,
    /// Where the reader, who could pass it to the committee, names who is missing there.
    pub name_member: Option<Link>,
    /// Where it is.
    pub state: State,
    /// The word for that.
    pub state_label: String,
    /// When it was printed and by whom, for paper.
    pub printed: String,
    /// `E-14, raised by … on …`.
    pub raised: String,
    /// The two sides.
    pub sides: Vec<SideView>,
    /// The kind and its category.
    pub kind: String,
    /// The task it is about.
    pub task: Option<Link>,
    /// The requirement changes that wait for it, or waited, and how each stands: none for outsiders.
    pub changes: Vec<ChangeView>,
    /// What comes of an end without a decision; empty unless changes wait for it.
    pub falls_out: String,
    /// Why whoever raised it cannot take it back; empty when they can.
    pub bound: String,
    /// As HTML; may be empty.
    pub background: String,
    /// Three steps.
    pub clock: Vec<ClockStep>,
    /// A line about what comes next.
    pub next: String,
    /// What the link to the form of the decision says.
    pub record_label: String,
    /// How it ended.
    pub ending: Option<Ending>,
    /// What the raiser owes an answer to.
    pub open_question: Option<QuestionView>,
    /// What the raiser was asked and answered.
    pub answered: Vec<AnsweredView>,
    /// What comes of asking the raiser.
    pub ask_hint: String,
    /// A settlement on offer.
    pub offer: Option<Offer>,
    /// What it rests on.
    pub evidence: Vec<EvidenceView>,
    /// The answers side by side.
    pub options: Vec<OptionView>,
    /// What the committee still needs, for who can mend it.
    pub missing: Vec<String>,
    /// What the committee has in front of it; none before it has it.
    pub pack: Option<PackView>,
    /// How the committee decides; none unless it has it.
    pub committee: Option<CommitteeView>,
    /// Earlier escalations between the same two departments; none for outsiders.
    pub earlier: Vec<EarlierView>,
    /// The committee's votes; none for outsiders and before the committee has it.
    pub votes: Option<Votes>,
    /// The reader's ballot.
    pub ballot: Option<BallotForm>,
    /// What people say about it.
    pub comments: Vec<CommentView>,
    /// Who was asked for advice.
    pub guests: Vec<GuestView>,
    /// What waits for the reader.
    pub waits: Vec<Link>,
    /// What the two sides owe each other first of it: the button of the page.
    pub owed: Option<Link>,
    /// The blocked task that a settlement can unblock; empty when there is none.
    pub unblock: String,
    /// The reader's forms.
    pub may: May,
    /// Sees this escalation only.
    pub is_outsider: bool,
    /// Above the page: why all of a form was refused.
    pub note: Option<String>,
    /// Above the page: what was done.
    pub done: Option<String>,
    /// What is missing, when passing on was refused.
    pub refused: Vec<String>,
    /// Somebody was faster than what was sent.
    pub is_stale: bool,
    /// What was typed into a form that no longer stands here, to be copied.
    pub kept: Vec<String>,
    /// What was typed.
    pub form: Forms,
    /// Mistakes of the form that was refused.
    pub errors: Errors,
}

impl View {
    /// Of a case at this moment.
    #[must_use]
    pub fn new(case: &Case, calendar: &Calendar, typed: &Typed) -> Self {
        let (shell, dossier) = (case.shell(), case.dossier());
        let t = shell.t;
        let key = case.project().key.clone();
        let is_outsider = case.is_outsider();
        let may = May::of(case);
        let ballot = BallotForm::of(case, typed);
        let stands = match typed.form {
            "ballot" => ballot.is_some(),
            "answer" => {
                questions::open(case).is_some_and(|open| open.may_answer && open.id == typed.fields.get("question_id"))
            }
            "position" => dossier.state.is_open(),
            form => may.has(form),
        };
        let note = match (typed.is_stale, stands) {
            (true, true) => Some(t.decisions_stale()),
            (true, false) => Some(t.escalation_moved_on()),
            (false, _) => typed.note.clone(),
        };
        let kept = if note.is_some() && !stands { typed.fields.typed() } else { Vec::new() };
        Self {
            owed: waits::owed(case, &may),
            waits: waits::waits(case, &may, ballot.as_ref()),
            unblock: waits::unblock(case),
            unrecordable: committee::unrecordable(case),
            path: paths::escalation(&key, dossier.number).to_string(),
            label: dossier.label(),
            question: dossier.question.clone(),
            version: dossier.version,
            invited: speakers::invited(case),
            readers: if may.pass_to_committee { committee::readers(case) } else { String::new() },
            name_member: may.lacks_committee.then(|| waits::name_member(case, Vacancy::Votes)),
            state: dossier.state,
            state_label: dossier.state.label(t),
            printed: printed(shell),
            raised: speakers::raised(case),
            sides: hearing::sides(case, typed),
            kind: kind_line(dossier, t),
            task: dossier.task.as_ref().map(|task| Link {
                href: if is_outsider { String::new() } else { paths::task(&key, task.number).to_string() },
                text: format!("{key}-{} {}", task.number, t.title(&task.title, task.title_zh.as_deref())),
            }),
            changes: changes::changes(case),
            falls_out: dossier.falls_out(t),
            bound: if may.is_bound { dossier.bound_words(t) } else { String::new() },
            background: html(&dossier.background),
            clock: clock(case, calendar),
            next: committee::next_line(case),
            record_label: t.escalation_decide(),
            ending: ending::ending(case),
            open_question: questions::open(case),
            answered: questions::answered(case),
            ask_hint: t.questions_ask_hint(&dossier.raiser),
            offer: offer(case),
            evidence: hearing::evidence(case),
            options: options(case),
            missing: if may.prepare || may.pass_to_committee { dossier.missing_words(t) } else { Vec::new() },
            pack: committee::pack(case),
            committee: committee::committee(case),
            earlier: committee::earlier(case, calendar),
            votes: if is_outsider { None } else { Votes::of(case) },
            ballot,
            comments: hearing::comments(case),
            guests: waits::guests(case),
            is_outsider,
            note,
            is_stale: typed.is_stale,
            kept,
            done: typed.done.clone(),
            refused: typed.missing.clone(),
            form: forms::forms(case, typed),
            errors: typed.errors.clone(),
            may,
            key,
        }
    }
}

/// When a page was printed, and by whom.
#[must_use]
pub fn printed(shell: &Shell) -> String {
    let who = shell.viewer.as_ref().map_or("", |viewer| viewer.name.as_str());
    shell.t.decisions_printed(shell.moment(shell.now), who)
}

impl View {
    /// Whether there is anything beside the case: something to do, or somebody who was asked.
    #[must_use]
    pub fn has_side(&self) -> bool {
        self.may.acts() || !self.guests.is_empty()
    }

    /// The way to what the committee owes, while the page before it is long: the record, or the ballot that is missing.
    #[must_use]
    pub fn jump(&self) -> Option<Jump<'_>> {
        let missing = self.ballot.as_ref().filter(|ballot| !ballot.is_cast || !ballot.out_of_date.is_empty());
        match missing {
            Some(ballot) => {
                Some(Jump { words: &ballot.jump, label: &ballot.jump_label, icon: "vote", href: "#ballot".to_owned() })
            }
            None if self.may.decide => Some(Jump {
                words: &self.next,
                label: &self.record_label,
                icon: "ok",
                href: format!("{}/decide", self.path),
            }),
            None => None,
        }
    }

    /// Whether there is anything to read beside the case.
    #[must_use]
    pub fn has_beside(&self) -> bool {
        self.pack.is_some() || !self.earlier.is_empty()
    }

    /// Whether it says of options who backs them: while it is open, and afterwards if anybody did.
    #[must_use]
    pub fn shows_backing(&self) -> bool {
        self.state.is_open() || self.options.iter().any(|option| !option.backed.is_empty())
    }
}

/// A part's chip; a part that is gone leaves a plain one.
#[must_use]
pub fn chip(case: &Case, part: PartId) -> Chip {
    match case.part(part) {
        Some(part) => Chip::of(part, case.shell().t),
        None => Chip { code: "–".to_owned(), name: String::new(), colour: 12 },
    }
}

/// Markdown as HTML; empty stays empty.
#[must_use]
pub fn html(text: &str) -> String {
    if text.is_empty() { String::new() } else { markdown::to_html(text) }
}

/// The kind and its category in the reader's words.
#[must_use]
pub fn kind_line(dossier: &Dossier, t: T) -> String {
    let kind = dossier.matrix_kind().map_or(dossier.kind.as_str(), |kind| t.pair(&kind.name.en, &kind.name.zh));
    let category = dossier
        .matrix_category()
        .map_or(dossier.category.as_str(), |category| t.pair(&category.name.en, &category.name.zh));
    crate::decisions::matrix::named(t, kind, category)
}

fn offer(case: &Case) -> Option<Offer> {
    let (shell, dossier) = (case.shell(), case.dossier());
    let offer = dossier.proposal.as_ref().filter(|_| dossier.state == State::WithLiaisons)?;
    let side = chip(case, offer.part).name;
    let who = name_for(case, &offer.by, case.is_outsider());
    Some(Offer { line: shell.t.escalation_offer_line(who, side, shell.moment(offer.at)), text: html(&offer.text) })
}
