//! `/p/GEO/tasks/42`.

use super::{
    answers::{self, Decisions, EscalationRow, RequestRow},
    waits_for_choices,
};
use crate::{
    events::{self, feed::Entry, store::Filter},
    platform::{
        ids::{CommentId, PersonId},
        locale::{T, sort_people},
        markdown,
    },
    projects::{Part, PartKind, ProjectHead},
    web::{
        self, AppState, Errors, Fields, Shell, paths,
        ui::{self, Choice},
    },
    work::{
        comments,
        tasks::{
            Priority, Status, Task, TaskViewer,
            model::deadline,
            store::detail::{self, Comment, Detail, Linked, Named},
        },
    },
};
use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, Uri},
};
use jiff::Timestamp;

/// How many comments and how many changes the page shows at a time.
const LIMIT: usize = 50;

/// Which lines of the history are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// All.
    #[default]
    All,
    /// What people said.
    Comments,
    /// What changed.
    Changes,
}

impl Shown {
    const ALL: [Self; 3] = [Self::All, Self::Comments, Self::Changes];

    fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Comments => "comments",
            Self::Changes => "changes",
        }
    }

    fn label(self, t: T) -> String {
        match self {
            Self::All => t.task_show_all(),
            Self::Comments => t.task_show_comments(),
            Self::Changes => t.task_show_changes(),
        }
    }
}

/// What a form of this page got wrong, kept for the next look at it.
#[derive(Debug, Default)]
pub struct Kept {
    /// The mistakes.
    pub errors: Errors,
    /// The comment as typed, with the id of its form.
    pub comment: Option<(CommentId, String)>,
    /// The other task's number as typed, and the direction.
    pub dependency: (String, String),
}

/// One line of the history.
enum Moment {
    Said(Said),
    Happened(Entry),
}

struct Said {
    id: CommentId,
    author: String,
    when: String,
    at: String,
    html: String,
}

struct Blocked {
    since: String,
    reason: String,
    waits_for: Option<Part>,
}

struct LinkRow {
    direction: &'static str,
    label: String,
    title: String,
    href: String,
    number: i32,
    part: Option<Part>,
    tone: &'static str,
    due: String,
    status: ui::Status,
}

struct LetterRow {
    name: String,
    parts: Vec<Part>,
}

struct Tab {
    label: String,
    href: String,
    is_current: bool,
}

#[derive(Template)]
#[template(path = "work/tasks/show.html")]
struct Page {
    shell: Shell,
    head: ProjectHead,
    task: Task,
    label: String,
    title: String,
    path: String,
    status: ui::Status,
    statuses: Vec<ui::Status>,
    tone: &'static str,
    due: String,
    due_day: String,
    baseline: String,
    starts: String,
    blocked: Option<Blocked>,
    escalations: Vec<EscalationRow>,
    closed: Vec<EscalationRow>,
    /// The decisions that say why it is due when it is.
    dated: Decisions,
    /// Those that say why it is somebody's.
    assigned: Decisions,
    requests: Vec<RequestRow>,
    /// Where another department is asked for something for this task, for who may.
    ask: Option<String>,
    /// The same for the department that a blocked task waits for, in words.
    ask_for_it: Option<(String, String)>,
    description: String,
    links: Vec<LinkRow>,
    moments: Vec<Moment>,
    earlier: Option<String>,
    newest: Option<String>,
    tabs: Vec<Tab>,
    part: Option<Part>,
    priority: String,
    stage: String,
    milestone: String,
    letters: Vec<LetterRow>,
    watchers: Vec<Named>,
    is_watching: bool,
    may_edit: bool,
    may_comment: bool,
    may_watch: bool,
    may_take: bool,
    reader: PersonId,
    raise: Option<String>,
    waits_for: Vec<Choice>,
    waits_for_code: String,
    directions: Vec<Choice>,
    dependency: (String, String),
    comment_id: CommentId,
    comment: String,
    errors: Errors,
}

/// The page.
pub async fn show(State(state): State<AppState>, viewer: TaskViewer, uri: Uri) -> web::Result {
    render(&state, &viewer, &Fields::of_query(&uri), Kept::default()).await
}

