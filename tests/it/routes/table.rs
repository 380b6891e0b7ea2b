//! The table itself, and the company in which it holds.

use crate::support::TestApp;
use tutti::platform::ids;
use uuid::Uuid;

/// A route and what each person gets there.
pub struct Line {
    pub method: &'static str,
    pub path: &'static str,
    /// One letter a person, in the order of `PEOPLE`; spaces are for the eye.
    pub expected: &'static str,
}

const fn line(method: &'static str, path: &'static str, expected: &'static str) -> Line {
    Line { method, path, expected }
}

//  admin lead liaison other member committee chair | adviser | viewer colleague stranger | guest | signed out
#[rustfmt::skip]
pub const TABLE: &[Line] = &[
    line("GET", "/",                                                 "oo ooo oo o ooo o s"),
    line("POST", "/",                                                 "oo ooo oo o ooo o s"),
    line("GET", "/admin/audit",                                      "of fff ff n fff n s"),
    line("GET", "/admin/audit.csv",                                  "of fff ff n fff n s"),
    line("GET", "/admin/calendar",                                   "of fff ff n fff n s"),
    line("POST", "/admin/calendar/days",                              "of fff ff n fff n s"),
    line("POST", "/admin/calendar/days/remove",                       "of fff ff n fff n s"),
    line("POST", "/admin/calendar/hours",                             "of fff ff n fff n s"),
    line("GET", "/admin/escalations",                                "of fff ff n fff n s"),
    line("POST", "/admin/escalations",                                "of fff ff n fff n s"),
    line("GET", "/admin/organisation",                               "of fff ff n fff n s"),
    line("POST", "/admin/organisation",                               "of fff ff n fff n s"),
    line("GET", "/admin/people",                                     "of fff ff n fff n s"),
    line("POST", "/admin/people",                                     "of fff ff n fff n s"),
    line("GET", "/admin/people/new",                                 "of fff ff n fff n s"),
    line("GET", "/admin/people/{id}",                                "of fff ff n fff n s"),
    line("POST", "/admin/people/{id}",                                "of fff ff n fff n s"),
    line("GET", "/admin/people/{id}/deactivate",                     "of fff ff n fff n s"),
    line("POST", "/admin/people/{id}/deactivate",                     "of fff ff n fff n s"),
    line("POST", "/admin/people/{id}/link",                           "of fff ff n fff n s"),
    line("POST", "/admin/people/{id}/reactivate",                     "of fff ff n fff n s"),
    line("POST", "/admin/people/{id}/role",                           "of fff ff n fff n s"),
    line("GET", "/committee",                                        "oo ooo oo o ooo o s"),
    line("GET", "/departments",                                      "oo ooo oo n ooo n s"),
    line("POST", "/departments",                                      "of fff ff n fff n s"),
    line("GET", "/departments/new",                                  "of fff ff n fff n s"),
    line("POST", "/departments/{id}",                                 "of fff ff n fff n s"),
    line("GET", "/departments/{id}/edit",                            "of fff ff n fff n s"),
    line("POST", "/departments/{id}/move",                            "of fff ff n fff n s"),
    line("POST", "/departments/{id}/restore",                         "of fff ff n fff n s"),
    line("POST", "/departments/{id}/retire",                          "of fff ff n fff n s"),
    line("GET", "/forgot",                                           "oo ooo oo o ooo o o"),
    line("POST", "/forgot",                                           "oo ooo oo o ooo o o"),
    line("GET", "/inbox",                                            "oo ooo oo o ooo o s"),
    line("POST", "/inbox/read",                                       "oo ooo oo o ooo o s"),
    line("POST", "/inbox/{id}",                                       "nn nnn nn n nnn n s"),
    line("GET", "/invitation/{token}",                               "nn nnn nn n nnn n n"),
    line("POST", "/invitation/{token}",                               "nn nnn nn n nnn n n"),
    line("GET", "/ledger",                                           "oo ooo oo n ooo n s"),
    line("POST", "/my-work/{id}",                                     "nn nno nn n nnn n s"),
    line("GET", "/p/{key}",                                          "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/decisions",                                "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/decisions/new",                            "ff fff fo n fff n s"),
    line("POST", "/p/{key}/decisions/new",                            "ff fff fo n fff n s"),
    line("GET", "/p/{key}/decisions/{number}",                       "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/decisions/{number}/markdown",              "oo ooo oo n ooo n s"),
    line("POST", "/p/{key}/decisions/{number}/review",                "ff fff fo n fff n s"),
    line("GET", "/p/{key}/decisions/{number}/supersede",             "ff fff fo n fff n s"),
    line("POST", "/p/{key}/decisions/{number}/supersede",             "ff fff fo n fff n s"),
    line("POST", "/p/{key}/duties",                                   "oo fff ff n fff n s"),
    line("GET", "/p/{key}/duties/new",                               "oo fff ff n fff n s"),
    line("GET", "/p/{key}/duties/{code}",                            "oo ooo oo n ooo n s"),
    line("POST", "/p/{key}/duties/{code}",                            "oo fff ff n fff n s"),
    line("GET", "/p/{key}/escalations",                              "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/escalations/new",                          "fo ooo oo n fff n s"),
    line("POST", "/p/{key}/escalations/new",                          "fo ooo oo n fff n s"),
    line("GET", "/p/{key}/escalations/{number}",                     "oo ooo oo o ooo n s"),
    line("POST", "/p/{key}/escalations/{number}/answer",              "ff off ff f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/aside",               "ff fff oo f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/ask-raiser",          "fo fof oo f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/back",                "ff fff oo f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/ballot",              "ff fff oo o fff n s"),
    line("POST", "/p/{key}/escalations/{number}/comment",             "fo ooo oo o fff n s"),
    line("POST", "/p/{key}/escalations/{number}/confirm",             "ff oof ff f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/criteria",            "fo off ff f fff n s"),
    line("GET", "/p/{key}/escalations/{number}/decide",              "ff fff fo f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/decide",              "ff fff fo f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/evidence",            "fo ooo ff f fff n s"),
    line("GET", "/p/{key}/escalations/{number}/invite",              "fo fff fo f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/invite",              "fo fff fo f fff n s"),
    line("GET", "/p/{key}/escalations/{number}/markdown",            "oo ooo oo o ooo n s"),
    line("GET", "/p/{key}/escalations/{number}/packs/{version}",     "oo ooo oo o ooo n s"),
    line("GET", "/p/{key}/escalations/{number}/options",             "fo oof ff f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/options",             "fo oof ff f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/pass",                "fo oof ff f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/position",            "ff oof ff f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/propose",             "ff oof ff f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/recommend",           "fo fff ff f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/refuse",              "ff oof ff f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/settle",              "fo fff ff f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/take-question-back",  "fo fff ff f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/uninvite",            "fo fff fo f fff n s"),
    line("POST", "/p/{key}/escalations/{number}/withdraw",            "ff off ff f fff n s"),
    line("GET", "/p/{key}/gates/{stage}",                            "oo ooo oo n ooo n s"),
    line("POST", "/p/{key}/gates/{stage}/attest/{id}",                "fo fff ff n fff n s"),
    line("POST", "/p/{key}/gates/{stage}/pass",                       "oo fff ff n fff n s"),
    line("GET", "/p/{key}/goals",                                    "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/goals/figures",                            "fo ooo ff n fff n s"),
    line("POST", "/p/{key}/goals/figures",                            "fo ooo ff n fff n s"),
    line("GET", "/p/{key}/goals/kpis",                               "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/goals/kpis/new",                           "fo oof ff n fff n s"),
    line("POST", "/p/{key}/goals/kpis/new",                           "fo oof ff n fff n s"),
    line("GET", "/p/{key}/goals/kpis/{id}",                          "fo off ff n fff n s"),
    line("POST", "/p/{key}/goals/kpis/{id}",                          "fo off ff n fff n s"),
    line("GET", "/p/{key}/goals/kpis/{id}/enter",                    "fo ofo ff n fff n s"),
    line("POST", "/p/{key}/goals/kpis/{id}/enter",                    "fo ofo ff n fff n s"),
    line("GET", "/p/{key}/goals/kpis/{id}/paste",                    "fo ofo ff n fff n s"),
    line("POST", "/p/{key}/goals/kpis/{id}/paste",                    "fo ofo ff n fff n s"),
    line("POST", "/p/{key}/goals/kpis/{id}/retire",                   "fo off ff n fff n s"),
    line("GET", "/p/{key}/goals/money",                              "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/goals/money/actual/{month}",               "fo fff ff n fff n s"),
    line("POST", "/p/{key}/goals/money/actual/{month}",               "fo fff ff n fff n s"),
    line("POST", "/p/{key}/goals/money/break-even",                   "fo fff ff n fff n s"),
    line("GET", "/p/{key}/goals/money/forecast",                     "fo fff ff n fff n s"),
    line("POST", "/p/{key}/goals/money/forecast",                     "fo fff ff n fff n s"),
    line("GET", "/p/{key}/goals/money/plan",                         "fo fff ff n fff n s"),
    line("POST", "/p/{key}/goals/money/plan",                         "fo fff ff n fff n s"),
    line("GET", "/p/{key}/goals/objectives/new",                     "fo fff ff n fff n s"),
    line("POST", "/p/{key}/goals/objectives/new",                     "fo fff ff n fff n s"),
    line("GET", "/p/{key}/goals/objectives/{number}",                "fo fff ff n fff n s"),
    line("POST", "/p/{key}/goals/objectives/{number}",                "fo fff ff n fff n s"),
    line("POST", "/p/{key}/goals/objectives/{number}/drop",           "fo fff ff n fff n s"),
    line("GET", "/p/{key}/goals/objectives/{number}/new",            "fo fff ff n fff n s"),
    line("POST", "/p/{key}/goals/objectives/{number}/new",            "fo fff ff n fff n s"),
    line("GET", "/p/{key}/goals/{place}",                            "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/goals/{place}/edit",                       "fo fff ff n fff n s"),
    line("POST", "/p/{key}/goals/{place}/edit",                       "fo fff ff n fff n s"),
    line("POST", "/p/{key}/goals/{place}/drop",                       "fo fff ff n fff n s"),
    line("POST", "/p/{key}/goals/{place}/links",                      "fo ooo ff n fff n s"),
    line("POST", "/p/{key}/goals/{place}/links/remove",               "fo ooo ff n fff n s"),
    line("GET", "/p/{key}/goals/{place}/split",                      "fo oof ff n fff n s"),
    line("POST", "/p/{key}/goals/{place}/split",                      "fo oof ff n fff n s"),
    line("GET", "/p/{key}/thanks",                                   "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/thanks/new",                               "fo ooo oo n off n s"),
    line("POST", "/p/{key}/thanks/new",                               "fo ooo oo n off n s"),
    line("GET", "/p/{key}/goals/pool",                               "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/goals/pool/edit",                          "fo fff ff n fff n s"),
    line("POST", "/p/{key}/goals/pool/edit",                          "fo fff ff n fff n s"),
    line("GET", "/p/{key}/goals/propose",                            "fo fff ff n fff n s"),
    line("POST", "/p/{key}/goals/propose",                            "fo fff ff n fff n s"),
    line("GET", "/p/{key}/goals/pyramid",                            "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/goals/strategy",                           "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/goals/strategy/edit",                      "fo fff ff n fff n s"),
    line("POST", "/p/{key}/goals/strategy/edit",                      "fo fff ff n fff n s"),
    line("GET", "/p/{key}/playbook",                                 "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/playbook/draft",                           "fo fff ff n fff n s"),
    line("POST", "/p/{key}/playbook/draft",                           "fo fff ff n fff n s"),
    line("GET", "/p/{key}/playbook/export.html",                     "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/playbook/export.md",                       "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/playbook/read",                            "ff oof ff n fff n s"),
    line("POST", "/p/{key}/playbook/read",                            "ff oof ff n fff n s"),
    line("POST", "/p/{key}/health",                                   "fo fff ff n fff n s"),
    line("GET", "/p/{key}/history",                                  "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/ledger",                                   "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/live",                                     "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/matrix",                                   "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/milestones",                               "oo ooo oo n ooo n s"),
    line("POST", "/p/{key}/milestones",                               "fo fff ff n fff n s"),
    line("POST", "/p/{key}/milestones/{id}",                          "fo fff ff n fff n s"),
    line("POST", "/p/{key}/milestones/{id}/reached",                  "fo fff ff n fff n s"),
    line("POST", "/p/{key}/parts",                                    "oo fff ff n fff n s"),
    line("GET", "/p/{key}/parts/new",                                "oo fff ff n fff n s"),
    line("GET", "/p/{key}/parts/{id}/remove",                        "oo fff ff n fff n s"),
    line("POST", "/p/{key}/parts/{id}/remove",                        "oo fff ff n fff n s"),
    line("GET", "/p/{key}/publish",                                  "oo fff ff n fff n s"),
    line("POST", "/p/{key}/publish",                                  "oo fff ff n fff n s"),
    line("GET", "/p/{key}/requests",                                 "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/requests/new",                             "fo oof ff n fff n s"),
    line("POST", "/p/{key}/requests/new",                             "fo oof ff n fff n s"),
    line("GET", "/p/{key}/requests/{number}",                        "oo ooo oo n ooo n s"),
    line("POST", "/p/{key}/requests/{number}/accept",                 "ff fof ff n fff n s"),
    line("POST", "/p/{key}/requests/{number}/again",                  "ff off ff n fff n s"),
    line("POST", "/p/{key}/requests/{number}/agree",                  "ff off ff n fff n s"),
    line("POST", "/p/{key}/requests/{number}/counter",                "ff fof ff n fff n s"),
    line("POST", "/p/{key}/requests/{number}/decline",                "ff fof ff n fff n s"),
    line("GET", "/p/{key}/requests/{number}/escalate",               "ff off ff n fff n s"),
    line("POST", "/p/{key}/requests/{number}/escalate",               "ff off ff n fff n s"),
    line("POST", "/p/{key}/requests/{number}/insist",                 "ff off ff n fff n s"),
    line("POST", "/p/{key}/requests/{number}/redate",                 "ff off ff n fff n s"),
    line("POST", "/p/{key}/requests/{number}/withdraw",               "ff off ff n fff n s"),
    line("POST", "/p/{key}/seats",                                    "oo fff ff n fff n s"),
    line("GET", "/p/{key}/seats/new",                                "oo fff ff n fff n s"),
    line("GET", "/p/{key}/seats/{id}/hand-over",                     "oo fff ff n fff n s"),
    line("POST", "/p/{key}/seats/{id}/hand-over",                     "oo fff ff n fff n s"),
    line("GET", "/p/{key}/seats/{id}/remove",                        "oo fff ff n fff n s"),
    line("POST", "/p/{key}/seats/{id}/remove",                        "oo fff ff n fff n s"),
    line("GET", "/p/{key}/scope",                                    "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/scope/baseline",                           "fo fff ff n fff n s"),
    line("POST", "/p/{key}/scope/baseline",                           "fo fff ff n fff n s"),
    line("GET", "/p/{key}/scope/changes/new",                        "fo oof ff n fff n s"),
    line("POST", "/p/{key}/scope/changes/new",                        "fo oof ff n fff n s"),
    line("GET", "/p/{key}/scope/changes/{number}",                   "oo ooo oo n ooo n s"),
    line("POST", "/p/{key}/scope/changes/{number}/accept",            "ff oof ff n fff n s"),
    line("POST", "/p/{key}/scope/changes/{number}/decline",           "ff oof ff n fff n s"),
    line("POST", "/p/{key}/scope/changes/{number}/size",              "ff fof ff n fff n s"),
    line("POST", "/p/{key}/scope/changes/{number}/withdraw",          "ff off ff n fff n s"),
    line("GET", "/p/{key}/settings",                                 "oo fff ff n fff n s"),
    line("POST", "/p/{key}/settings",                                 "oo fff ff n fff n s"),
    line("GET", "/p/{key}/settings/archive",                         "oo fff ff n fff n s"),
    line("POST", "/p/{key}/settings/archive",                         "oo fff ff n fff n s"),
    line("GET", "/p/{key}/settings/chat",                            "oo fff ff n fff n s"),
    line("POST", "/p/{key}/settings/chat",                            "oo fff ff n fff n s"),
    line("GET", "/p/{key}/settings/chat/{id}",                       "oo fff ff n fff n s"),
    line("POST", "/p/{key}/settings/chat/{id}",                       "oo fff ff n fff n s"),
    line("POST", "/p/{key}/settings/chat/{id}/pause",                 "oo fff ff n fff n s"),
    line("GET", "/p/{key}/settings/chat/{id}/remove",                "oo fff ff n fff n s"),
    line("POST", "/p/{key}/settings/chat/{id}/remove",                "oo fff ff n fff n s"),
    line("POST", "/p/{key}/settings/chat/{id}/resume",                "oo fff ff n fff n s"),
    line("POST", "/p/{key}/settings/chat/{id}/test",                  "oo fff ff n fff n s"),
    line("GET", "/p/{key}/settings/committee",                       "oo fff fo n fff n s"),
    line("POST", "/p/{key}/settings/committee",                       "oo fff ff n fff n s"),
    line("POST", "/p/{key}/settings/committee/away",                  "oo fff fo n fff n s"),
    line("GET", "/p/{key}/settings/dates",                           "oo fff ff n fff n s"),
    line("POST", "/p/{key}/settings/dates",                           "oo fff ff n fff n s"),
    line("GET", "/p/{key}/settings/restore",                         "oo fff ff n fff n s"),
    line("POST", "/p/{key}/settings/restore",                         "oo fff ff n fff n s"),
    line("POST", "/p/{key}/tasks",                                    "fo ooo ff n fff n s"),
    line("GET", "/p/{key}/tasks/new",                                "fo ooo ff n fff n s"),
    line("GET", "/p/{key}/tasks/{number}",                           "oo ooo oo n ooo n s"),
    line("POST", "/p/{key}/tasks/{number}/assign",                    "fo ofo ff n fff n s"),
    line("POST", "/p/{key}/tasks/{number}/comments",                  "fo ooo oo n fff n s"),
    line("POST", "/p/{key}/tasks/{number}/dependencies",              "fo ofo ff n fff n s"),
    line("POST", "/p/{key}/tasks/{number}/dependencies/remove",       "fo ofo ff n fff n s"),
    line("GET", "/p/{key}/tasks/{number}/edit",                      "fo ofo ff n fff n s"),
    line("POST", "/p/{key}/tasks/{number}/edit",                      "fo ofo ff n fff n s"),
    line("POST", "/p/{key}/tasks/{number}/status",                    "fo ofo ff n fff n s"),
    line("POST", "/p/{key}/tasks/{number}/unwatch",                   "oo ooo oo n ooo n s"),
    line("POST", "/p/{key}/tasks/{number}/watch",                     "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/team",                                     "oo ooo oo n ooo n s"),
    line("GET", "/p/{key}/work",                                     "oo ooo oo n ooo n s"),
    line("POST", "/p/{key}/work/bulk",                                "oo ooo oo n ooo n s"),
    line("GET", "/people",                                           "oo ooo oo n ooo n s"),
    line("GET", "/people/{id}",                                      "oo ooo oo n ooo n s"),
    line("GET", "/projects",                                         "oo ooo oo n ooo n s"),
    line("GET", "/projects/new",                                     "oo ooo oo n ooo n s"),
    line("POST", "/projects/new",                                     "oo ooo oo n ooo n s"),
    line("POST", "/projects/new/preview",                             "oo ooo oo n ooo n s"),
    line("GET", "/reset/{token}",                                    "nn nnn nn n nnn n n"),
    line("POST", "/reset/{token}",                                    "nn nnn nn n nnn n n"),
    line("GET", "/settings/letters",                                 "oo ooo oo o ooo o s"),
    line("POST", "/settings/letters",                                 "oo ooo oo o ooo o s"),
    line("POST", "/settings/letters/end-links",                       "oo ooo oo o ooo o s"),
    line("GET", "/settings",                                         "oo ooo oo o ooo o s"),
    line("POST", "/settings",                                         "oo ooo oo o ooo o s"),
    line("POST", "/settings/language",                                "oo ooo oo o ooo o o"),
    line("POST", "/settings/password",                                "oo ooo oo o ooo o s"),
    line("POST", "/settings/sessions/others",                         "oo ooo oo o ooo o s"),
    line("POST", "/settings/sessions/{id}",                           "oo ooo oo o ooo o s"),
    line("POST", "/settings/theme",                                   "oo ooo oo o ooo o o"),
    line("GET", "/setup",                                            "oo ooo oo o ooo o o"),
    line("POST", "/setup",                                            "oo ooo oo o ooo o o"),
    line("POST", "/setup/demo",                                       "oo ooo oo o ooo o o"),
    line("GET", "/sign-in",                                          "oo ooo oo o ooo o o"),
    line("POST", "/sign-in",                                          "oo ooo oo o ooo o o"),
    line("POST", "/sign-out",                                         "ss sss ss s sss s s"),
    line("GET", "/unsubscribe/{person}/{sort}/{signature}",          "oo ooo oo o ooo o o"),
    line("POST", "/unsubscribe/{person}/{sort}/{signature}",          "nn nnn nn n nnn n n"),
    line("GET", "/w/{token}",                                        "oo ooo oo o ooo o o"),
    line("POST", "/w/{token}",                                        "oo ooo oo o ooo o o"),
];

