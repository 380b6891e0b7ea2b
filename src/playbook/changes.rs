//! What one content of a playbook says otherwise than another; pure. The words stand in `changes/words.rs`.

pub mod words;

#[cfg(test)]
mod tests;

use super::model::{Cell, Content, Duty, KeyResult, Party, Section, Stage};
use crate::{
    decisions::{escalations::Step, matrix::Limit},
    goals::{
        figures::Scale,
        model::Place,
        strategy::{Field, Texts},
    },
    platform::{ids::PartId, locale::Bilingual},
    projects::duties::model::Letter,
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A share that changes in more months than this is told as a whole.
const MONTHS: usize = 3;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// In which section.
    pub section: Section,
    /// What.
    pub what: What,
}

/// That there is something more, or something less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is new.
    Comes,
    /// It is not there any more.
    Goes,
}

/// What differs: before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A text of the strategy.
    Said(Field, String, String),
    /// An objective with its title.
    Objective(Turn, i16, String),
    /// The title of an objective.
    ObjectiveTitle(i16, String, String),
    /// Why an objective is wanted.
    ObjectiveWhy(i16, String, String),
    /// A key result with its title.
    KeyResult(Turn, Place, String),
    /// The title of a key result.
    KeyResultTitle(Place, String, String),
    /// What its figures are.
    Counted(Place),
    /// Where it starts.
    Start(Place, Scale, i64, i64),
    /// Where it has to get.
    Target(Place, Scale, i64, i64),
    /// By when.
    Due(Place, Date, Date),
    /// Who answers for it.
    Owner(Place, Bilingual, Bilingual),
    /// A department takes a share, or none any more.
    Share(Turn, Place, Bilingual),
    /// What a department owes, in words.
    Owes(Place, Bilingual, String, String),
    /// What it owes in a month.
    Month(Place, Scale, Bilingual, Cell, Cell),
    /// What it owes in so many months.
    Months(Place, Bilingual, usize),
    /// A department takes part.
    Party(Turn, Bilingual),
    /// An item of the division of labour.
    Duty(Turn, Bilingual),
    /// Who answers for it.
    Answers(Bilingual, Vec<Bilingual>, Vec<Bilingual>),
    /// Who holds another letter of it.
    Held(Bilingual, Letter, Vec<Bilingual>, Vec<Bilingual>),
    /// A stage.
    Stage(Turn, Bilingual),
    /// When a stage begins.
    Begins(Bilingual, Date, Date),
    /// When its gate is planned.
    Gate(Bilingual, Date, Date),
    /// The day of launch.
    Launch(Option<Date>, Option<Date>),
    /// What a gate asks for.
    Rule(Turn, Bilingual, Bilingual),
    /// A window.
    Meeting(Turn, Bilingual),
    /// When or how long a window is, or who comes.
    MeetingSays(Bilingual),
    /// Who speaks for a department.
    Speaker(Bilingual, String, String),
    /// How long a step of an escalation may take.
    Limit(Bilingual, Step, Option<Limit>, Option<Limit>),
    /// A word of the list.
    Word(Turn, Bilingual),
}

/// Everything that differs, section by section.
#[must_use]
pub fn between(old: &Content, new: &Content) -> Vec<Change> {
    let mut found = Found { old, new, changes: Vec::new() };
    found.strategy();
    found.goals();
    found.parties();
    found.duties();
    found.stages();
    found.meetings();
    found.asking();
    found.words();
    found.changes.sort_by_key(|change| change.section);
    found.changes
}

/// Whether everybody has to read again.
#[must_use]
pub fn ask_again(changes: &[Change]) -> bool {
    changes.iter().any(|change| change.section.matters())
}

struct Found<'a> {
    old: &'a Content,
    new: &'a Content,
    changes: Vec<Change>,
}

/// What came, in the order of the new, and what went, in the order of the old.
fn turns<'a, V, K: PartialEq>(old: &'a [V], new: &'a [V], key: impl Fn(&V) -> K) -> Vec<(Turn, &'a V)> {
    let lacks = |all: &[V], one: &V| !all.iter().any(|other| key(other) == key(one));
    let came = new.iter().filter(|one| lacks(old, one)).map(|one| (Turn::Comes, one));
    let went = old.iter().filter(|one| lacks(new, one)).map(|one| (Turn::Goes, one));
    came.chain(went).collect()
}

