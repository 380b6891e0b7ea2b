//! The play: every scene of the story in the order of its days, each done by the person who does it, in the
//! application itself.

mod company;
mod disputes;
mod goals;
mod kpis;
mod money;
mod projects;
mod requests;
mod scenes;
mod scope;
mod troupe;
mod work;

use super::{
    model::{Part, Programme, Trouble, Wish},
    story::{self, Story, days::Days},
};
use crate::platform::clock::Clock;
use axum::Router;
use jiff::Timestamp;
use scenes::{Beat, Scene};
use troupe::Troupe;

/// Plays the whole story on an empty installation. The router's application must run on this very clock, held; it is
/// left standing at `now`.
///
/// # Errors
/// When a step is refused; what was done until then stays.
pub async fn play(router: Router, clock: &Clock, now: Timestamp, wish: &Wish) -> Result<Programme, Trouble> {
    let story = story::read()?;
    let days = Days::new(&story.company, wish.language, now)?;
    let scenes = scenes::of(&story)?;
    let mut troupe = Troupe::new(router, clock, &story, &days, wish);
    company::found(&mut troupe).await?;
    let last = scenes::last_of_each(&scenes);
    let idle = story.company.people.iter().filter(|person| !last.contains_key(person.key.as_str()));
    for person in idle {
        troupe.leave(&person.key).await?;
    }
    for (place, scene) in scenes.iter().enumerate() {
        clock.set(days.at(scene.day, scene.at));
        perform(&mut troupe, scene).await.map_err(|trouble| trouble.during(scene))?;
        // Each after their last scene, or the audit would begin with a page of people who sign out.
        if last.get(scene.who()) == Some(&place) {
            troupe.leave(scene.who()).await?;
        }
    }
    clock.set(now);
    Ok(programme(&story, wish))
}

async fn perform(troupe: &mut Troupe<'_>, scene: &Scene<'_>) -> Result<(), Trouble> {
    let project = scene.project;
    match &scene.beat {
        Beat::Make => projects::make(troupe, project).await,
        Beat::Attest(stage, attested) => projects::attest(troupe, project, stage, attested).await,
        Beat::Pass(stage) => projects::pass(troupe, project, stage).await,
        Beat::Move { who, task, to } => work::set_status(troupe, project, who, &work::Move::to(task, to)).await,
        Beat::Act(act) if work::is_work(&act.what) => work::act(troupe, project, act).await,
        Beat::Act(act) if requests::is_request(&act.what) => requests::act(troupe, project, act).await,
        Beat::Act(act) if goals::is_goals(&act.what) => goals::act(troupe, project, act).await,
        Beat::Act(act) if kpis::is_kpi(&act.what) => kpis::act(troupe, project, act).await,
        Beat::Act(act) if money::is_money(&act.what) => money::act(troupe, project, act).await,
        Beat::Act(act) if scope::is_scope(&act.what) => scope::act(troupe, project, act).await,
        Beat::Act(act) => disputes::act(troupe, project, act).await,
    }
}

fn programme(story: &Story, wish: &Wish) -> Programme {
    let parts = story.company.people.iter().filter_map(|person| {
        Some(Part {
            name: person.name.in_language(wish.language).to_owned(),
            email: person.email(),
            title: person.title.in_language(wish.language).to_owned(),
            look_at: person.look_at.as_ref()?.in_language(wish.language).to_owned(),
        })
    });
    Programme { parts: parts.collect(), password: wish.password.clone() }
}