/// The page again, with what a form of it got wrong.
///
/// # Errors
/// Of the database or the template.
pub async fn render(state: &AppState, viewer: &TaskViewer, query: &Fields, kept: Kept) -> web::Result {
    let shell = viewer.shell();
    let reader = shell.viewer()?.person_id;
    let task = viewer.task();
    let shown = Shown::ALL.into_iter().find(|shown| shown.as_str() == query.get("show")).unwrap_or_default();
    let until = query.value::<i64>("until").and_then(|at| Timestamp::from_microsecond(at).ok());
    let mut lease = state.db.lease().await?;
    // One more than is shown says whether there is more.
    let limit = i64::try_from(LIMIT + 1).unwrap_or(i64::MAX);
    let mut found = detail::read(&mut lease, task, reader, until, limit).await?;
    sort_people(shell.t, &mut found.watchers, |watcher| &watcher.name);
    let happened = if shown == Shown::Comments {
        Vec::new()
    } else {
        let filter =
            Filter { project: Some(task.project_id), subject: Some(task.id.uuid()), until, ..Filter::default() };
        events::store::read(&mut lease, &filter, limit).await?
    };
    drop(lease);
    if shown == Shown::Changes {
        found.comments.clear();
    }
    let (moments, cut) = timeline(shell, viewer.key(), std::mem::take(&mut found.comments), &happened);
    let status = if kept.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut page = page(viewer, reader, found, kept);
    let at = |show: Shown| format!("{}?show={}", page.path, show.as_str());
    page.tabs = Shown::ALL
        .into_iter()
        .map(|show| Tab { label: show.label(shell.t), href: at(show), is_current: show == shown })
        .collect();
    page.earlier = cut.map(|cut| format!("{}&until={}#history", at(shown), cut.as_microsecond()));
    page.newest = until.map(|_| format!("{}#history", at(shown)));
    page.moments = moments;
    web::page_with(status, &page)
}

/// Comments and changes in one line of time, oldest first; and where it was cut, when there is more before it.
fn timeline(
    shell: &Shell,
    key: &str,
    comments: Vec<Comment>,
    happened: &[events::Recorded],
) -> (Vec<Moment>, Option<Timestamp>) {
    let oldest_comment = comments.get(LIMIT - 1).filter(|_| comments.len() > LIMIT).map(|comment| comment.created_at);
    let oldest_change = happened.get(LIMIT - 1).filter(|_| happened.len() > LIMIT).map(|event| event.at);
    let cut = oldest_comment.max(oldest_change);
    let said = comments.into_iter().map(|comment| {
        let names: Vec<&str> = comment.mentions.iter().map(String::as_str).collect();
        let said = Said {
            id: comment.id,
            when: shell.moment(comment.created_at),
            at: comment.created_at.to_string(),
            html: comments::model::to_html(&comment.body, &names),
            author: comment.author,
        };
        (comment.created_at, Moment::Said(said))
    });
    let changes = happened
        .iter()
        .filter(|event| event.kind != events::Kind::TaskCommented.as_str())
        .map(|event| (event.at, Moment::Happened(Entry::new(shell, event, Some(key)))));
    let mut moments: Vec<(Timestamp, Moment)> =
        said.chain(changes).filter(|(at, _)| cut.is_none_or(|cut| *at >= cut)).collect();
    // Newest first up to here; reversed first, so that of one moment the earlier line stays before the later.
    moments.reverse();
    moments.sort_by_key(|(at, _)| *at);
    (moments.into_iter().map(|(_, moment)| moment).collect(), cut)
}

