//! A version in the reader's words: what the page, the booklet and both exports show.

use super::{
    changes::words::share,
    model::{Content, KeyResult, Party, Section, Share},
};
use crate::{
    decisions::{escalations::Step, limits::model as limits},
    goals::{figures::Measure, model::Place, strategy::Field},
    platform::{ids::PartId, locale::T},
    projects::duties::model::Letter,
    web::ui::DepartmentChip,
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The whole of it.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// Headings, in their order.
    pub sections: Vec<Heading>,
    /// Where it leads; empty before there is a strategy.
    pub vision: String,
    /// How it gets there.
    pub way: String,
    /// The three questions with their answers.
    pub answers: Vec<(String, String)>,
    /// The fourth.
    pub worth: Option<(String, String)>,
    /// With their key results.
    pub objectives: Vec<ObjectiveView>,
    /// The reader's own departments first.
    pub shares: Vec<SharesView>,
    /// Who holds letters, in the order of the columns.
    pub parties: Vec<PartyView>,
    /// Who does what, by stage.
    pub division: Vec<DivisionView>,
    /// With gates and dates.
    pub stages: Vec<StageView>,
    /// When the launch is.
    pub launch: String,
    /// The fixed windows.
    pub meetings: Vec<MeetingView>,
    /// What the steps of an escalation are called.
    pub steps: Vec<String>,
    /// How long each may take, by category: the step beside its limit.
    pub limits: Vec<(String, Vec<(String, String)>)>,
    /// Words with their meaning.
    pub words: Vec<(String, String)>,
}

/// The heading of a section.
#[derive(Clone, Debug)]
pub struct Heading {
    /// From 1.
    pub number: usize,
    /// What it is called.
    pub title: String,
}

/// A part with its tile.
#[derive(Clone, Debug)]
pub struct PartyView {
    /// On its tile.
    pub short: String,
    /// Its name.
    pub name: String,
    /// Its colour.
    pub colour: i16,
    /// Who speaks for it; empty while nobody does.
    pub speaker: String,
    /// A department, which can be asked.
    pub is_department: bool,
}

impl PartyView {
    fn of(t: T, party: &Party) -> Self {
        Self {
            short: t.pick(&party.short).to_owned(),
            name: t.pick(&party.name).to_owned(),
            colour: party.colour,
            speaker: party.speaker.clone(),
            is_department: party.kind == crate::projects::PartKind::Department,
        }
    }

    /// As pages show it.
    #[must_use]
    pub fn chip(&self) -> DepartmentChip<'_> {
        DepartmentChip { code: &self.short, name: &self.name, colour: self.colour }
    }
}

/// An objective.
#[derive(Clone, Debug)]
pub struct ObjectiveView {
    /// From 1.
    pub position: i16,
    /// What is wanted.
    pub title: String,
    /// Why; may be empty.
    pub why: String,
    /// How one knows.
    pub key_results: Vec<KeyResultView>,
}

/// A key result.
#[derive(Clone, Debug)]
pub struct KeyResultView {
    /// `1.2`.
    pub place: String,
    /// What is reached.
    pub title: String,
    /// From where to where by when.
    pub terms: String,
    /// The department that answers for it.
    pub owner: String,
}

/// What a department owes.
#[derive(Clone, Debug)]
pub struct SharesView {
    /// Which.
    pub party: PartyView,
    /// The reader speaks for it, or belongs to it.
    pub is_own: bool,
    /// To which key results: place, title, what in words.
    pub columns: Vec<(String, String, String)>,
    /// Month by month, a cell a column.
    pub rows: Vec<(String, Vec<String>)>,
    /// All months together, where that can be said; empty where not. None where it can be said of no column.
    pub sums: Option<Vec<String>>,
}

/// Who does what in a stage.
#[derive(Clone, Debug)]
pub struct DivisionView {
    /// `A1 Charter`.
    pub stage: String,
    /// Its items, each with the letters of every party.
    pub duties: Vec<(String, Vec<String>)>,
}

