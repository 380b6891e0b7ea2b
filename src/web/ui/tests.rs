use crate::{
    platform::{
        ids::{PersonId, SessionId},
        locale::{Language, T},
    },
    web::{
        form::Errors,
        shell::{Flash, Health, Navigation, NavigationProject, OrganisationRole, Place, Shell, Theme, Viewer},
        ui::{self, Choice, ConfirmPage, DepartmentChip, Status},
    },
};
use askama::Template;
use std::{collections::BTreeSet, fs, path::Path};

struct Head {
    key: String,
    name: String,
    health: Health,
    declared: Option<Health>,
    tab: &'static str,
    open_tasks: i64,
    open_escalations: i64,
    read_at: i64,
    may_manage: bool,
    is_draft: bool,
    is_archived: bool,
    sub: String,
}

#[derive(Template)]
#[template(path = "shared/components.html")]
struct Components<'a> {
    shell: Shell,
    head: Head,
    errors: Errors,
    healths: [Health; 4],
    chips: Vec<DepartmentChip<'a>>,
    status: Status,
    name: String,
    choices: Vec<Choice>,
    newer: Option<String>,
    older: Option<String>,
    done: i64,
    of: i64,
}

#[derive(Template)]
#[template(
    source = r#"{% extends "shared/door.html" %}{% block title %}x{% endblock %}{% block form %}<div><h1>Sign in to {{ shell.organisation }}</h1><p class="muted">{{ shell.t.door_motto() }}</p></div>
<form class="stack" method="post" action="/sign-in">{{ ui::text("email", "Work email", "").kind("email").autocomplete("username").required() }}{{ ui::text("password", "Password", "").kind("password").autocomplete("current-password").required() }}<button class="btn primary big">Sign in</button></form>{% endblock %}"#,
    ext = "html"
)]
struct Door {
    shell: Shell,
}

#[derive(Template)]
#[template(path = "shared/error.html")]
struct ErrorPage<'a> {
    shell: &'a Shell,
    status: u16,
    title: String,
    text: String,
    may_retry: bool,
    kept: Vec<String>,
}

fn shell(language: Language, signed_in: bool) -> Shell {
    let project = |key: &str, name: &str, health| NavigationProject { key: key.into(), name: name.into(), health };
    Shell {
        t: T(language),
        viewer: signed_in.then(|| Viewer {
            person_id: PersonId::new(),
            session_id: SessionId::new(),
            name: "Su Qing".into(),
            email: "su.qing@qiming.example".into(),
            role: OrganisationRole::Administrator,
        }),
        navigation: Navigation {
            my_work: 6,
            unread: 3,
            to_decide: 2,
            projects: vec![
                project("GEO", "GEO Monitor 1.0", Health::AtRisk),
                project("HAL", "Halo S1 sleep light with a very long name", Health::OffTrack),
                project("EXP", "Expenses <2.0>", Health::OnTrack),
            ],
            sits_on_committee: true,
        },
        organisation: "Qiming".into(),
        zone: jiff::tz::TimeZone::UTC,
        now: "2026-11-18T10:20:00Z".parse().unwrap(),
        theme: None,
        place: Place::Project("GEO".into()),
        path: "/p/GEO".into(),
        again: "/p/GEO".into(),
        may_reload: true,
        flash: Some(Flash { tone: "ok", text: "Task “<b>” added to Marketing.".into(), undo: None }),
        request_id: "0199-abc".into(),
    }
}

