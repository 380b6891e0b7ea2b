//! `/p/GEO/requests/new`: asking another department. `?to=SAL&task=42` fills it in.

use super::{
    access::Asker,
    actions::{event, name_of},
    case::MoveKind,
    clock,
    model::{DETAILS, TITLE, answer_due_at},
    store::{
        self, NewRequest,
        lists::{MilestoneChoice, TaskChoice, purposes},
        moves::NewMove,
    },
};
use crate::{
    events::Kind,
    platform::{
        clock::agreed_day,
        ids::{MilestoneId, PartId, RequestId, RequestMoveId, TaskId},
        locale::T,
        working_time::Calendar,
    },
    projects::{Part, ProjectHead},
    web::{
        AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with, paths,
        ui::{self, Choice},
    },
};
use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::IntoResponse,
};
use jiff::civil::Date;

/// Working days until a thing is wanted, when the task that it is for does not say.
const USUAL_DAYS: i32 = 5;

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/requests/new", show).post(Tier::Project, "/p/{key}/requests/new", ask)
}

#[derive(Template)]
#[template(path = "requests/new.html")]
struct NewPage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    form: Form,
    /// In whose name; one when there is nothing to choose.
    from: Vec<Choice>,
    to: Vec<Choice>,
    purposes: Vec<Choice>,
    errors: Errors,
}

/// What was typed.
struct Form {
    id: String,
    from: String,
    to: String,
    title: String,
    details: String,
    wanted_on: String,
    /// The day before the answer is due that they were warned of.
    early: String,
    purpose: String,
}

impl Form {
    fn of(fields: &Fields) -> Self {
        Self {
            id: fields.value::<RequestId>("id").unwrap_or_else(RequestId::new).to_string(),
            from: fields.get("from").to_owned(),
            to: fields.get("to").to_owned(),
            title: fields.get("title").to_owned(),
            details: fields.text("details"),
            wanted_on: fields.get("wanted_on").to_owned(),
            early: fields.get("early").to_owned(),
            purpose: fields.get("purpose").to_owned(),
        }
    }
}

/// A request ready to be written.
struct Ask {
    id: RequestId,
    from: PartId,
    to: PartId,
    title: String,
    details: String,
    wanted_on: Date,
    purpose: Purpose,
}

/// What it is for, by the value of the form.
#[derive(Clone, Copy, Default)]
struct Purpose {
    task: Option<TaskId>,
    milestone: Option<MilestoneId>,
}

/// Everything that a new request can be for.
struct Purposes(Vec<TaskChoice>, Vec<MilestoneChoice>);

impl Purposes {
    async fn read(asker: &mut Asker) -> Result<Self> {
        let own: Vec<PartId> = asker.own_parts().map(|part| part.id).collect();
        let project = asker.project.id;
        let (tasks, milestones) = purposes(asker.conn()?, project, &own).await?;
        Ok(Self(tasks, milestones))
    }

    fn choices(&self, t: T, key: &str) -> Vec<Choice> {
        let name = |title: &str, zh: &Option<String>| t.title(title, zh.as_deref()).to_owned();
        let tasks = self.0.iter().map(|task| {
            Choice::new(
                format!("task-{}", task.id),
                format!("{key}-{} {}", task.number, name(&task.title, &task.title_zh)),
            )
        });
        let milestones = self.1.iter().map(|one| {
            let label = t.request_for_milestone(name(&one.title, &one.title_zh));
            Choice::new(format!("milestone-{}", one.id), label)
        });
        std::iter::once(Choice::new("", t.request_for_nothing())).chain(tasks).chain(milestones).collect()
    }

    /// What a value of the form stands for; none when it is not one of the choices.
    fn of(&self, value: &str) -> Option<Purpose> {
        if value.is_empty() {
            return Some(Purpose::default());
        }
        let task = value.strip_prefix("task-").and_then(|id| id.parse::<TaskId>().ok());
        let milestone = value.strip_prefix("milestone-").and_then(|id| id.parse::<MilestoneId>().ok());
        let is_known =
            self.0.iter().any(|one| Some(one.id) == task) || self.1.iter().any(|one| Some(one.id) == milestone);
        is_known.then_some(Purpose { task, milestone })
    }
}

