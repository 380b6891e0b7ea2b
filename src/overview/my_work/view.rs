//! The form of my work as its template shows it, wherever it stands.

use super::{
    desk::Desk,
    rows::{Ground, Group, Row, groups, rows},
    save::{Kept, some_titles},
    store::{self, MyTask, Waiting},
    waiting::request_line,
};
use crate::{
    projects,
    web::{Result, Shell, Viewer},
    work::tasks::{TaskLabel, pages::waits_for_choices},
};
use sqlx::PgConnection;

/// The fields of a row, in their order.
const FIELDS: [&str; 4] = ["status", "due_on", "reason", "waits_for"];

/// My open tasks, and what I may do in their projects. Two statements.
///
/// # Errors
/// Of the database.
pub async fn read(conn: &mut PgConnection, me: &Viewer, in_chinese: bool) -> Result<(Vec<Ground>, Vec<MyTask>)> {
    let tasks = store::tasks(conn, me, in_chinese).await?;
    let mut ids: Vec<_> = tasks.iter().map(|task| task.project_id).collect();
    ids.sort();
    ids.dedup();
    let held = projects::store::held(conn, me.person_id, &ids).await?;
    Ok((held.into_iter().map(|held| Ground::of(held, me)).collect(), tasks))
}

/// The form.
pub struct WorkForm<'a> {
    /// Where it is sent.
    pub path: String,
    /// Behind the link in a letter it works without a script, and nothing leads on.
    pub is_letter: bool,
    /// The rows by when they are due.
    pub groups: Vec<Group>,
    /// What was shown of each row, a line each.
    pub was: String,
    /// For whom a blocked task can wait, once for each department that owns rows.
    pub lists: Vec<List>,
    /// How many rows I can say to be on track with one button.
    pub to_confirm: usize,
    /// Those it leaves out.
    pub left_out: String,
    /// What was typed and what is wrong with it, when it comes back.
    pub kept: &'a Kept,
}

impl<'a> WorkForm<'a> {
    /// Of what was read.
    ///
    /// # Errors
    /// When nobody reads it.
    pub fn new(shell: &Shell, desk: &Desk<'_>, grounds: &[Ground], tasks: Vec<MyTask>, kept: &'a Kept) -> Result<Self> {
        let rows = rows(shell, desk, shell.viewer()?, grounds, tasks, &kept.sent);
        Ok(Self {
            path: desk.path().to_owned(),
            is_letter: desk.is_letter(),
            to_confirm: rows.iter().filter(|row| !row.is_reviewed && row.can_be_on_track).count(),
            left_out: left_out(shell, rows.iter().filter(|row| !row.is_reviewed && !row.can_be_on_track)),
            was: rows.iter().map(|row| row.mark.as_str()).collect::<Vec<_>>().join("\n"),
            lists: lists(shell, grounds, &rows),
            groups: groups(shell.t, rows),
            kept,
        })
    }

    /// Names in the rows of blocked tasks what was asked for; how long it may take stands under *I wait for*.
    #[must_use]
    pub fn with_requests(mut self, shell: &Shell, waiting: &[Waiting]) -> Self {
        for request in waiting {
            let Some(label) = blocked_task(request) else { continue };
            let rows = self.groups.iter_mut().flat_map(|group| &mut group.rows);
            if let Some(row) = rows.into_iter().find(|row| row.label == label) {
                row.requests.push(request_line(shell, request));
            }
        }
        self
    }

    /// What is wrong with a field of a row; empty when nothing is.
    #[must_use]
    pub fn error(&self, field: &str, row: &Row) -> String {
        self.kept.errors.get(&format!("{field}-{}", row.label)).unwrap_or_default().to_owned()
    }

    /// All that is wrong with a row.
    #[must_use]
    pub fn errors(&self, row: &Row) -> Vec<String> {
        FIELDS.into_iter().map(|field| self.error(field, row)).filter(|error| !error.is_empty()).collect()
    }

    /// Whether something is wrong with the row.
    #[must_use]
    pub fn is_wrong(&self, row: &Row) -> bool {
        !self.errors(row).is_empty()
    }

    /// What is later is folded, unless there is nothing else or something in it needs a look.
    #[must_use]
    pub fn is_folded(&self, group: &Group) -> bool {
        group.is_later() && self.groups.len() > 1 && !group.rows.iter().any(|row| row.is_typed || self.is_wrong(row))
    }
}

/// `GEO-42`: my blocked task that waits for what I asked for.
fn blocked_task(request: &Waiting) -> Option<String> {
    Some(TaskLabel::new(&request.key, request.blocked_task?).to_string())
}

/// For whom the blocked tasks of one department of a project can wait.
pub struct List {
    /// `GEO-MKT`.
    pub id: String,
    /// In the words of the dialog.
    pub names: Vec<String>,
}

/// The lists that the rows name, each once.
fn lists(shell: &Shell, grounds: &[Ground], rows: &[Row]) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    for row in rows {
        let Some(ground) = grounds.iter().find(|ground| ground.key() == row.key) else { continue };
        if !lists.iter().any(|list| list.id == row.list) {
            let choices = waits_for_choices(shell.t, ground.parts(), Some(row.part_id));
            let names = choices.into_iter().filter(|choice| !choice.value.is_empty()).map(|choice| choice.label);
            lists.push(List { id: row.list.clone(), names: names.collect() });
        }
    }
    lists
}

/// The titles of rows, the first few by name; empty without any.
fn left_out<'a>(shell: &Shell, rows: impl Iterator<Item = &'a Row>) -> String {
    some_titles(shell.t, &rows.map(|row| row.title.as_str()).collect::<Vec<_>>())
}
