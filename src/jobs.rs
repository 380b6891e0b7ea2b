//! What happens later, of all rooms, in one place: the jobs, when they come by themselves, and the worker that runs them.
//! Any number of processes work on the queue at once; a job whose process was killed is taken up by another.

use crate::{
    accounts::caretaker,
    chats,
    decisions::clock,
    lifecycle::{health, money},
    notices,
    platform::{
        ids::{EscalationId, ProjectId, RequestId},
        jobs::{CALENDAR_CHANGED, ESCALATION_CLOSED, REQUEST_DUE, SCHEMA, SEND_LETTERS, TELL_NEWS},
        mail::Post,
        outbox::Sender,
    },
    requests, scope,
    web::AppState,
};
use graphile_worker::{
    Cron, Crontab, IntoTaskHandlerResult, TaskHandler, Worker, WorkerBuildError, WorkerContext, WorkerOptions,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{sync::atomic::Ordering, time::Duration};

/// Connections of the worker: the listener, the queue's own statements.
const CONNECTIONS: u32 = 4;
/// Jobs that one process runs at the same time.
const AT_ONCE: usize = 4;
/// How often the end of the program is looked for.
const GLANCE: Duration = Duration::from_millis(200);
/// The wait before a worker that lost its database is made anew.
const AGAIN: Duration = Duration::from_secs(1);
/// A worker says this often that it lives,
const HEARTBEAT: Duration = Duration::from_secs(10);
/// this often the silent ones are looked for,
const SWEEP: Duration = Duration::from_secs(15);
/// and after this long what a silent one had taken goes to the others.
const SILENT: Duration = Duration::from_secs(60);

/// Moves every escalation whose step is over, and warns of those that soon are. Every minute.
#[derive(Debug, Serialize, Deserialize)]
struct RunClocks {}

impl TaskHandler for RunClocks {
    const IDENTIFIER: &'static str = "decisions.run_clocks";
    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state(&context)?;
        clock::run_due(&state).await.map(drop).map_err(|problem| problem.to_string())
    }
}

/// Tells what has happened. When something waits for somebody at once, and every minute.
#[derive(Debug, Serialize, Deserialize)]
struct TellNews {}

impl TaskHandler for TellNews {
    const IDENTIFIER: &'static str = TELL_NEWS;
    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        notices::tell(&state(&context)?).await.map(drop).map_err(|problem| problem.to_string())
    }
}

/// Puts into words for the chats what has happened, and sends it. Every minute: services take about twenty messages in one.
#[derive(Debug, Serialize, Deserialize)]
struct PostToChats {}

impl TaskHandler for PostToChats {
    const IDENTIFIER: &'static str = "chats.post";
    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state(&context)?;
        chats::posts::run(&state, &state.outgoing).await.map(drop).map_err(|problem| problem.to_string())
    }
}

/// Computes the health of projects in which something has happened, and of all on a new day. Every minute.
#[derive(Debug, Serialize, Deserialize)]
struct ComputeHealth {}

impl TaskHandler for ComputeHealth {
    const IDENTIFIER: &'static str = "lifecycle.compute_health";
    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        health::run(&state(&context)?).await.map(drop).map_err(|problem| problem.to_string())
    }
}

/// Opens escalations where a commercial plan is missed. Every minute; only plans that have changed are looked at.
#[derive(Debug, Serialize, Deserialize)]
struct WatchMoney {}

impl TaskHandler for WatchMoney {
    const IDENTIFIER: &'static str = "lifecycle.watch_money";
    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        money::run(&state(&context)?).await.map(drop).map_err(|problem| problem.to_string())
    }
}

/// Writes the daily letters that are due. Every minute: each person has an hour of their own.
#[derive(Debug, Serialize, Deserialize)]
struct WriteDigests {}

impl TaskHandler for WriteDigests {
    const IDENTIFIER: &'static str = "notices.write_digests";
    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        notices::letters::digest(&state(&context)?).await.map(drop).map_err(|problem| problem.to_string())
    }
}

/// Escalates one request by the program where that is wanted and due.
#[derive(Debug, Serialize, Deserialize)]
struct RequestDue {
    project: ProjectId,
    request: RequestId,
}

impl TaskHandler for RequestDue {
    const IDENTIFIER: &'static str = REQUEST_DUE;
    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state(&context)?;
        requests::clock::run(&state, self.project, self.request).await.map(drop).map_err(|problem| problem.to_string())
    }
}

/// The same for every request whose time was over before it was wanted so. Every minute.
#[derive(Debug, Serialize, Deserialize)]
struct RunRequests {}

impl TaskHandler for RunRequests {
    const IDENTIFIER: &'static str = "requests.run";
    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        requests::clock::run_due(&state(&context)?).await.map(drop).map_err(|problem| problem.to_string())
    }
}