/// The part that a form or an address names, by id or by code.
fn named<'a>(parts: impl Iterator<Item = &'a Part>, name: &str) -> Option<&'a Part> {
    let id = name.parse().ok();
    parts.into_iter().find(|part| Some(part.id) == id || part.code == name)
}

async fn show(mut asker: Asker, uri: Uri) -> Result {
    let query = Fields::of_query(&uri);
    let purposes = Purposes::read(&mut asker).await?;
    let calendar = crate::departments::calendar(asker.conn()?).await?;
    let today = asker.shell.today();
    let mut form = Form::of(&query);
    let about = query.value::<i32>("task").and_then(|number| purposes.0.iter().find(|task| task.number == number));
    let from = named(asker.own_parts(), &form.from)
        .or_else(|| asker.own_parts().find(|part| Some(part.id) == about.map(|task| task.part_id)))
        .or_else(|| asker.own_parts().next());
    form.from = from.map(|part| part.id.to_string()).unwrap_or_default();
    let waits_for = about.and_then(|task| task.waits_for).and_then(|id| asker.part(id));
    let to = named(asker.askable(), &form.to)
        .or_else(|| waits_for.filter(|part| asker.askable().any(|one| one.id == part.id)));
    form.to = to.map(|part| part.id.to_string()).unwrap_or_default();
    // No day before they have to answer.
    let first = calendar.add_working_days(calendar.date_of(answer_due_at(asker.shell.now, &calendar)), 1);
    let mut wanted_on = calendar.add_working_days(today, USUAL_DAYS).max(first);
    if let Some(task) = about {
        form.purpose = format!("task-{}", task.id);
        if let Some(due) = task.due_on {
            wanted_on = due.max(first);
        }
        if form.title.is_empty() && task.waits_for == to.map(|part| part.id) {
            let reason = task.blocked_reason.as_str();
            form.title = reason.lines().next().unwrap_or_default().chars().take(TITLE).collect();
            if form.title != reason && form.details.is_empty() {
                reason.clone_into(&mut form.details);
            }
        }
    }
    if form.wanted_on.is_empty() {
        form.wanted_on = wanted_on.to_string();
    }
    render(&asker, &purposes, form, Errors::none(), StatusCode::OK)
}

fn render(asker: &Asker, purposes: &Purposes, form: Form, errors: Errors, status: StatusCode) -> Result {
    let t = asker.shell.t;
    let with_liaison = |part: &Part| {
        let label = match &part.liaison_name {
            Some(name) => t.request_part_with(part.name(t), name),
            None => t.request_part_without(part.name(t)),
        };
        Choice::new(part.id, label)
    };
    let to = std::iter::once(Choice::new("", t.request_to_choose())).chain(asker.askable().map(with_liaison));
    let page = NewPage {
        from: asker.own_parts().map(|part| Choice::new(part.id, part.name(t))).collect(),
        to: to.collect(),
        purposes: purposes.choices(t, &asker.project.key),
        head: asker.head.clone(),
        shell: &asker.shell,
        form,
        errors,
    };
    page_with(status, &page)
}