/// What is in both.
fn pairs<'a, V, K: PartialEq>(old: &'a [V], new: &'a [V], key: impl Fn(&V) -> K) -> Vec<(&'a V, &'a V)> {
    new.iter().filter_map(|one| Some((old.iter().find(|other| key(other) == key(one))?, one))).collect()
}

impl Found<'_> {
    fn add(&mut self, section: Section, what: What) {
        self.changes.push(Change { section, what });
    }

    fn name(&self, part: PartId) -> Bilingual {
        let party = self.new.party(part).or_else(|| self.old.party(part));
        party.map_or_else(|| Bilingual { en: String::new(), zh: String::new() }, |party| party.name.clone())
    }

    fn strategy(&mut self) {
        let nothing = Texts::default();
        let (old, new) =
            (self.old.strategy.as_ref().unwrap_or(&nothing), self.new.strategy.as_ref().unwrap_or(&nothing));
        for field in new.changed(old) {
            let section = match field {
                Field::Vision | Field::Strategy => Section::Mission,
                Field::Audience | Field::Need | Field::Difference => Section::Questions,
                Field::Worth => Section::Strategy,
            };
            self.add(section, What::Said(field, old.get(field).to_owned(), new.get(field).to_owned()));
        }
    }

    fn goals(&mut self) {
        let (old, new) = (&self.old.objectives, &self.new.objectives);
        for (turn, one) in turns(old, new, |one| one.id) {
            self.add(Section::Goals, What::Objective(turn, one.position, one.title.clone()));
        }
        for (was, is) in pairs(old, new, |one| one.id) {
            if was.title != is.title {
                self.add(Section::Goals, What::ObjectiveTitle(is.position, was.title.clone(), is.title.clone()));
            }
            if was.why != is.why {
                self.add(Section::Goals, What::ObjectiveWhy(is.position, was.why.clone(), is.why.clone()));
            }
        }
        let old: Vec<(Place, &KeyResult)> = self.old.key_results().collect();
        let new: Vec<(Place, &KeyResult)> = self.new.key_results().collect();
        for (turn, (place, one)) in turns(&old, &new, |(_, one)| one.id) {
            self.add(Section::Goals, What::KeyResult(turn, *place, one.title.clone()));
            if turn == Turn::Comes {
                for share in &one.shares {
                    self.add(Section::Shares, What::Share(turn, *place, self.name(share.part)));
                }
            }
        }
        for ((_, was), (place, is)) in pairs(&old, &new, |(_, one)| one.id) {
            self.key_result(*place, was, is);
            self.shares(*place, was, is);
        }
    }

    fn key_result(&mut self, place: Place, was: &KeyResult, is: &KeyResult) {
        let mut add = |what| self.changes.push(Change { section: Section::Goals, what });
        if was.title != is.title {
            add(What::KeyResultTitle(place, was.title.clone(), is.title.clone()));
        }
        if was.scale != is.scale {
            add(What::Counted(place));
        }
        if was.baseline != is.baseline {
            add(What::Start(place, is.scale.clone(), was.baseline, is.baseline));
        }
        if was.target != is.target {
            add(What::Target(place, is.scale.clone(), was.target, is.target));
        }
        if was.due_on != is.due_on {
            add(What::Due(place, was.due_on, is.due_on));
        }
        if was.part != is.part {
            self.add(Section::Goals, What::Owner(place, self.name(was.part), self.name(is.part)));
        }
    }

    fn shares(&mut self, place: Place, was: &KeyResult, is: &KeyResult) {
        for (turn, share) in turns(&was.shares, &is.shares, |share| share.part) {
            self.add(Section::Shares, What::Share(turn, place, self.name(share.part)));
        }
        for (old, new) in pairs(&was.shares, &is.shares, |share| share.part) {
            let part = self.name(new.part);
            if old.owes != new.owes {
                self.add(Section::Shares, What::Owes(place, part.clone(), old.owes.clone(), new.owes.clone()));
            }
            let cell = |cells: &[Cell], month: Date| {
                let found = cells.iter().find(|cell| cell.month == month).copied();
                found.unwrap_or(Cell { month, amount: 0, base: 0 })
            };
            let months: BTreeSet<Date> = old.cells.iter().chain(&new.cells).map(|cell| cell.month).collect();
            let moved = months.into_iter().map(|month| (cell(&old.cells, month), cell(&new.cells, month)));
            let moved: Vec<(Cell, Cell)> = moved.filter(|(old, new)| old != new).collect();
            if moved.len() > MONTHS {
                self.add(Section::Shares, What::Months(place, part, moved.len()));
            } else {
                for (old, new) in moved {
                    self.add(Section::Shares, What::Month(place, is.scale.clone(), part.clone(), old, new));
                }
            }
        }
    }

    fn parties(&mut self) {
        let (old, new) = (&self.old.parts, &self.new.parts);
        for (turn, party) in turns(old, new, |party| party.id) {
            self.add(Section::Division, What::Party(turn, party.name.clone()));
        }
        for (was, is) in pairs(old, new, |party| party.id) {
            if was.speaker != is.speaker {
                let what = What::Speaker(is.name.clone(), was.speaker.clone(), is.speaker.clone());
                self.add(Section::Asking, what);
            }
        }
    }

    fn duties(&mut self) {
        let (old, new) = (&self.old.duties, &self.new.duties);
        for (turn, duty) in turns(old, new, |duty| duty.code.clone()) {
            self.add(Section::Division, What::Duty(turn, duty.title.clone()));
        }
        for (was, is) in pairs(old, new, |duty| duty.code.clone()) {
            for letter in Letter::ALL {
                let holders = |of: &Content, duty: &Duty| -> Vec<Bilingual> {
                    let holds = |party: &&Party| duty.letters.holders(letter).any(|part| part == party.id);
                    of.parts.iter().filter(holds).map(|party| party.name.clone()).collect()
                };
                let (before, after) = (holders(self.old, was), holders(self.new, is));
                if before != after {
                    let duty = is.title.clone();
                    self.add(
                        Section::Division,
                        match letter {
                            Letter::Accountable => What::Answers(duty, before, after),
                            Letter::Responsible | Letter::Consulted | Letter::Informed => {
                                What::Held(duty, letter, before, after)
                            }
                        },
                    );
                }
            }
        }
    }

    fn stages(&mut self) {
        let (old, new) = (&self.old.stages, &self.new.stages);
        for (turn, stage) in turns(old, new, |stage| stage.code.clone()) {
            self.add(Section::Stages, What::Stage(turn, called(stage)));
        }
        for (was, is) in pairs(old, new, |stage| stage.code.clone()) {
            // The launch says when its stage begins.
            if was.starts_on != is.starts_on && !is.is_launch {
                self.add(Section::Stages, What::Begins(called(is), was.starts_on, is.starts_on));
            }
            if was.ends_on != is.ends_on {
                self.add(Section::Stages, What::Gate(called(is), was.ends_on, is.ends_on));
            }
            for (turn, rule) in turns(&was.rules, &is.rules, Clone::clone) {
                self.add(Section::Stages, What::Rule(turn, called(is), rule.clone()));
            }
        }
        if self.old.launches_on != self.new.launches_on {
            self.add(Section::Stages, What::Launch(self.old.launches_on, self.new.launches_on));
        }
    }

    fn meetings(&mut self) {
        let (old, new) = (&self.old.meetings, &self.new.meetings);
        for (turn, meeting) in turns(old, new, |meeting| meeting.code.clone()) {
            self.add(Section::Meetings, What::Meeting(turn, meeting.name.clone()));
        }
        for (was, is) in pairs(old, new, |meeting| meeting.code.clone()) {
            if was != is {
                self.add(Section::Meetings, What::MeetingSays(is.name.clone()));
            }
        }
    }

    fn asking(&mut self) {
        for (was, is) in pairs(&self.old.limits, &self.new.limits, |limits| limits.category.clone()) {
            for step in Step::ALL {
                let (before, after) = (step.limit(was.steps), step.limit(is.steps));
                if before != after {
                    self.add(Section::Asking, What::Limit(is.name.clone(), step, before, after));
                }
            }
        }
    }

    fn words(&mut self) {
        for (turn, word) in turns(&self.old.words, &self.new.words, |word| word.term.clone()) {
            self.add(Section::Words, What::Word(turn, word.term.clone()));
        }
    }
}

/// `A1 Charter`.
fn called(stage: &Stage) -> Bilingual {
    Bilingual { en: format!("{} {}", stage.code, stage.name.en), zh: format!("{} {}", stage.code, stage.name.zh) }
}
