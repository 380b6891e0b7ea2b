//! An outside adviser's whole visit, in Chinese on a phone: the invitation, the question put to them, their view, and
//! nothing else. Then they sign in once more.

use crate::{
    browser::{Browser, Window},
    site::{PASSWORD, Site},
    support::{TestApp, disputes::before_committee},
};
use tutti::{
    accounts::{
        Administrator,
        actions::{self, NewPerson},
    },
    events::Change,
    platform::{
        ids::PersonId,
        locale::{Language, T},
    },
    web::shell::OrganisationRole,
};

const QUESTION: &str = "E-1 What should the Team plan cost at launch?";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guest_advises_in_chinese_on_a_phone() {
    let t = T(Language::Chinese);
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let (guest, invitation) = invited(&app).await;
    let asked = [("person", guest.as_str())];
    app.sign_in("lead").await.post(&format!("{path}/invite"), &asked).await.expect(303);
    let site = Site::serve(app).await;
    let browser = Browser::open(&site.base, Language::Chinese, Window::Phone).await;
    browser.go(&invitation).await;
    browser.is_on(&t.accounts_join("Qiming")).await;
    browser.is_accessible().await;
    browser.fill(&t.accounts_your_name(), "陆远").await;
    browser.fill(&t.accounts_choose_password(), PASSWORD).await;
    browser.send(&t.accounts_join_button()).await;
    browser.is_on(&t.nav_committee()).await;
    assert_eq!(browser.path().await, "/committee", "their home");
    browser.sees(&t.committee_your_advice()).await;
    browser.sees_no("GEO Monitor").await;
    browser.is_accessible().await;
    reads_and_advises(&browser, t).await;
    sees_nothing_else(&browser, t).await;
    comes_back(&browser, t).await;
    let advice = "select people.name || ' ' || reason || ' ' || pack_version from ballots join people on people.id = person_id where is_advisory";
    assert_eq!(site.value(advice).await, "陆远 监测三百个提示词 1");
    browser.close().await;
}

/// Their id and the path of their invitation.
async fn invited(app: &TestApp) -> (String, String) {
    let new = NewPerson {
        id: PersonId::new(),
        email: "lu.yuan@outside.example".parse().unwrap(),
        name: "Lu Yuan".to_owned(),
        role: OrganisationRole::Guest,
        title: String::new(),
        department: None,
        language: Language::Chinese,
    };
    let mut change = Change::by(&app.state, None, "Su Qing", "").await.unwrap();
    let link = actions::invite(&app.state, &mut change, &Administrator::at_the_console(), &new).await.unwrap().unwrap();
    change.commit().await.unwrap();
    let path = link.address.find("/invitation/").map(|at| link.address[at..].to_owned()).unwrap();
    (new.id.to_string(), path)
}

/// The pack, its version, and a view that does not follow the recommendation.
async fn reads_and_advises(browser: &Browser, t: T) {
    browser.press(QUESTION).await;
    browser.is_on("What should the Team plan cost at launch?").await;
    browser.sees("Seven of eleven lost pilots named price.").await;
    browser.sees(&t.pack_version(1)).await;
    browser.sees(&t.escalation_liaison_of(t.pair("Sales", "销售"))).await;
    browser.has_no_section(&t.escalation_votes()).await;
    browser.is_accessible().await;
    browser.tick(&t.labelled("A", "299 flat")).await;
    browser.fill(&t.escalation_reason(), "监测三百个提示词").await;
    browser.send(&t.escalation_advise()).await;
    browser.sees(&t.escalation_advice_given()).await;
    browser.is_accessible().await;
}

/// The side bar leads nowhere else, and neither do addresses.
async fn sees_nothing_else(browser: &Browser, t: T) {
    let links = "return [...document.querySelectorAll('a[href^=\"/\"]')].map(a => new URL(a.href).pathname).filter(p => !['/', '/committee', '/inbox', '/settings', '/p/GEO/escalations/1', '/p/GEO/escalations/1/markdown'].includes(p)).join(' ')";
    assert_eq!(browser.script(links).await, serde_json::json!(""));
    for path in ["/p/GEO", "/p/GEO/escalations", "/projects", "/people"] {
        browser.go(path).await;
        browser.is_on(&t.error_404_title()).await;
        browser.sees_no("GEO Monitor").await;
    }
    browser.go("/").await;
    browser.is_on(&t.nav_committee()).await;
    browser.sees(&t.committee_advised("A")).await;
}

/// Signed out, they come back with their address and password, to the same page.
async fn comes_back(browser: &Browser, t: T) {
    browser.driver.delete_all_cookies().await.unwrap();
    browser.go("/committee").await;
    browser.fill(&t.accounts_email(), "lu.yuan@outside.example").await;
    browser.fill(&t.accounts_password(), PASSWORD).await;
    browser.send(&t.accounts_sign_in()).await;
    browser.is_on(&t.nav_committee()).await;
    browser.sees(QUESTION).await;
}
