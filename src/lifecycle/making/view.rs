//! The form and its summary in the reader's words.

use super::{
    check::{chair_field, takes_guests},
    form::{Form, liaison_field, seat_field},
    model::{KnownDepartment, KnownPerson, Memory},
    outline::{Outline, Warning, outline},
};
use crate::{
    platform::{
        ids::PersonId,
        locale::{T, sort_people},
        working_time::Calendar,
    },
    projects::{
        blueprints::{self, Blueprint, BlueprintDepartment, DepartmentKind, Tier},
        elasticity::StandIns,
    },
    web::{
        Error, Result, Shell,
        ui::{Choice, DepartmentChip},
    },
};
use jiff::civil::Date;

/// Everything that the page shows besides its frame.
#[derive(Debug)]
pub struct View {
    /// What stands in the fields.
    pub form: Form,
    /// The tier's number as text.
    pub tier: String,
    /// To choose from.
    pub blueprints: Vec<BlueprintRow>,
    /// To choose from.
    pub tiers: Vec<Choice>,
    /// Who may lead.
    pub leads: Vec<Choice>,
    /// Who may speak for a department.
    pub liaisons: Vec<Choice>,
    /// One row a department of the blueprint.
    pub departments: Vec<DepartmentRow>,
    /// One row a capacity.
    pub seats: Vec<SeatRow>,
    /// What would be made.
    pub summary: Summary,
}

/// One blueprint.
#[derive(Debug)]
pub struct BlueprintRow {
    /// Sent.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When to choose it.
    pub description: String,
    /// How much it brings.
    pub counts: String,
    /// Chosen.
    pub is_chosen: bool,
}

/// One department.
#[derive(Debug)]
pub struct DepartmentRow {
    /// The blueprint's code.
    pub code: String,
    short: String,
    name: String,
    colour: i16,
    /// Whether the organisation has it.
    pub is_present: bool,
    /// Ticked.
    pub is_on: bool,
    /// Name and id of the liaison's field.
    pub field: String,
    /// The chosen liaison's id.
    pub liaison: String,
    /// Label of the liaison's field.
    pub label: String,
    /// What else the liaison does; for an absent department, who takes its work.
    pub hint: String,
}

impl DepartmentRow {
    /// Its chip.
    pub fn chip(&self) -> DepartmentChip<'_> {
        DepartmentChip { code: &self.short, name: &self.name, colour: self.colour }
    }
}

/// One seat of the committee.
#[derive(Debug)]
pub struct SeatRow {
    /// The code, sent by the chair's radio.
    pub code: &'static str,
    /// As what.
    pub label: String,
    /// Name and id of the person's field.
    pub field: String,
    /// Id of the chair's radio.
    pub chair_field: String,
    /// The chosen person's id.
    pub person: String,
    /// Who may be chosen.
    pub people: Vec<Choice>,
    /// Chairs.
    pub is_chair: bool,
}

/// What would be made, in words.
#[derive(Debug)]
pub struct Summary {
    /// The project's name, or a word for a project without one.
    pub name: String,
    /// When it launches.
    pub launch: String,
    /// In order.
    pub stages: Vec<StageRow>,
    /// How many.
    pub gates: usize,
    /// How many.
    pub tasks: usize,
    /// Who does how many.
    pub parts: Vec<PartRow>,
    /// How many take part.
    pub departments: usize,
    /// Seats of the committee, with its quorum.
    pub committee: String,
    /// What the reader should know.
    pub warnings: Vec<String>,
}

/// A stage of the summary.
#[derive(Debug)]
pub struct StageRow {
    /// `A1`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// From when to when; empty without a date.
    pub dates: String,
    /// Begins on launch day.
    pub is_launch: bool,
}

/// A part of the summary.
#[derive(Debug)]
pub struct PartRow {
    short: String,
    name: String,
    colour: i16,
    /// Its tasks.
    pub tasks: usize,
}

impl PartRow {
    /// Its chip.
    pub fn chip(&self) -> DepartmentChip<'_> {
        DepartmentChip { code: &self.short, name: &self.name, colour: self.colour }
    }
}

