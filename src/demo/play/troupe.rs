//! The people of the story, each with a browser, and what they know: addresses, numbers, names.

use crate::{
    demo::{
        browser::{Browser, form::Form, page::Page},
        model::{Trouble, Wish},
        story::{Story, Text, days::Days, people::Person, plan::Plan, projects::Project},
    },
    departments::model::DEFAULTS,
    platform::{
        clock::Clock,
        locale::{Language, T},
    },
    projects::blueprints::{self, DepartmentKind},
    web::paths,
};
use axum::Router;
use std::collections::HashMap;

/// Where people are sent who are not signed in.
const DOOR: &str = "/sign-in";

/// Everybody, and what they know.
pub struct Troupe<'a> {
    /// Who and when.
    pub story: &'a Story,
    /// The calendar.
    pub days: &'a Days,
    /// What was asked for.
    pub wish: &'a Wish,
    clock: &'a Clock,
    router: Router,
    browsers: HashMap<String, Browser>,
    /// Numbers by key of the project and name of the task.
    tasks: HashMap<(String, String), i32>,
    /// How many tasks a project has.
    counts: HashMap<String, i32>,
    /// Addresses of escalations and requests by key of the project and name.
    cases: HashMap<(String, String), String>,
}

impl<'a> Troupe<'a> {
    /// Before anybody has signed in.
    pub fn new(router: Router, clock: &'a Clock, story: &'a Story, days: &'a Days, wish: &'a Wish) -> Self {
        Self {
            story,
            days,
            wish,
            clock,
            router,
            browsers: HashMap::new(),
            tasks: HashMap::new(),
            counts: HashMap::new(),
            cases: HashMap::new(),
        }
    }

    /// The clock that the application runs on.
    pub fn clock(&self) -> &Clock {
        self.clock
    }

    /// In which language people write.
    pub fn language(&self) -> Language {
        self.wish.language
    }