fn page(viewer: &TaskViewer, reader: PersonId, found: Detail, kept: Kept) -> Page {
    let (shell, ground, task) = (viewer.shell().clone(), viewer.ground(), viewer.task());
    let (t, today) = (shell.t, shell.today());
    let part = |id| ground.part(id).cloned();
    let done_on = task.done_at.map(|at| at.to_zoned(shell.zone.clone()).date());
    let (tone, due) = deadline(t, task.status, task.due_on, done_on, today);
    let (comment_id, comment) = kept.comment.unwrap_or_else(|| (CommentId::new(), String::new()));
    let path = paths::task(viewer.key(), task.number).to_string();
    let (escalations, closed) =
        answers::escalations(&shell, viewer.key(), &found).into_iter().partition(|one| one.is_open);
    let (dated, assigned) = answers::decisions(&shell, viewer.key(), &found);
    let requests = answers::requests(&shell, viewer.key(), &ground.parts, &found);
    let ask = ask(viewer);
    let waits_for = task.waits_for_part_id.and_then(|id| ground.part(id)).filter(|_| task.status == Status::Blocked);
    // Whom nobody has to ask: who has been asked already, and those who are no department.
    let is_asked = |part: &Part| requests.iter().any(|one| one.is_open && one.to == part.id);
    // Whoever has been asked for it answers first: what can be escalated is said on the page of the request.
    let is_answering = waits_for.is_some_and(|part| requests.iter().any(|one| one.is_answering && one.to == part.id));
    let may_raise = ground.rights.may_raise() && !is_answering;
    let asked_for = waits_for.filter(|part| part.kind == PartKind::Department && !is_asked(part));
    let ask_for_it = ask
        .as_ref()
        .zip(asked_for)
        .map(|(ask, part)| (format!("{ask}&to={}", part.code), t.request_ask_for_it(part.name(t))));
    Page {
        requests,
        ask,
        ask_for_it,
        head: ground.head.clone(),
        label: task.label(viewer.key()),
        title: task.shown_title(t).to_owned(),
        status: task.status.mark(),
        statuses: statuses(viewer),
        tone,
        due,
        due_day: task.due_on.map(|day| t.date(day)).unwrap_or_default(),
        baseline: task
            .slip()
            .filter(|days| *days != 0)
            .and(task.baseline_due_on)
            .map(|day| t.date(day))
            .unwrap_or_default(),
        starts: task.starts_on.map(|day| t.date(day)).unwrap_or_default(),
        blocked: (task.status == Status::Blocked).then(|| Blocked {
            since: task.blocked_since.map(|at| shell.moment(at)).unwrap_or_default(),
            reason: task.blocked_reason.clone(),
            waits_for: task.waits_for_part_id.and_then(part),
        }),
        escalations,
        closed,
        dated,
        assigned,
        description: markdown::to_html(&task.description),
        links: found.linked.iter().map(|linked| link(viewer, linked)).collect(),
        moments: Vec::new(),
        earlier: None,
        newest: None,
        tabs: Vec::new(),
        part: part(task.part_id),
        priority: if task.priority == Priority::Normal { String::new() } else { task.priority.label(t) },
        stage: found.stage.as_ref().map(|stage| t.pick(stage).to_owned()).unwrap_or_default(),
        milestone: found.milestone.as_ref().map(|milestone| t.pick(milestone).to_owned()).unwrap_or_default(),
        letters: letters(t, &ground.parts, &found),
        is_watching: found.watchers.iter().any(|watcher| watcher.id == reader),
        watchers: found.watchers,
        may_edit: viewer.may_edit(),
        may_comment: ground.rights.may_comment(),
        may_watch: viewer.may_watch(),
        may_take: viewer.may_edit() && found.is_taker && task.assignee_id.is_none(),
        reader,
        raise: may_raise.then(|| format!("{}?task={}", paths::project(viewer.key(), "escalations/new"), task.number)),
        waits_for: waits_for_choices(t, &ground.parts, Some(task.part_id)),
        waits_for_code: task.waits_for_part_id.and_then(part).map(|part| part.code).unwrap_or_default(),
        directions: vec![Choice::new("waits_on", t.task_waits_on()), Choice::new("blocks", t.task_blocks())],
        dependency: kept.dependency,
        comment_id,
        comment,
        errors: kept.errors,
        task: task.clone(),
        path,
        shell,
    }
}

/// Where another department is asked for something for this task: for those who speak for its own, and the lead for the
/// lead's.
fn ask(viewer: &TaskViewer) -> Option<String> {
    let (task, ground) = (viewer.task(), viewer.ground());
    let part = ground.part(task.part_id)?;
    let may = ground.rights.may_ask_for(part.id, part.kind) && !matches!(task.status, Status::Done | Status::Dropped);
    may.then(|| format!("{}?task={}", paths::project(viewer.key(), "requests/new"), task.number))
}

/// The statuses that this reader can choose; none when they may not move it.
fn statuses(viewer: &TaskViewer) -> Vec<ui::Status> {
    let task = viewer.task();
    Status::ALL
        .into_iter()
        .filter(|status| viewer.may_edit() || (viewer.may_move() && !task.needs_editor(*status)))
        .map(Status::mark)
        .collect()
}

fn link(viewer: &TaskViewer, linked: &Linked) -> LinkRow {
    let shell = viewer.shell();
    let done_on = linked.done_at.map(|at| at.to_zoned(shell.zone.clone()).date());
    let (tone, due) = deadline(shell.t, linked.status(), linked.due_on, done_on, shell.today());
    LinkRow {
        direction: if linked.is_first { "waits_on" } else { "blocks" },
        label: format!("{}-{}", viewer.key(), linked.number),
        title: shell.t.title(&linked.title, linked.title_zh.as_deref()).to_owned(),
        href: paths::task(viewer.key(), linked.number).to_string(),
        number: linked.number,
        part: viewer.ground().part(linked.part_id).cloned(),
        tone,
        due,
        status: linked.status().mark(),
    }
}

/// R, A, C and I with their departments, in the order of the division of labour; letters that nobody has are left out.
fn letters(t: T, parts: &[Part], found: &Detail) -> Vec<LetterRow> {
    let of = |letter: &str| -> Vec<Part> {
        let has = |part: &&Part| found.letters.iter().any(|one| one.part_id == part.id && one.letter == letter);
        parts.iter().filter(has).cloned().collect()
    };
    [("R", t.letter_r()), ("A", t.letter_a()), ("C", t.letter_c()), ("I", t.letter_i())]
        .into_iter()
        .map(|(letter, name)| LetterRow { name, parts: of(letter) })
        .filter(|row| !row.parts.is_empty())
        .collect()
}