impl View {
    /// From the form as it stands.
    pub fn new(shell: &Shell, me: PersonId, form: Form, memory: &Memory, calendar: &Calendar) -> Result<Self> {
        let t = shell.t;
        let summary = summary(shell, &form, memory, &outline(&form, calendar, shell.today()));
        let colleagues = |first: Option<String>| people(t, memory, me, first, |person| !person.is_guest);
        Ok(Self {
            tier: form.tier.number().to_string(),
            blueprints: blueprint_rows(t, &form)?,
            tiers: Tier::ALL.map(|tier| Choice::new(tier.number(), tier_label(t, i16::from(tier.number())))).to_vec(),
            leads: colleagues(None),
            liaisons: colleagues(Some(t.project_new_choose_person())),
            departments: department_rows(t, &form, memory),
            seats: seat_rows(t, &form, memory, me),
            summary,
            form,
        })
    }
}

/// What a tier is called.
pub fn tier_label(t: T, tier: i16) -> String {
    match tier {
        1 => t.project_tier_flagship(),
        2 => t.project_tier_major(),
        _ => t.project_tier_routine(),
    }
}

fn people(
    t: T,
    memory: &Memory,
    me: PersonId,
    first: Option<String>,
    may: impl Fn(&KnownPerson) -> bool,
) -> Vec<Choice> {
    let name = |person: &KnownPerson| {
        let alike = memory.people.iter().filter(|other| other.name == person.name).count() > 1;
        match (person.id == me, alike && !person.title.is_empty()) {
            (true, _) => t.project_new_me(&person.name),
            (false, true) => t.project_new_person_title(&person.name, &person.title),
            (false, false) => person.name.clone(),
        }
    };
    let first = first.map(|label| Choice::new("", label));
    let mut people: Vec<&KnownPerson> = memory.people.iter().filter(|person| may(person)).collect();
    sort_people(t, &mut people, |person| &person.name);
    first.into_iter().chain(people.into_iter().map(|person| Choice::new(person.id, name(person)))).collect()
}

fn blueprint_rows(t: T, form: &Form) -> Result<Vec<BlueprintRow>> {
    let row = |blueprint: &Blueprint| {
        let gates = blueprint.stages.iter().filter(|stage| !stage.gate.is_empty()).count();
        let tasks = blueprint.items_for(Tier::Flagship).count();
        BlueprintRow {
            id: blueprint.id.clone(),
            name: t.pick(&blueprint.name).to_owned(),
            description: t.pick(&blueprint.description).to_owned(),
            counts: t.project_new_counts(gates, blueprint.stages.len(), tasks),
            is_chosen: blueprint.id == form.blueprint.id,
        }
    };
    Ok(blueprints::all().map_err(Error::internal)?.iter().map(row).collect())
}

fn department_rows(t: T, form: &Form, memory: &Memory) -> Vec<DepartmentRow> {
    let is_active = |code: &str| form.departments.iter().any(|choice| choice.is_on && choice.code == code);
    let stand_ins = StandIns::new(&form.blueprint.departments, &is_active);
    let places = memory.fill(form.blueprint);
    let name = |code: &str| {
        let place = places.iter().find(|place| place.wanted.code == code);
        let own =
            place.and_then(|place| place.department).map(|department| t.pair(&department.name_en, &department.name_zh));
        own.or_else(|| form.blueprint.department(code).map(|one| t.pick(&one.name))).unwrap_or_default().to_owned()
    };
    let row = |wanted: &BlueprintDepartment, department: Option<&KnownDepartment>| {
        let choice = form.departments.iter().find(|choice| choice.code == wanted.code);
        let liaison = choice.map_or_else(String::new, |choice| choice.liaison.clone());
        let hint = match (department, memory.colleague(&liaison)) {
            (None, _) => t.project_new_absent(name(stand_ins.bearer_of(&wanted.code).unwrap_or(&wanted.code))),
            (Some(_), Some(person)) => t.project_new_liaison_in(person.liaison_in),
            (Some(_), None) => String::new(),
        };
        DepartmentRow {
            code: wanted.code.clone(),
            short: department
                .map_or_else(|| t.pick(&wanted.short), |one| t.pair(&one.short_en, &one.short_zh))
                .to_owned(),
            name: name(&wanted.code),
            colour: department.map_or(8, |one| one.colour),
            is_present: department.is_some(),
            is_on: choice.is_some_and(|choice| choice.is_on),
            field: liaison_field(&wanted.code),
            label: t.project_new_liaison_for(name(&wanted.code)),
            liaison,
            hint,
        }
    };
    places.iter().map(|place| row(place.wanted, place.department)).collect()
}

