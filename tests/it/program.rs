//! The program as it is started: what it refuses, and how soon it says so.

use std::{
    net::TcpListener,
    process::{Command, Output},
};

fn tutti(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tutti"));
    command.args(arguments).env_remove("DATABASE_URL").env("TUTTI_LOG", "error").envs(variables.iter().copied());
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_port_that_is_taken_is_said_before_a_database_is_made() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let data = std::env::temp_dir().join(format!("tutti-it-taken-{}", std::process::id()));
    let output = tutti(&["serve"], &[("TUTTI_LISTEN", address.as_str()), ("TUTTI_DATA", data.to_str().unwrap())]);
    assert!(!output.status.success());
    assert!(said(&output).contains(&format!("cannot listen on {address}")), "{}", said(&output));
    assert!(!data.exists());
}

#[test]
fn a_wrong_setting_stops_the_start_and_names_itself() {
    let output = tutti(&["migrate"], &[("TUTTI_TRUSTED_PROXIES", "10.0.0.0/8,proxy.example")]);
    assert!(!output.status.success());
    let said = said(&output);
    assert!(said.contains("TUTTI_TRUSTED_PROXIES") && said.contains("proxy.example"), "{said}");
    let help = String::from_utf8(tutti(&["--help"], &[]).stdout).unwrap();
    assert!(help.contains("TUTTI_TRUSTED_PROXIES"));
}

#[test]
fn a_wrong_address_is_refused_without_showing_its_password() {
    for (name, value, why) in [
        ("TUTTI_SMTP_URL", "smtps://u:geheim@host:99999", "port"),
        ("TUTTI_SMTP_URL", "smtps://u:geheim@host?tls=bogus", "tls=required"),
        ("TUTTI_SMTP_URL", "smtps://:@", "host"),
        ("DATABASE_URL", "postgres://u:geheim@127.0.0.1:99999/db", "port"),
        ("DATABASE_URL", "mysql://u:geheim@127.0.0.1/db", "postgres://"),
    ] {
        let output = tutti(&["migrate"], &[(name, value)]);
        assert!(!output.status.success(), "{value}");
        let said = said(&output);
        assert!(said.contains(name) && said.contains(why) && !said.contains("geheim"), "{value}: {said}");
    }
}
