//! One event for each thing that a new project begins with; the project itself last, so that feeds show it first.

use super::{model::Choices, records::Made};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind, both},
    platform::ids::{PartId, PersonId, StageId},
    projects::making::{NewPart, NewSeat, NewStage},
};

/// Records them all.
pub fn record(change: &mut Change, choices: &Choices<'_>, made: &Made) {
    let project = choices.id;
    let part = |id: PartId| made.records.parts.iter().find(|part| part.id == id);
    let stage = |id: StageId| made.records.stages.iter().find(|stage| stage.id == id);
    let events = made
        .records
        .parts
        .iter()
        .map(part_added)
        .chain(made.records.stages.iter().map(|stage| stage_laid_out(stage, made)))
        .chain(made.records.seats.iter().map(|seat| seat_given(seat, choices, part)))
        .chain(made.records.duties.iter().map(|duty| {
            let subject = Subject::new(SubjectKind::Duty, duty.id.uuid(), &duty.code, &duty.title.en);
            let event = Event::new(Kind::DutyCreated, subject.zh(Some(duty.title.zh.clone())));
            ["R", "A", "C", "I"].into_iter().fold(event, |event, letter| {
                let with = |(_, found): &&(PartId, char)| letter.starts_with(*found);
                let codes = duty.letters.iter().filter(with).filter_map(|(id, _)| Some(part(*id)?.code.as_str()));
                let codes: Vec<&str> = codes.collect();
                if codes.is_empty() { event } else { event.after(letter, codes.join(", ")) }
            })
        }))
        .chain(made.work.milestones.iter().map(|milestone| {
            let subject = Subject::new(SubjectKind::Milestone, milestone.id.uuid(), "", &milestone.title);
            Event::new(Kind::MilestoneCreated, subject.zh(Some(milestone.title_zh.clone())))
                .after("due_on", milestone.due_on.to_string())
        }))
        .chain(made.work.tasks.iter().map(|task| {
            let label = format!("{}-{}", choices.key, task.number);
            let subject = Subject::new(SubjectKind::Task, task.id.uuid(), label, &task.title);
            let event = Event::new(Kind::TaskCreated, subject.zh(Some(task.title_zh.clone())))
                .after("due_on", task.due_on.to_string());
            let event = match stage(task.stage_id) {
                Some(stage) => event.after("stage", both(&stage.name.en, &stage.name.zh)),
                None => event,
            };
            let department = part(task.part_id).map_or_else(|| both("", ""), |part| both(&part.name.en, &part.name.zh));
            let event = event.after("department", department);
            match task.assignee_id.map(|id| name_of(choices, id)) {
                Some(name) => event.after("assignee", name),
                None => event,
            }
        }));
    for event in events {
        change.record(event.of(project));
    }
    change.record(project_created(choices, made).of(project));
}

fn part_added(part: &NewPart) -> Event {
    let subject = Subject::new(SubjectKind::Part, part.id.uuid(), &part.code, &part.name.en);
    Event::new(Kind::PartAdded, subject.zh(Some(part.name.zh.clone())))
}

fn stage_laid_out(stage: &NewStage, made: &Made) -> Event {
    let subject = Subject::new(SubjectKind::Stage, stage.id.uuid(), &stage.code, &stage.name.en);
    let rules = made.records.rules.iter().filter(|rule| rule.stage_id == stage.id).count();
    Event::new(Kind::StageChanged, subject.zh(Some(stage.name.zh.clone())))
        .after("starts_on", stage.starts_on.to_string())
        .after("ends_on", stage.ends_on.to_string())
        .after("rules", rules)
}

fn seat_given<'a>(seat: &NewSeat, choices: &Choices<'_>, part: impl Fn(PartId) -> Option<&'a NewPart>) -> Event {
    let subject = Subject::new(SubjectKind::Seat, seat.id.uuid(), "", name_of(choices, seat.person_id));
    let event = Event::new(Kind::SeatGiven, subject).after("role", seat.role.as_str());
    let event = match seat.part_id.and_then(part) {
        Some(part) => event.after("department", both(&part.name.en, &part.name.zh)),
        None => event,
    };
    if seat.capacity.is_empty() { event } else { event.after("capacity", seat.capacity.as_str()) }
}

fn project_created(choices: &Choices<'_>, made: &Made) -> Event {
    let subject = Subject::new(SubjectKind::Project, choices.id.uuid(), &choices.key, &choices.name);
    Event::new(Kind::ProjectCreated, subject)
        .after("blueprint", both(&choices.blueprint.name.en, &choices.blueprint.name.zh))
        .after("tier", choices.tier.number())
        .after("launches_on", made.records.project.launches_on.to_string())
        .after("tasks", made.work.tasks.len())
}

fn name_of<'a>(choices: &'a Choices<'_>, id: PersonId) -> &'a str {
    let liaisons = choices.departments.iter().map(|taking| taking.liaison);
    let committee = choices.committee.iter().map(|sitting| sitting.person);
    let mut people = [choices.lead].into_iter().chain(liaisons).chain(committee);
    people.find(|person| person.id == id).map_or("", |person| &person.name)
}