/// A stage.
#[derive(Clone, Debug)]
pub struct StageView {
    /// `A1 Charter`.
    pub name: String,
    /// From when to when.
    pub days: String,
    /// When its gate is planned.
    pub gate: String,
    /// What its gate asks for.
    pub rules: Vec<String>,
}

/// A window.
#[derive(Clone, Debug)]
pub struct MeetingView {
    /// What it is called.
    pub name: String,
    /// On which days.
    pub when: String,
    /// How long; empty where it has no length.
    pub length: String,
    /// Who comes.
    pub who: String,
}

impl Book {
    /// For a reader who belongs to these parts.
    #[must_use]
    pub fn of(t: T, content: &Content, own: &[PartId]) -> Self {
        let said = |field: Field| content.strategy.as_ref().map(|said| (field.label(t), said.get(field).to_owned()));
        let text = |field: Field| said(field).map(|(_, text)| text).unwrap_or_default();
        let parties: Vec<&Party> = content.parts.iter().collect();
        Self {
            sections: Section::ALL.map(|one| Heading { number: one.number(), title: one.title(t) }).into(),
            vision: text(Field::Vision),
            way: text(Field::Strategy),
            answers: super::quiz::ASKED.into_iter().filter_map(said).collect(),
            worth: said(Field::Worth),
            objectives: content.objectives.iter().map(|one| objective(t, content, one)).collect(),
            shares: shares(t, content, own),
            division: division(t, content, &parties),
            parties: parties.into_iter().map(|party| PartyView::of(t, party)).collect(),
            stages: content.stages.iter().map(|one| stage(t, one)).collect(),
            launch: content.launches_on.map(|day| t.date(day)).unwrap_or_default(),
            meetings: content.meetings.iter().map(|one| meeting(t, one)).collect(),
            steps: Step::ALL.into_iter().map(|step| limits::step_name(t, step)).collect(),
            limits: content.limits.iter().map(|one| limit(t, one)).collect(),
            words: content
                .words
                .iter()
                .map(|one| (t.pick(&one.term).to_owned(), t.pick(&one.means).to_owned()))
                .collect(),
        }
    }

    /// The heading of a section; nothing for a number that there is not.
    #[must_use]
    pub fn heading(&self, number: usize) -> &str {
        self.sections.iter().find(|one| one.number == number).map_or("", |one| one.title.as_str())
    }

    /// The departments with who speaks for them.
    pub fn departments(&self) -> impl Iterator<Item = &PartyView> {
        self.parties.iter().filter(|party| party.is_department)
    }