fn components(language: Language) -> Components<'static> {
    let names = [
        ("PD", "Product", "产", "产品"),
        ("RD", "R&D", "研", "研发"),
        ("MK", "Marketing", "市", "市场"),
        ("SA", "Sales", "销", "销售"),
        ("CS", "Customer success", "客", "客户成功"),
        ("FI", "Finance", "财", "财务"),
        ("OP", "Operations", "运", "运营"),
        ("LG", "Legal", "法", "法务"),
        ("SC", "Supply chain", "供", "供应链"),
        ("MF", "Manufacturing", "造", "生产"),
        ("PM", "Product marketing", "品", "产品市场"),
        ("HR", "People", "人", "人力资源"),
    ];
    let chinese = language == Language::Chinese;
    Components {
        shell: shell(language, true),
        head: Head {
            key: "GEO".into(),
            name: "GEO Monitor 1.0".into(),
            health: Health::AtRisk,
            declared: Some(Health::OnTrack),
            tab: "overview",
            open_tasks: 142,
            open_escalations: 2,
            read_at: 4711,
            may_manage: true,
            is_draft: false,
            is_archived: false,
            sub: "Led by Lin Yue. Launches Tuesday 12 January 2027.".into(),
        },
        errors: Errors::none().with("launch", "Launch date must be after today").with("blueprint", "Choose a template"),
        healths: [Health::OnTrack, Health::AtRisk, Health::OffTrack, Health::NotStarted],
        chips: (1_i16..)
            .zip(names)
            .map(|(colour, (code, name, zh_code, zh_name))| DepartmentChip {
                code: if chinese { zh_code } else { code },
                name: if chinese { zh_name } else { name },
                colour,
            })
            .collect(),
        status: Status::Doing,
        name: "GEO \"Monitor\" <1.0>".into(),
        choices: vec![Choice::with_hint("a", "B2B SaaS", "Nine stages"), Choice::new("b", "Blank & empty")],
        newer: None,
        older: Some("?before=42&view=list".into()),
        done: 6,
        of: 12,
    }
}

fn confirm(language: Language) -> ConfirmPage {
    ConfirmPage {
        shell: shell(language, true),
        title: "Remove Su Qing from the team?".into(),
        text: "She holds two open tasks.".into(),
        consequences: vec!["GEO-42 goes to Lin Yue".into(), "GEO-43 goes to Lin Yue".into()],
        action: "/p/GEO/team/remove".into(),
        fields: vec![("version", "3".into())],
        button: "Remove Su Qing".into(),
        cancel: "/p/GEO/team".into(),
    }
}

/// With `TUTTI_SHEET=folder` the pages are also written there, to be looked at in a browser.
fn keep(name: &str, html: &str) {
    if let Ok(folder) = std::env::var("TUTTI_SHEET") {
        fs::write(Path::new(&folder).join(name), html).unwrap();
    }
}

#[test]
fn the_sheet_renders_in_both_languages_and_escapes_what_people_write() {
    for language in Language::ALL {
        let html = components(language).render().unwrap();
        keep(&format!("components.{language}.html"), &html);
        assert!(html.contains(&format!("<html lang=\"{language}\">")));
        assert!(html.contains("value=\"GEO &#34;Monitor&#34; &#60;1.0&#62;\""), "the value of a field");
        assert!(html.contains("Expenses &#60;2.0&#62;"), "a project in the side bar");
        assert!(html.contains("Task “&#60;b&#62;” added"), "the flash");
        assert!(!html.contains("<1.0>") && !html.contains("<2.0>") && !html.contains("“<b>”"));
        assert!(!html.contains(" style="), "the content security policy refuses style attributes");
        assert!(html.contains("href=\"?before=42&#38;view=list\""));
    }
}

#[test]
fn the_other_shared_pages_render() {
    for language in Language::ALL {
        let mut door = Door { shell: shell(language, false) };
        door.shell.theme = Some(Theme::Dark);
        let html = door.render().unwrap();
        keep(&format!("door.{language}.html"), &html);
        assert!(html.contains("data-theme=\"dark\"") && html.contains("autocomplete=\"current-password\""));
        keep(&format!("confirm.{language}.html"), &confirm(language).render().unwrap());
        for signed_in in [true, false] {
            let shell = shell(language, signed_in);
            let (title, text) = (shell.t.error_404_title(), shell.t.error_404_text());
            let html = ErrorPage { shell: &shell, status: 404, title, text, may_retry: false, kept: Vec::new() }
                .render()
                .unwrap();
            keep(&format!("error.{language}.{signed_in}.html"), &html);
            assert_eq!(html.contains("class=\"menu me\""), signed_in);
            assert!(html.contains(if signed_in { "href=\"/\">" } else { "href=\"/sign-in\"" }));
        }
    }
}

