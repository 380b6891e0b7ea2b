//! The fixed windows in which a project meets: the same for every project, in one place.

use crate::platform::locale::Bilingual;
use serde::{Deserialize, Serialize};

/// A window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Tells it from the others.
    pub code: String,
    /// What it is called.
    pub name: Bilingual,
    /// On which days, how often.
    pub when: Bilingual,
    /// How long, in minutes; none where it has no length.
    pub minutes: Option<u16>,
    /// Who comes.
    pub who: Bilingual,
}

type Row = (&'static str, [&'static str; 2], [&'static str; 2], Option<u16>, [&'static str; 2]);

const FIXED: [Row; 6] = [
    (
        "agile_update",
        ["Agile team update", "敏捷小组进展会"],
        ["Every Monday afternoon", "每周一下午"],
        Some(30),
        ["GTM lead and all liaisons", "GTM 负责人与全体联络人"],
    ),
    (
        "department_slots",
        ["Department-to-department slots", "部门间协同会"],
        ["Thursdays and Fridays, booked when needed", "每周四、周五，按需预约"],
        Some(30),
        ["The departments that booked it", "预约的部门"],
    ),
    (
        "product_training",
        ["Product training", "产品培训"],
        ["Every second Thursday", "每两周一次，周四"],
        Some(45),
        ["Sales, support and marketing", "销售、支持与市场"],
    ),
    (
        "month_plan",
        ["Month plan", "月度计划会"],
        ["In the last week of the month", "每月最后一周"],
        Some(60),
        ["GTM lead and all liaisons", "GTM 负责人与全体联络人"],
    ),
    (
        "quarter_report",
        ["Quarter report", "季度汇报会"],
        ["In the second week of the quarter", "每季度第二周"],
        Some(90),
        ["Decision committee and GTM lead", "决策委员会与 GTM 负责人"],
    ),
    (
        "meeting_free",
        ["Meeting-free time", "无会时段"],
        ["All other time; an exception needs a reason", "其余全部时间；例外须说明理由"],
        None,
        ["Everybody", "所有人"],
    ),
];

/// All of them.
#[must_use]
pub fn fixed() -> Vec<Meeting> {
    let both = |[en, zh]: [&str; 2]| Bilingual { en: en.to_owned(), zh: zh.to_owned() };
    let meeting = |(code, name, when, minutes, who): Row| Meeting {
        code: code.to_owned(),
        name: both(name),
        when: both(when),
        minutes,
        who: both(who),
    };
    FIXED.into_iter().map(meeting).collect()
}