/// Reads the form; every mistake at once.
fn read(
    asker: &Asker,
    purposes: &Purposes,
    form: &mut Form,
    id: RequestId,
    calendar: &Calendar,
) -> std::result::Result<Ask, Errors> {
    let t = asker.shell.t;
    let mut errors = Errors::none();
    let from = named(asker.own_parts(), &form.from);
    if from.is_none() {
        errors.add("from", t.request_from_missing());
    }
    let to = named(asker.askable(), &form.to);
    match (from, to) {
        (_, None) => errors.add("to", t.request_to_missing()),
        (Some(from), Some(to)) if from.id == to.id => errors.add("to", t.request_to_own()),
        _ => {}
    }
    match form.title.chars().count() {
        0 => errors.add("title", t.request_title_missing()),
        1..=TITLE => {}
        _ => errors.add("title", t.decisions_too_long(TITLE)),
    }
    if form.details.chars().count() > DETAILS {
        errors.add("details", t.decisions_too_long(DETAILS));
    }
    let wanted_on = agreed_day(&form.wanted_on);
    match wanted_on {
        None => errors.add("wanted_on", t.request_day_missing()),
        Some(day) if day < asker.shell.today() => errors.add("wanted_on", t.request_day_past()),
        Some(day) => {
            // A warning: sent again it is asked for.
            let due = answer_due_at(asker.shell.now, calendar);
            if day < calendar.date_of(due) && form.early != form.wanted_on {
                errors.add("wanted_on", t.request_day_early(asker.shell.moment(due)));
                form.early.clone_from(&form.wanted_on);
            }
        }
    }
    let purpose = purposes.of(&form.purpose);
    if purpose.is_none() {
        errors.add("purpose", t.request_for_unknown());
    }
    match (from, to, wanted_on, purpose) {
        (Some(from), Some(to), Some(wanted_on), Some(purpose)) if errors.is_empty() => Ok(Ask {
            id,
            from: from.id,
            to: to.id,
            title: form.title.clone(),
            details: form.details.clone(),
            wanted_on,
            purpose,
        }),
        _ => Err(errors),
    }
}

async fn ask(State(state): State<AppState>, mut asker: Asker, fields: Fields) -> Result {
    let id: RequestId = fields.hidden("id")?;
    let purposes = Purposes::read(&mut asker).await?;
    let calendar = crate::departments::calendar(asker.conn()?).await?;
    let mut form = Form::of(&fields);
    let new = match read(&asker, &purposes, &mut form, id, &calendar) {
        Ok(new) => new,
        Err(errors) => return render(&asker, &purposes, form, errors, StatusCode::UNPROCESSABLE_ENTITY),
    };
    let number = write(&state, &mut asker, &new).await?;
    let (t, key) = (asker.shell.t, &asker.project.key);
    let asked = asker.part(new.to).map(|part| part.name(t).to_owned()).unwrap_or_default();
    Ok(Reply::to(paths::request(key, number)).done(t.request_asked(asked, format!("R-{number}"))).into_response())
}

/// Writes it; the same form sent again finds it there. Answers its number.
async fn write(state: &AppState, asker: &mut Asker, new: &Ask) -> Result<i32> {
    let mut change = asker.change(state).await?;
    let (project, by, at) = (asker.project.id, asker.person, change.now());
    let calendar = crate::departments::calendar(change.conn()).await?;
    let due = answer_due_at(at, &calendar);
    let row = NewRequest {
        id: new.id,
        title: &new.title,
        details: &new.details,
        from: new.from,
        to: new.to,
        task: new.purpose.task,
        milestone: new.purpose.milestone,
        wanted_on: new.wanted_on,
        by,
        at,
        due,
    };
    let Some(number) = store::insert(change.conn(), project, &row).await? else {
        return store::number_of(change.conn(), project, new.id).await?.ok_or(Error::Conflict);
    };
    let (kind, day) = (MoveKind::Asked, Some(new.wanted_on));
    let first = NewMove { id: RequestMoveId::new(), kind, by: Some(by), day, note: "", at };
    store::moves::add(change.conn(), project, new.id, &first).await?;
    clock::wake(change.conn(), project, new.id, Some(due)).await?;
    change.record(
        event(Kind::RequestAsked, project, new.id, number, &new.title)
            .after("from_part", name_of(&asker.parts, new.from))
            .after("to_part", name_of(&asker.parts, new.to))
            .after("wanted_on", new.wanted_on.to_string())
            .after("due_at", due.to_string()),
    );
    change.commit().await?;
    Ok(number)
}