    /// A text in that language; `@su` becomes the name of whoever that is.
    pub fn words(&self, text: &Text) -> String {
        let mut pieces = text.in_language(self.language()).split('@');
        let mut words = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let end = piece.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(piece.len());
            let (key, rest) = piece.split_at(end);
            words.push('@');
            words.push_str(
                self.story.company.person(key).map_or(key, |person| person.name.in_language(self.language())),
            );
            words.push_str(rest);
        }
        words
    }

    /// Somebody by key.
    ///
    /// # Errors
    /// When the story does not know them.
    pub fn person(&self, key: &str) -> Result<&'a Person, Trouble> {
        self.story.company.person(key).ok_or_else(|| Trouble::new(format!("nobody is called {key}")))
    }

    /// Somebody's name.
    ///
    /// # Errors
    /// When the story does not know them.
    pub fn name(&self, key: &str) -> Result<&'a str, Trouble> {
        Ok(self.person(key)?.name.in_language(self.language()))
    }

    /// The name of a department of the organisation.
    pub fn department(&self, code: &str) -> Option<&'static str> {
        let (_, en, zh, ..) = DEFAULTS.into_iter().find(|(known, ..)| *known == code)?;
        Some(T(self.language()).pair(en, zh))
    }

    /// The code of the stage in which a project stands.
    ///
    /// # Errors
    /// When its blueprint is unknown.
    pub fn current_stage(&self, project: &Project) -> Result<String, Trouble> {
        let plan = Plan::of(project)?;
        let current = plan.stages.get(project.passed.len());
        current.map(|stage| stage.code.clone()).ok_or_else(|| Trouble::new("all stages are passed"))
    }

    /// The name of the stage in which a day lies; none before the first.
    ///
    /// # Errors
    /// When the blueprint is unknown.
    pub fn stage_of(&self, project: &Project, day: i32) -> Result<Option<String>, Trouble> {
        let plan = Plan::of(project)?;
        let stage = plan.stages.iter().find(|stage| (stage.from..=stage.to).contains(&day));
        Ok(stage.map(|stage| T(self.language()).pair(&stage.name.en, &stage.name.zh).to_owned()))
    }

    /// What a project calls one of its parts.
    ///
    /// # Errors
    /// When its blueprint has no such part.
    pub fn part(&self, project: &Project, code: &str) -> Result<String, Trouble> {
        let unknown = || Trouble::new(format!("{} has no part {code}", project.key));
        let blueprint = blueprints::by_id(&project.blueprint).map_err(Trouble::new)?.ok_or_else(unknown)?;
        let part = blueprint.department(code).ok_or_else(unknown)?;
        if part.kind != DepartmentKind::Department {
            return Ok(T(self.language()).pair(&part.name.en, &part.name.zh).to_owned());
        }
        let fills = std::iter::once(&part.code).chain(&part.same_as).find_map(|code| self.department(code));
        fills.map(str::to_owned).ok_or_else(unknown)
    }

    /// A browser that nobody has signed in with yet.
    pub fn fresh_browser(&self) -> Browser {
        Browser::new(self.router.clone(), self.language().tag())
    }

    /// Gives somebody the browser with which they are signed in already.
    pub fn seat(&mut self, who: &str, browser: Browser) {
        self.browsers.insert(who.to_owned(), browser);
    }

    /// Opens a page as somebody; who has been away for too long signs in first.
    ///
    /// # Errors
    /// When there is no such page for them.
    pub async fn open(&mut self, who: &str, path: &str) -> Result<Page, Trouble> {
        let page = self.browser(who).open(path).await?;
        if !page.path().starts_with(DOOR) {
            return Ok(page);
        }
        let person = self.person(who)?;
        let form = page.form(DOOR)?.fill("email", person.email())?.fill("password", &self.wish.password)?;
        let browser = self.browser(who);
        browser.submit(&form).await?;
        let page = browser.open(path).await?;
        if page.path().starts_with(DOOR) {
            return Err(Trouble::new(format!("{who} cannot sign in")));
        }
        Ok(page)
    }

    /// Sends a form as somebody; answers where it leads.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn submit(&mut self, who: &str, form: Form) -> Result<String, Trouble> {
        let to = self.browser(who).submit(&form).await?;
        if to.starts_with(DOOR) {
            return Err(Trouble::new(format!("{who} was sent to the door by {}", form.action())));
        }
        Ok(to)
    }

    /// Sends a form as somebody that is answered with a page.
    ///
    /// # Errors
    /// When there is no page.
    pub async fn ask(&mut self, who: &str, form: &Form) -> Result<Page, Trouble> {
        self.browser(who).ask(form).await
    }

    fn browser(&mut self, who: &str) -> &mut Browser {
        let fresh = self.fresh_browser();
        self.browsers.entry(who.to_owned()).or_insert(fresh)
    }

    /// Somebody signs out, if they are signed in.
    ///
    /// # Errors
    /// When they cannot.
    pub async fn leave(&mut self, who: &str) -> Result<(), Trouble> {
        if let Some(browser) = self.browsers.get_mut(who)
            && let Ok(form) = browser.open("/").await?.form("/sign-out")
        {
            browser.submit(&form).await?;
        }
        Ok(())
    }

    /// Learns the numbers of the tasks that a project begins with.
    pub fn learn(&mut self, project: &Project, plan: &Plan) {
        for item in &plan.items {
            self.number_task(project, &item.code);
        }
    }

    /// Gives the next task of a project its name in the story; answers its number.
    pub fn number_task(&mut self, project: &Project, name: &str) -> i32 {
        let count = self.counts.entry(project.key.clone()).or_default();
        *count += 1;
        self.tasks.insert((project.key.clone(), name.to_owned()), *count);
        *count
    }

    /// The number of a task.
    ///
    /// # Errors
    /// When nobody has added it yet.
    pub fn task(&self, project: &Project, name: &str) -> Result<i32, Trouble> {
        let found = self.tasks.get(&(project.key.clone(), name.to_owned())).copied();
        found.ok_or_else(|| Trouble::new(format!("{} has no task {name} yet", project.key)))
    }

    /// `/p/GEO/tasks/42`.
    ///
    /// # Errors
    /// When nobody has added it yet.
    pub fn task_path(&self, project: &Project, name: &str) -> Result<String, Trouble> {
        Ok(paths::task(&project.key, self.task(project, name)?).to_string())
    }

    /// Learns where an escalation or a request is.
    pub fn open_case(&mut self, project: &Project, name: &str, path: &str) {
        self.cases.insert((project.key.clone(), name.to_owned()), path.to_owned());
    }

    /// `/p/GEO/escalations/3`.
    ///
    /// # Errors
    /// When nobody has raised it yet.
    pub fn case(&self, project: &Project, name: &str) -> Result<String, Trouble> {
        let found = self.cases.get(&(project.key.clone(), name.to_owned())).cloned();
        found.ok_or_else(|| Trouble::new(format!("{} has no escalation {name} yet", project.key)))
    }
}