#[test]
fn a_field_with_an_error_says_so_to_everybody() {
    let errors = Errors::none().with("launch", "Launch date must be after today");
    let html = ui::date("launch", "Launch", "2026-01-12").hint("When it goes out").errors(&errors).to_string();
    assert!(html.starts_with("<div class=\"field\" data-tone=\"bad\"><label for=\"launch\">Launch</label>"));
    assert!(html.contains("id=\"launch-error\""));
    assert!(
        html.contains(
            "id=\"launch\" name=\"launch\" aria-invalid=\"true\" aria-describedby=\"launch-hint launch-error\""
        )
    );
    let order: Vec<_> = ["<label", "class=\"hint\"", "class=\"err\"", "<input"].map(|part| html.find(part)).into();
    assert!(order.is_sorted() && order.iter().all(Option::is_some), "{html}");

    let fine = ui::date("launch", "Launch", "").errors(&Errors::none()).to_string();
    assert!(!fine.contains("aria-invalid") && !fine.contains("data-tone"));
    assert!(ui::error_summary(&T(Language::English), &errors).to_string().contains("<a href=\"#launch\">"));
    assert_eq!(ui::error_summary(&T(Language::English), &Errors::none()).to_string(), "");
}

#[test]
fn marks_have_words_beside_their_colours() {
    let t = T(Language::Chinese);
    assert!(ui::status(&t, &Status::Blocked).to_string().contains("受阻"));
    assert!(ui::health_icon(&t, &Health::OffTrack).to_string().contains("aria-label=\"偏离\""));
    assert!(ui::letters(&t, "A").to_string().contains("最终负责"));
    let chip = DepartmentChip { code: "<", name: "R&D", colour: 99 };
    let html = ui::department_tile(&chip).to_string();
    assert!(html.contains("d12") && html.contains("&#60;") && html.contains("R&#38;D"), "{html}");
}

#[test]
fn initials_of_names_from_everywhere() {
    for (name, expected) in [
        ("Lin Yue", "LY"),
        ("Daniel J. Okafor", "DO"),
        ("priya", "P"),
        ("苏晴", "苏"),
        ("欧阳 娜娜", "欧"),
        ("Élodie Ñandú", "ÉÑ"),
        ("", ""),
        ("<script>", "&#60;"),
    ] {
        let html = ui::avatar(name).to_string();
        assert_eq!(html, format!("<span class=\"av\" aria-hidden=\"true\">{expected}</span>"));
    }
}

/// Every icon that is called by name in templates and sources is a symbol of the sprite.
#[test]
fn every_icon_exists() {
    let sprite = fs::read_to_string("static/icons.svg").unwrap();
    let mut wanted = BTreeSet::from(["todo", "doing", "blocked", "review", "done", "dropped"].map(str::to_owned));
    let mut folders = vec![Path::new("templates").to_path_buf(), Path::new("src").to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            for call in ["icon(\"", "icon_small(\"", "ui::empty(\""] {
                wanted.extend(text.split(call).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
            }
        }
    }
    wanted.retain(|name| !name.contains(['.', '\\']));
    for name in wanted {
        assert!(sprite.contains(&format!("id=\"i-{name}\"")), "no icon {name} in static/icons.svg");
    }
}

/// ARCHITECTURE §9. Uncompressed bounds that keep the compressed ones.
#[test]
fn style_and_scripts_stay_small() {
    let size = |extension: &str| {
        let files = fs::read_dir("static").unwrap().map(|entry| entry.unwrap().path());
        let files = files.filter(|path| path.extension().is_some_and(|found| found == extension));
        files.map(|path| fs::metadata(path).unwrap().len()).sum::<u64>()
    };
    assert!((1..58_000).contains(&size("css")));
    assert!((1..60_000).contains(&size("js")));
}