fn seat_rows(t: T, form: &Form, memory: &Memory, me: PersonId) -> Vec<SeatRow> {
    let row = |seat: &super::form::SeatChoice| SeatRow {
        code: seat.capacity.as_str(),
        label: seat.capacity.label(t),
        field: seat_field(seat.capacity),
        chair_field: chair_field(seat.capacity),
        person: seat.person.clone(),
        people: people(t, memory, me, Some(t.project_new_leave_empty()), |person| {
            !person.is_guest || takes_guests(seat.capacity) || person.id.to_string() == seat.person
        }),
        is_chair: seat.capacity.as_str() == form.chair,
    };
    form.seats.iter().map(row).collect()
}

fn summary(shell: &Shell, form: &Form, memory: &Memory, outline: &Outline<'_>) -> Summary {
    let t = shell.t;
    let stages = outline.stages.iter().map(|one| StageRow {
        code: one.stage.code.clone(),
        name: t.pick(&one.stage.name).to_owned(),
        dates: one.dates.map_or_else(String::new, |dates| {
            t.project_new_span(shell_date(shell, dates.starts_on), shell_date(shell, dates.ends_on))
        }),
        is_launch: one.is_launch,
    });
    let seats = form.seats.iter().filter(|seat| !seat.person.is_empty()).count();
    let quorum = form.quorum.parse::<i16>().unwrap_or_else(|_| form.usual_quorum(memory));
    Summary {
        name: if form.name.is_empty() { t.project_new_untitled() } else { form.name.clone() },
        launch: match outline.launches_on {
            Some(day) => t.project_new_launches(t.date(day), days_until(shell.today(), day)),
            None => t.project_new_no_date(),
        },
        stages: stages.collect(),
        gates: outline.gates,
        tasks: outline.tasks,
        parts: part_rows(t, form, memory, outline),
        departments: form.departments.iter().filter(|choice| choice.is_on).count(),
        committee: if seats == 0 { t.project_new_no_committee() } else { t.project_new_committee_seats(quorum, seats) },
        warnings: outline.warnings.iter().map(|warning| warning_text(shell, warning)).collect(),
    }
}

fn part_rows(t: T, form: &Form, memory: &Memory, outline: &Outline<'_>) -> Vec<PartRow> {
    let places = memory.fill(form.blueprint);
    let row = |(code, tasks): &(&str, usize)| {
        let wanted = form.blueprint.department(code)?;
        let department = places.iter().find(|place| place.wanted.code == *code).and_then(|place| place.department);
        Some(match department {
            Some(one) => PartRow {
                short: t.pair(&one.short_en, &one.short_zh).to_owned(),
                name: t.pair(&one.name_en, &one.name_zh).to_owned(),
                colour: one.colour,
                tasks: *tasks,
            },
            None => PartRow {
                short: t.pick(&wanted.short).to_owned(),
                name: t.pick(&wanted.name).to_owned(),
                colour: if wanted.kind == DepartmentKind::Committee { 9 } else { 8 },
                tasks: *tasks,
            },
        })
    };
    outline.by_part.iter().filter_map(row).collect()
}

fn warning_text(shell: &Shell, warning: &Warning<'_>) -> String {
    let t = shell.t;
    match warning {
        Warning::LaunchPast(day) => t.project_new_warn_past(t.date(*day)),
        Warning::BeginsLate { stage, on, late } => t.project_new_warn_late(t.date(*on), late, t.pick(stage)),
        Warning::NoCommittee(gates) => {
            let gates: Vec<String> = gates.iter().map(|code| (*code).to_owned()).collect();
            t.project_new_warn_committee(t.list(&gates))
        }
        Warning::LeadAlone => t.project_new_warn_alone(),
    }
}

/// Short within this year, with the year otherwise.
fn shell_date(shell: &Shell, day: Date) -> String {
    if day.year() == shell.today().year() { shell.t.short_day(day) } else { shell.t.date(day) }
}

fn days_until(today: Date, day: Date) -> i32 {
    today.until(day).map_or(0, |span| span.get_days())
}
