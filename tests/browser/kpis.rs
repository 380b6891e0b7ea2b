//! KPIs: the figures of a year from a file, as a spreadsheet in Chinese writes it, looked at before they are entered.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::TestApp,
};
use tutti::platform::locale::{Language, T};

/// `2026-09`, 4, 稳定 and `2026-10`, 3 in GB 18030.
const LINES: &[u8] = b"2026-09,4,\xce\xc8\xb6\xa8\r\n2026-10,3,\r\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_come_from_a_file_of_a_spreadsheet() {
    let t = T(Language::Chinese);
    let (app, _) = TestApp::with_project().await;
    let site = Site::serve(app).await;
    let browser = Browser::open(&site.base, Language::Chinese, Window::Wide).await;
    browser.enter(&site, "liaison").await;
    browser.go("/p/GEO/goals/kpis").await;
    browser.press(&t.goals_kpi_add()).await;
    browser.is_on(&t.goals_kpi_add()).await;
    browser.fill(&t.goals_kpi_title(), "一级缺陷").await;
    browser.choose(&t.goals_owner(), "市场").await;
    browser.fill(&t.goals_unit(), "个").await;
    browser.send(&t.goals_kpi_add()).await;
    browser.sees(&t.goals_kpi_created()).await;
    browser.press(&format!("{} 一级缺陷", t.goals_kpi_paste())).await;
    browser.is_on(&t.goals_kpi_paste()).await;
    browser.is_accessible().await;
    let file = std::env::temp_dir().join(format!("{}.csv", tutti::platform::ids::new_uuid()));
    std::fs::write(&file, LINES).unwrap();
    browser.attach(&t.goals_kpi_paste_file(), file.to_str().unwrap()).await;
    browser.until("the lines of the file", "document.getElementById('pasted').value.includes('稳定')").await;
    std::fs::remove_file(&file).unwrap();
    browser.send(&t.goals_kpi_preview_do()).await;
    browser.sees(&t.goals_kpi_preview_sum(0, 2, 0)).await;
    browser.is_accessible().await;
    browser.send(&t.goals_kpi_preview_save()).await;
    browser.sees(&t.goals_entered(2)).await;
    let kept =
        "select string_agg(to_char(period, 'MM') || ' ' || value || ' ' || note, ', ' order by period) from entries";
    assert_eq!(site.value(kept).await, "09 4 稳定, 10 3 ");

    // What was typed for one month is never carried to another.
    browser.go(&format!("/p/GEO/goals/kpis/{}/enter", site.value("select id::text from kpis").await)).await;
    let other = "document.querySelector('#period option:not(:checked)').textContent";
    let other = browser.script(&format!("return {other}")).await;
    let other = other.as_str().unwrap();
    let stands = browser.script("return document.getElementById('value').defaultValue").await;
    browser.fill(&t.goals_kpi_figure_in("个"), "777").await;
    browser.choose(&t.goals_kpi_period(), other).await;
    browser.until("a warning", "!document.getElementById('unsaved').hidden").await;
    browser.is_accessible().await;
    assert_eq!(browser.script("return document.getElementById('value').value").await, "777");
    browser.send(&t.goals_unsaved_discard()).await;
    browser.until("the other month", &format!("document.querySelector('#figure h2').textContent === '{other}'")).await;
    assert_ne!(browser.script("return document.getElementById('value').value").await, "777");
    assert_ne!(browser.script("return document.getElementById('value').defaultValue").await, stands);
    browser.close().await;
}