    /// The letters with their meaning.
    #[must_use]
    pub fn letters(t: T) -> [(&'static str, String); 4] {
        Letter::ALL.map(|letter| {
            let meaning = match letter {
                Letter::Accountable => t.letter_a(),
                Letter::Responsible => t.letter_r(),
                Letter::Consulted => t.letter_c(),
                Letter::Informed => t.letter_i(),
            };
            (letter.as_str(), meaning)
        })
    }
}

fn objective(t: T, content: &Content, of: &super::model::Objective) -> ObjectiveView {
    let result = |one: &KeyResult| {
        let scale = &one.scale;
        let target =
            if scale.measure == Measure::Ratio { scale.full(t, one.target) } else { scale.named(t, one.target) };
        let owner = content.party(one.part).map(|party| t.pick(&party.name).to_owned());
        KeyResultView {
            place: Place { objective: of.position, key_result: one.position }.to_string(),
            title: one.title.clone(),
            terms: t.goals_from_to(scale.full(t, one.baseline), t.date(one.due_on), target),
            owner: owner.unwrap_or_default(),
        }
    };
    ObjectiveView {
        position: of.position,
        title: of.title.clone(),
        why: of.why.clone(),
        key_results: of.key_results.iter().map(result).collect(),
    }
}

fn shares(t: T, content: &Content, own: &[PartId]) -> Vec<SharesView> {
    let mut all: Vec<SharesView> =
        content.departments().filter_map(|party| shares_of(t, content, party, own.contains(&party.id))).collect();
    all.sort_by_key(|one| !one.is_own);
    all
}

fn shares_of(t: T, content: &Content, party: &Party, is_own: bool) -> Option<SharesView> {
    let share_of = |one: &'_ KeyResult| one.shares.iter().position(|share| share.part == party.id);
    let mine: Vec<(Place, &KeyResult, &Share)> = content
        .key_results()
        .filter_map(|(place, one)| Some((place, one, one.shares.get(share_of(one)?)?)))
        .filter(|(_, _, share)| !share.cells.is_empty() || !share.owes.is_empty())
        .collect();
    if mine.is_empty() {
        return None;
    }
    let months: BTreeSet<Date> = mine.iter().flat_map(|(_, _, share)| &share.cells).map(|cell| cell.month).collect();
    let cell = |one: &KeyResult, of: &Share, month: Date| {
        let found = of.cells.iter().find(|cell| cell.month == month);
        found.map_or_else(|| "–".to_owned(), |cell| share(t, &one.scale, cell))
    };
    let row = |month: Date| (t.month(month), mine.iter().map(|(_, one, share)| cell(one, share, month)).collect());
    let sum = |one: &KeyResult, of: &Share| match one.scale.measure {
        Measure::Additive => one.scale.full(t, of.cells.iter().map(|cell| cell.amount).fold(0, i64::saturating_add)),
        // Neither ratios nor levels add up over months.
        Measure::Ratio | Measure::Level => String::new(),
    };
    let sums: Vec<String> = mine.iter().map(|(_, one, share)| sum(one, share)).collect();
    Some(SharesView {
        party: PartyView::of(t, party),
        is_own,
        columns: mine
            .iter()
            .map(|(place, one, share)| (place.to_string(), one.title.clone(), share.owes.clone()))
            .collect(),
        rows: months.into_iter().map(row).collect(),
        sums: Some(sums).filter(|sums| sums.iter().any(|sum| !sum.is_empty())),
    })
}

fn division(t: T, content: &Content, parties: &[&Party]) -> Vec<DivisionView> {
    let of_stage = |stage: &super::model::Stage| {
        let duties = content.duties.iter().filter(|duty| duty.stage == stage.code).map(|duty| {
            let letters = parties.iter().map(|party| duty.letters.of(party.id)).collect();
            (t.pick(&duty.title).to_owned(), letters)
        });
        DivisionView { stage: format!("{} {}", stage.code, t.pick(&stage.name)), duties: duties.collect() }
    };
    content.stages.iter().map(of_stage).filter(|stage| !stage.duties.is_empty()).collect()
}

fn stage(t: T, of: &super::model::Stage) -> StageView {
    StageView {
        name: format!("{} {}", of.code, t.pick(&of.name)),
        days: t.playbook_from_to(t.date(of.starts_on), t.date(of.ends_on)),
        gate: t.date(of.ends_on),
        rules: of.rules.iter().map(|rule| t.pick(rule).to_owned()).collect(),
    }
}

fn meeting(t: T, of: &super::meetings::Meeting) -> MeetingView {
    MeetingView {
        name: t.pick(&of.name).to_owned(),
        when: t.pick(&of.when).to_owned(),
        length: of.minutes.map(|minutes| t.playbook_minutes(i64::from(minutes))).unwrap_or_default(),
        who: t.pick(&of.who).to_owned(),
    }
}

fn limit(t: T, of: &super::model::Limits) -> (String, Vec<(String, String)>) {
    let words = Step::ALL.into_iter().map(|step| (limits::step_name(t, step), limits::words(t, step.limit(of.steps))));
    (t.pick(&of.name).to_owned(), words.collect())
}