/// The test company with one of everything that an address can name.
pub struct Fixture {
    pub app: TestApp,
    ids: Vec<(&'static str, String)>,
}

impl Fixture {
    /// Project GEO with a task of marketing, a milestone, a gate rule, a duty, a request of marketing to sales, an
    /// escalation before the committee that the lead has taken no side in, and a decision.
    pub async fn new() -> Self {
        let (app, geo) = TestApp::with_project().await;
        app.task(geo, "MKT", "Pricing page", Some("member"), "2026-11-20").await;
        let mut sql = app.sql().await;
        let made: Vec<Uuid> = (0..10).map(|_| ids::new_uuid()).collect();
        let statement = format!(
            "insert into milestones (project_id, id, title, baseline_on, due_on, created_at) values ('{geo}', '{milestone}', 'Price list', '2026-11-20', '2026-11-20', now());
             insert into gate_rules (project_id, id, stage_id, position, text_en, text_zh, expression, checks, is_blocking)
               select '{geo}', '{rule}', id, 1, 'Every department has a liaison', '均有联络人', 'liaison_coverage', '{{\"kind\": \"liaison_coverage\"}}', true from stages where project_id = '{geo}' and position = 1;
             begin;
             insert into duties (project_id, id, stage_id, position, code, title_en, title_zh, due_day, is_evidence)
               select '{geo}', '{duty}', id, 1, 'a1_charter', 'Charter', '立项书', 5, true from stages where project_id = '{geo}' and position = 1;
             insert into duty_letters (project_id, duty_id, part_id, letter) select '{geo}', '{duty}', id, letter from parts, (values ('A'), ('R')) as l (letter) where project_id = '{geo}' and code = 'MKT';
             commit;
             insert into escalations (project_id, id, number, question, kind, category, raised_by, from_part_id, to_part_id, state, due_at, raised_at)
               select '{geo}', '{escalation}', 1, 'What should the Team plan cost?', 'lead_quality', 'lead_handoff', people.id, mkt.id, sal.id, 'with_committee', '2026-11-25T00:00:00Z', '2026-11-10T00:00:00Z'
               from people, parts mkt, parts sal where people.name = 'liaison' and mkt.project_id = '{geo}' and mkt.code = 'MKT' and sal.project_id = '{geo}' and sal.code = 'SAL';
             insert into escalation_steps (project_id, escalation_id, step, entered_at, due_at) values ('{geo}', '{escalation}', 'committee', '2026-11-16T00:00:00Z', '2026-11-25T00:00:00Z');
             insert into pack_versions (project_id, escalation_id, version, content, hash, choices_since, made_by, made_at)
               select '{geo}', '{escalation}', 1, '{{\"question\": \"What?\", \"background\": \"\", \"positions\": {{}}, \"criteria\": [], \"options\": {{}}, \"evidence\": {{}}}}',
                      repeat('0', 64), 1, id, now() from people where name = 'lead';
             insert into options (project_id, id, escalation_id, letter, title, proposed_by) select '{geo}', '{option}', '{escalation}', 'A', '$299', id from people where name = 'lead';
             insert into decisions (project_id, id, number, kind, title, rationale, owner_id, decided_by, decided_at) select '{geo}', '{decision}', 1, 'go', 'Go', 'Because', id, id, now() from people where name = 'chair';
             insert into requests (project_id, id, number, title, from_part_id, to_part_id, wanted_on, asked_by, asked_at, answer_due_at)
               select '{geo}', '{request}', 1, 'Price book', mkt.id, sal.id, '2026-12-01', people.id, '2026-11-17T00:00:00Z', '2026-11-19T00:00:00Z'
               from people, parts mkt, parts sal where people.name = 'liaison' and mkt.project_id = '{geo}' and mkt.code = 'MKT' and sal.project_id = '{geo}' and sal.code = 'SAL';
             insert into request_moves (project_id, id, request_id, position, kind, by_id, day, at)
               select '{geo}', gen_random_uuid(), '{request}', 1, 'asked', id, '2026-12-01', '2026-11-17T00:00:00Z' from people where name = 'liaison';
             insert into chat_robots (project_id, id, name, service, address, language, topics, created_at)
               values ('{geo}', '{robot}', 'Launch group', 'slack', 'https://10.0.0.1/hook', 'en', '{{gates}}', now());
             update projects set next_escalation_number = 2, next_decision_number = 2, next_request_number = 2 where id = '{geo}';
             insert into sessions (id, person_id, token_hash, created_at, seen_at, expires_at) select '{session}', id, '\\x01', now(), now(), now() from people where name = 'viewer'",
            milestone = made[0],
            rule = made[1],
            duty = made[2],
            escalation = made[3],
            option = made[4],
            decision = made[5],
            session = made[6],
            request = made[7],
            robot = made[9],
        );
        let scope = SCOPE.replace("{geo}", &geo.to_string());
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut sql).await.unwrap();
        // The link in a letter to the member; whoever follows it gets their form.
        sqlx::query("insert into work_links (token_hash, person_id, created_at, expires_at) select $1, id, '2026-11-18T00:00:00Z', '2026-11-21T00:00:00Z' from people where name = 'member'")
            .bind(tutti::accounts::session::token_hash(&"0".repeat(64)))
            .execute(&mut sql)
            .await
            .unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(scope)).execute(&mut sql).await.unwrap();
        let goals = GOALS.replace("{geo}", &geo.to_string());
        sqlx::raw_sql(sqlx::AssertSqlSafe(goals)).execute(&mut sql).await.unwrap();
        let id = async |query: &'static str| -> String {
            sqlx::query_scalar::<_, Uuid>(query).fetch_one(&mut app.sql().await).await.unwrap().to_string()
        };
        let seat = id("select seats.id from seats join people on people.id = seats.person_id join projects on projects.id = seats.project_id where people.name = 'liaison' and projects.key = 'GEO'").await;
        let part = id("select parts.id from parts join projects on projects.id = project_id where parts.code = 'RND' and projects.key = 'GEO'").await;
        let kpi = id("select id from kpis").await;
        let department = id("select id from departments where code = 'RND'").await;
        let person = id("select id from people where name = 'viewer'").await;
        let ids = vec![
            ("/p/{key}/milestones/", made[0].to_string()),
            ("/p/{key}/gates/", made[1].to_string()),
            ("/p/{key}/goals/kpis/", kpi),
            ("/p/{key}/seats/", seat),
            ("/p/{key}/parts/", part),
            ("/p/{key}/settings/chat/", made[9].to_string()),
            ("/my-work/", "GEO-1".to_owned()),
            ("/inbox/", ids::new_uuid().to_string()),
            ("/departments/", department),
            ("/people/", person.clone()),
            ("/admin/people/", person),
            ("/settings/sessions/", made[6].to_string()),
        ];
        Self { app, ids }
    }

    /// A route's path with this fixture's keys, numbers and ids.
    pub fn address(&self, path: &str) -> String {
        let id = self
            .ids
            .iter()
            .find_map(|(prefix, id)| path.starts_with(prefix).then_some(id.as_str()))
            .unwrap_or_default();
        path.replace("{key}", "GEO")
            .replace("{number}", "1")
            .replace("{code}", "a1_charter")
            .replace("{stage}", "A1")
            .replace("{place}", "1.1")
            .replace("{month}", "2026-11")
            .replace("{person}", &Uuid::nil().to_string())
            .replace("{sort}", "tasks")
            .replace("{signature}", &"0".repeat(32))
            .replace("{version}", "1")
            .replace("{token}", &"0".repeat(64))
            .replace("{id}", id)
    }
}

