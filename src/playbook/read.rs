//! `/p/GEO/playbook/read`: three questions, one choice each. Who chooses wrongly reads again and tries again; that is kept nowhere.

use super::{
    access::Acknowledger,
    actions,
    quiz::{Question, questions},
    store,
};
use crate::{
    goals::strategy::Texts,
    platform::locale::T,
    projects::{ProjectHead, Tab},
    web::{
        AppState, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with,
        ui::{self, Choice},
    },
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of this part.
#[must_use]
pub fn routes() -> Routes {
    const PATH: &str = "/p/{key}/playbook/read";
    Routes::new().get(Tier::Project, PATH, show).post(Tier::Project, PATH, answer)
}

/// A question as the form shows it.
struct Asked {
    name: &'static str,
    label: String,
    choices: Vec<Choice>,
    chosen: String,
}

impl Asked {
    fn of(t: T, question: &Question, chosen: &str) -> Self {
        Self {
            name: question.field.as_str(),
            label: question.field.label(t),
            choices: question.choices.iter().map(|one| Choice::new(&one.mark, one.text.clone())).collect(),
            chosen: chosen.to_owned(),
        }
    }
}

#[derive(Template)]
#[template(path = "playbook/read.html")]
struct ReadPage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    path: String,
    number: i32,
    questions: Vec<Asked>,
    /// Another version came meanwhile.
    is_newer: bool,
    errors: Errors,
}

/// The version in force with its questions; none before the first.
async fn current(reader: &mut Acknowledger) -> Result<Option<(i32, Vec<Question>)>> {
    let project = reader.project().id;
    let all = store::answers(reader.conn(), project).await?;
    let Some((number, current)) = all.first().cloned() else { return Ok(None) };
    let older: Vec<Texts> = all.into_iter().skip(1).map(|(_, texts)| texts).collect();
    Ok(Some((number, questions(number, &current, &older))))
}

async fn show(mut reader: Acknowledger) -> Result {
    let project = reader.project().id;
    let owes = store::readers(reader.conn(), project).await?.owes(reader.person);
    match current(&mut reader).await? {
        Some((number, questions)) if owes => {
            respond(&reader, (number, &questions), &Fields::default(), (StatusCode::OK, Errors::none()), false)
        }
        // Nothing to read, or read already.
        _ => Ok(Reply::to(reader.path()).into_response()),
    }
}

fn respond(
    reader: &Acknowledger,
    (number, questions): (i32, &[Question]),
    typed: &Fields,
    (status, errors): (StatusCode, Errors),
    is_newer: bool,
) -> Result {
    let t = reader.shell().t;
    let page = ReadPage {
        head: reader.viewer().standing().head(Tab::None),
        path: reader.path(),
        number,
        questions: questions.iter().map(|one| Asked::of(t, one, typed.get(one.field.as_str()))).collect(),
        is_newer,
        errors,
        shell: reader.shell(),
    };
    page_with(status, &page)
}

async fn answer(State(state): State<AppState>, mut reader: Acknowledger, fields: Fields) -> Result {
    let asked: i32 = fields.hidden("number")?;
    let t = reader.shell().t;
    let Some((number, questions)) = current(&mut reader).await? else {
        return Ok(Reply::to(reader.path()).into_response());
    };
    if number != asked {
        return respond(
            &reader,
            (number, &questions),
            &Fields::default(),
            (StatusCode::CONFLICT, Errors::none()),
            true,
        );
    }
    let mut errors = Errors::none();
    for question in &questions {
        let name = question.field.as_str();
        match fields.get(name) {
            "" => errors.add(name, t.playbook_choose()),
            mark if question.is_right(mark) => {}
            _ => errors.add(name, t.playbook_not_right()),
        }
    }
    if !errors.is_empty() {
        return respond(&reader, (number, &questions), &fields, (StatusCode::UNPROCESSABLE_ENTITY, errors), false);
    }
    actions::acknowledge(&state, &mut reader, number).await?;
    Ok(Reply::to(reader.path()).done(t.playbook_read_done(number)).into_response())
}
