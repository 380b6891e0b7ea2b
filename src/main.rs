//! The program: `serve`, `migrate`, `admin`, `demo`.

use anyhow::Context;
use clap::{
    Parser, Subcommand,
    error::{ContextKind, ContextValue},
};
use std::{
    io::IsTerminal,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;
use tutti::{
    accounts,
    admin::setup::console::{self, CreateAdministrator},
    app, decisions,
    demo::Programme,
    jobs,
    platform::{
        clock::Clock,
        config::Config,
        db::Database,
        locale::{Language, T},
        postgres::{Cluster, Durability},
        serve::{self, Limits},
    },
    projects,
    web::AppState,
};

/// Connections of one process; PostgreSQL's default of 100 leaves room for several.
const CONNECTIONS: u32 = 20;

/// Tutti: where the departments of a company take a product to market together.
#[derive(Parser, Debug)]
#[command(name = "tutti", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    config: Config,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Serve the application.
    Serve,
    /// Bring the database up to date and stop.
    Migrate,
    /// Administrators.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// Fill an empty installation with the demo organisation.
    Demo(Demo),
}

#[derive(clap::Args, Debug)]
struct Demo {
    /// In which language its people write: en or zh-CN.
    #[arg(long, default_value = "en")]
    language: Language,

    /// The password of all of them, at least 12 characters. Without it one is made and printed.
    #[arg(long, env = "TUTTI_DEMO_PASSWORD", hide_env_values = true)]
    password: Option<String>,
}

#[derive(Subcommand, Debug)]
enum AdminCommand {
    /// Create an administrator who can sign in at once.
    Create(CreateAdministrator),
}

fn main() -> anyhow::Result<()> {
    let cli = Cli::try_parse().unwrap_or_else(|problem| without_secrets(problem).exit());
    log_to_stderr(&cli.config.log)?;
    // A blueprint with a mistake stops the start and names its line.
    projects::blueprints::all()?;
    decisions::matrix::matrix()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run(cli))
}

/// A wrong address of the database or the mail server may hold a password, which belongs into no log.
fn without_secrets(mut problem: clap::Error) -> clap::Error {
    let is_secret = |argument: &ContextValue| {
        let ContextValue::String(argument) = argument else { return false };
        ["--database-url", "--smtp-url", "--password"].iter().any(|secret| argument.starts_with(secret))
    };
    if problem.get(ContextKind::InvalidArg).is_some_and(is_secret) {
        problem.insert(ContextKind::InvalidValue, ContextValue::String("(not shown)".to_owned()));
    }
    problem
}

/// For people on a terminal, as JSON lines otherwise.
fn log_to_stderr(filter: &str) -> anyhow::Result<()> {
    let filter: EnvFilter =
        format!("{filter},sqlx::query=warn,graphile_worker=warn,graphile_worker_crontab_runner=warn,sqlx::postgres::notice=warn,memory_serve=warn,html5ever=error").parse()?;
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        logs.init();
    } else {
        logs.json().init();
    }
    Ok(())
}

async fn run(cli: Cli) -> anyhow::Result<()> {
    // Before the database, whose first start takes seconds: a port that is taken is known at once.
    let listener = match cli.command {
        Command::Serve => Some(listen(&cli.config).await?),
        Command::Migrate | Command::Admin { .. } | Command::Demo(_) => None,
    };
    let (database, cluster) = open(&cli.config).await?;
    let outcome = match (cli.command, listener) {
        (Command::Serve, Some(listener)) => serve(listener, database.clone(), cli.config).await,
        (Command::Serve | Command::Migrate, _) => database.migrate().await.context("migrating the database"),
        (Command::Admin { command: AdminCommand::Create(given) }, _) => {
            create_administrator(database.clone(), cli.config, &given).await
        }
        (Command::Demo(given), _) => demo(database.clone(), cli.config, given).await,
    };
    database.close().await;
    if let Some(cluster) = cluster {
        cluster.stop().await?;
    }
    outcome
}

/// The database that is configured, or one of our own under the data folder.
async fn open(config: &Config) -> anyhow::Result<(Database, Option<Cluster>)> {
    if let Some(url) = &config.database_url {
        return Ok((Database::open(url.parse()?, CONNECTIONS), None));
    }
    let cluster = Cluster::start(&config.data, Durability::Full).await?;
    let database = Database::open(cluster.options(tutti::platform::postgres::DATABASE), CONNECTIONS);
    tokio::spawn(cluster.supervise());
    Ok((database, Some(cluster)))
}