/// An objective with one key result that marketing answers for, an indicator that has the same figures, and a commercial plan.
const GOALS: &str = "
    insert into playbook_versions (project_id, number, id, content, asks_again, published_by, published_at)
        select '{geo}', 1, gen_random_uuid(), '{}', true, id, now() from people where name = 'lead';
    with wanted as (
        insert into objectives (project_id, id, position, title, created_by, created_at)
        select '{geo}', gen_random_uuid(), 1, 'Launch', id, now() from people where name = 'lead' returning id, created_by),
    figures as (
        insert into series (project_id, id, measure, unit_kind, unit) values ('{geo}', gen_random_uuid(), 'additive', 'number', 'sign-ups') returning id),
    result as (
        insert into key_results (project_id, id, objective_id, position, title, series_id, part_id, created_by, created_at)
        select '{geo}', gen_random_uuid(), wanted.id, 1, 'Sign-ups', figures.id, mkt.id, wanted.created_by, now()
        from wanted, figures, parts mkt where mkt.project_id = '{geo}' and mkt.code = 'MKT' returning id, created_by),
    kpi as (
        insert into kpis (project_id, id, part_id, position, title, series_id, better, created_by, created_at)
        select '{geo}', gen_random_uuid(), mkt.id, 1, 'Sign-ups', figures.id, 'up', wanted.created_by, now()
        from wanted, figures, parts mkt where mkt.project_id = '{geo}' and mkt.code = 'MKT')
    insert into key_result_terms (project_id, key_result_id, number, baseline, target, starts_on, due_on, set_by, set_at)
    select '{geo}', id, 1, 0, 5000, '2026-09-01', '2027-06-30', created_by, now() from result;
    insert into money_plans (project_id, number, currency, decimals, starts_on, months, envelope, set_by, set_at)
    select '{geo}', 1, 'USD', 0, '2026-09-01', 12, 0, id, now() from people where name = 'lead'";

/// A baseline that marketing and sales answer for, and a change that marketing asked for.
const SCOPE: &str = "
    insert into scope_baselines (project_id, id, number, in_scope, locked_on, product_part_id, rnd_part_id, budget_halves, set_by, set_at)
      select '{geo}', gen_random_uuid(), 1, 'The list', '2026-11-16', mkt.id, sal.id, 10, people.id, '2026-11-16T02:00:00Z'
      from people, parts mkt, parts sal where people.name = 'lead' and mkt.project_id = '{geo}' and mkt.code = 'MKT' and sal.project_id = '{geo}' and sal.code = 'SAL';
    insert into scope_changes (project_id, id, number, title, why, part_id, asked_by, asked_at)
      select '{geo}', gen_random_uuid(), 1, 'Export', 'Pilots ask for it', mkt.id, people.id, '2026-11-17T02:00:00Z'
      from people, parts mkt where people.name = 'liaison' and mkt.project_id = '{geo}' and mkt.code = 'MKT';
    update projects set next_change_number = 2 where id = '{geo}'";