/// Takes in or leaves out the requirement changes that waited for an escalation.
#[derive(Debug, Serialize, Deserialize)]
struct EscalationClosed {
    project: ProjectId,
    escalation: EscalationId,
}

impl TaskHandler for EscalationClosed {
    const IDENTIFIER: &'static str = ESCALATION_CLOSED;
    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state(&context)?;
        scope::ending::run(&state, self.project, self.escalation).await.map(drop).map_err(|problem| problem.to_string())
    }
}

/// Recalculates what runs in working time.
#[derive(Debug, Serialize, Deserialize)]
struct CalendarChanged {}

impl TaskHandler for CalendarChanged {
    const IDENTIFIER: &'static str = CALENDAR_CHANGED;
    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state(&context)?;
        clock::recalculate(&state).await.map_err(|problem| problem.to_string())?;
        requests::clock::recalculate(&state).await.map_err(|problem| problem.to_string())
    }
}

/// Sends the letters that wait. When one is queued, when one is to be tried again, and every minute, so that nothing that
/// another release queued is forgotten.
#[derive(Debug, Serialize, Deserialize)]
struct SendLetters {}

impl TaskHandler for SendLetters {
    const IDENTIFIER: &'static str = SEND_LETTERS;
    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state(&context)?;
        match Post::of(&state.config) {
            Some(post) => {
                let sender = Sender { db: &state.db, clock: &state.clock, post };
                sender.send_all(&state.is_stopping).await.map_err(|problem| problem.to_string())
            }
            None => Ok(()),
        }
    }
}

/// Deletes what has run out. Every hour.
#[derive(Debug, Serialize, Deserialize)]
struct Tidy {}

impl TaskHandler for Tidy {
    const IDENTIFIER: &'static str = "accounts.tidy";
    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        caretaker::tidy(&state(&context)?).await.map_err(|problem| problem.to_string())
    }
}

/// The application's means, as every job gets them.
fn state(context: &WorkerContext) -> Result<AppState, String> {
    context.get_ext::<AppState>().cloned().ok_or_else(|| "the worker has no state".to_owned())
}

/// Works on the queue until the program is stopping; a job under way is finished first. While the database is away the worker
/// waits for it.
pub async fn work(state: AppState) {
    while !state.is_stopping.load(Ordering::Relaxed) {
        let ended = match worker(&state).await {
            Ok(worker) => worker.run().await.map_err(|problem| problem.to_string()),
            Err(problem) => Err(problem.to_string()),
        };
        if let Err(problem) = ended {
            tracing::warn!(%problem, "the worker of the queue begins anew");
            tokio::time::sleep(AGAIN).await;
        }
    }
}

/// The jobs that come by themselves, each with an empty payload: without one the library sends null, which is no job of ours.
#[must_use]
pub fn by_themselves() -> Vec<Crontab> {
    fn often<J: TaskHandler>() -> Crontab {
        Cron::every_minute::<J>().job_key(J::IDENTIFIER).payload_value(json!({})).build()
    }
    let mut all = vec![
        often::<RunClocks>(),
        often::<RunRequests>(),
        often::<SendLetters>(),
        often::<TellNews>(),
        often::<WriteDigests>(),
        often::<PostToChats>(),
        often::<ComputeHealth>(),
        often::<WatchMoney>(),
    ];
    match Cron::hourly_at::<Tidy>(7) {
        Ok(hourly) => all.push(hourly.job_key(Tidy::IDENTIFIER).payload_value(json!({})).build()),
        Err(problem) => tracing::error!(%problem, "what has run out is not deleted"),
    }
    all
}

/// A worker that knows every job.
///
/// # Errors
/// When the database is away.
pub async fn worker(state: &AppState) -> Result<Worker, WorkerBuildError> {
    let until_stopping = {
        let state = state.clone();
        async move {
            while !state.is_stopping.load(Ordering::Relaxed) {
                tokio::time::sleep(GLANCE).await;
            }
        }
    };
    let options = WorkerOptions::default()
        .pg_pool(state.db.beside(CONNECTIONS))
        .schema(SCHEMA.to_owned())
        .concurrency(AT_ONCE)
        .listen_os_shutdown_signals(false)
        .shutdown_signal(until_stopping)
        .heartbeat_interval(HEARTBEAT)
        .sweep_interval(SWEEP)
        .sweep_threshold(SILENT)
        .recovery_delay(Duration::ZERO)
        .add_extension(state.clone())
        .define_job::<RunClocks>()
        .define_job::<RequestDue>()
        .define_job::<RunRequests>()
        .define_job::<CalendarChanged>()
        .define_job::<EscalationClosed>()
        .define_job::<SendLetters>()
        .define_job::<Tidy>()
        .define_job::<TellNews>()
        .define_job::<WriteDigests>()
        .define_job::<PostToChats>()
        .define_job::<ComputeHealth>()
        .define_job::<WatchMoney>()
        .with_crons(by_themselves());
    options.init().await
}