async fn listen(config: &Config) -> anyhow::Result<TcpListener> {
    TcpListener::bind(config.listen).await.with_context(|| format!("cannot listen on {} (TUTTI_LISTEN)", config.listen))
}

async fn serve(listener: TcpListener, database: Database, config: Config) -> anyhow::Result<()> {
    database.migrate().await.context("migrating the database")?;
    let state = AppState::new(database, config.clone(), Clock::system());
    let router = app::router(state.clone());
    let worker = tokio::spawn(jobs::work(state.clone()));
    tracing::info!(address = %config.origin(), "serving");
    let token = accounts::organisation::actions::make_setup_token(&state).await?;
    announce(&config, token.as_deref());

    let stop = Arc::new(tokio::sync::Notify::new());
    let stopped = Arc::clone(&stop);
    let server = serve::serve(listener, router, Limits::default(), async move { stopped.notified().await });
    let server = tokio::spawn(server);
    signal().await;
    // Readiness fails first, so that a load balancer sends nobody else; then requests drain.
    state.is_stopping.store(true, Ordering::Relaxed);
    tracing::info!("stopping");
    tokio::time::sleep(Duration::from_millis(200)).await;
    stop.notify_one();
    // Pages keep their streams for as long as we let them; they come back to whoever is there then.
    state.live.close();
    match tokio::time::timeout(Duration::from_secs(10), server).await {
        Ok(ended) => ended?,
        Err(_) => tracing::warn!("some requests did not end in time"),
    }
    if tokio::time::timeout(Duration::from_secs(10), worker).await.is_err() {
        tracing::warn!("a job under way did not end in time; it is done again");
    }
    Ok(())
}

async fn demo(database: Database, config: Config, given: Demo) -> anyhow::Result<()> {
    database.migrate().await.context("migrating the database")?;
    let password = match given.password {
        Some(password) => password,
        None => console::readable_password()?,
    };
    if let Some(complaint) = accounts::passwords::complaint(T(Language::English), &password) {
        anyhow::bail!("--password: {complaint}");
    }
    let state = AppState::new(database, config, Clock::system());
    let programme = app::demonstrate(&state, given.language, &password).await?;
    hand_out(&programme, &state.config);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "for the person at the terminal")]
fn hand_out(programme: &Programme, config: &Config) {
    let elsewhere = if config.is_address_assumed() { " (or where the server says that it is) " } else { " " };
    println!("\n  The demo organisation is ready. Sign in at {}/sign-in{elsewhere}as\n", config.origin());
    for part in &programme.parts {
        println!("  {:<32}{}, {}\n  {:<32}{}\n", part.email, part.name, part.title, "", part.look_at);
    }
    println!("  Password of all: {}\n", programme.password);
    println!("  If no server runs on this installation yet, start one with the same settings: tutti serve\n");
}

#[expect(clippy::print_stdout, reason = "for the person at the terminal")]
async fn create_administrator(database: Database, config: Config, given: &CreateAdministrator) -> anyhow::Result<()> {
    database.migrate().await.context("migrating the database")?;
    let state = AppState::new(database, config, Clock::system());
    let made = console::create_administrator(&state, given).await?;
    println!("\n  {} can sign in at {}/sign-in", given.email, state.config.origin());
    if let Some(password) = made {
        println!("  Password: {password}");
    }
    println!();
    Ok(())
}

#[expect(clippy::print_stdout, reason = "for the person at the terminal")]
fn announce(config: &Config, setup_token: Option<&str>) {
    println!("\n  Tutti is ready: {}\n", config.origin());
    if let Some(token) = setup_token {
        println!("  Nobody is here yet. Set up the organisation at\n  {}/setup?token={token}", config.origin());
        println!("  Only this address works: those of earlier starts have ended.\n");
    }
}

async fn signal() {
    let interrupted = tokio::signal::ctrl_c();
    let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        let _interrupted = interrupted.await;
        return;
    };
    tokio::select! {
        _ = interrupted => {}
        _ = terminated.recv() => {}
    }
}
