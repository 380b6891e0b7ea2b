use super::{
    words::{grouped, share},
    *,
};
use crate::{
    decisions::matrix::StepLimits,
    goals::figures::{Measure, UnitKind},
    platform::{
        ids::{KeyResultId, ObjectiveId},
        locale::{Language, T},
    },
    playbook::{
        meetings,
        model::{Limits, Objective, Party, Share},
        words::occurring_in,
    },
    projects::{
        PartKind,
        duties::model::{Held, Letters},
    },
};
use jiff::civil::date;

const EN: T = T(Language::English);
const ZH: T = T(Language::Chinese);

fn both(en: &str, zh: &str) -> Bilingual {
    Bilingual { en: en.to_owned(), zh: zh.to_owned() }
}

fn party(code: &str, en: &str, zh: &str) -> Party {
    Party {
        id: PartId::new(),
        code: code.to_owned(),
        kind: PartKind::Department,
        name: both(en, zh),
        short: both(code, code),
        colour: 1,
        speaker: "Su Qing".to_owned(),
    }
}

fn letters(held: &[(PartId, Letter)]) -> Letters {
    Letters::new(held.iter().map(|(part_id, letter)| Held { part_id: *part_id, letter: *letter }))
}

/// Marketing and sales, one key result, one duty, one stage.
fn content() -> Content {
    let (mkt, sal) = (party("MKT", "Marketing", "市场"), party("SAL", "Sales", "销售"));
    let cell = |month, amount| Cell { month: date(2027, month, 1), amount, base: 0 };
    let result = KeyResult {
        id: KeyResultId::new(),
        position: 2,
        title: "Trials".to_owned(),
        part: mkt.id,
        scale: Scale {
            measure: Measure::Additive,
            unit_kind: UnitKind::Number,
            unit: "trials".to_owned(),
            base_unit: String::new(),
            decimals: 0,
        },
        baseline: 0,
        target: 5000,
        due_on: date(2027, 6, 30),
        shares: vec![Share {
            part: mkt.id,
            owes: "Trials".to_owned(),
            cells: (1..=6).map(|month| cell(month, 250)).collect(),
        }],
    };
    let texts = Texts {
        vision: "See".to_owned(),
        strategy: "Start small".to_owned(),
        audience: "Teams of brands".to_owned(),
        need: "They cannot see".to_owned(),
        difference: "Answers, not links".to_owned(),
        worth: "3,000 customers".to_owned(),
    };
    Content {
        strategy: Some(texts),
        objectives: vec![Objective {
            id: ObjectiveId::new(),
            position: 1,
            title: "Launch".to_owned(),
            why: String::new(),
            key_results: vec![result],
        }],
        duties: vec![Duty {
            code: "a1_price".to_owned(),
            stage: "A1".to_owned(),
            title: both("Price list", "价格表"),
            letters: letters(&[(mkt.id, Letter::Accountable), (mkt.id, Letter::Responsible)]),
        }],
        stages: vec![Stage {
            code: "A1".to_owned(),
            name: both("Launch", "上市"),
            starts_on: date(2027, 1, 4),
            ends_on: date(2027, 3, 1),
            is_launch: false,
            rules: vec![both("Charter approved", "立项书获批")],
        }],
        launches_on: Some(date(2027, 1, 4)),
        meetings: meetings::fixed(),
        limits: vec![Limits {
            category: "price".to_owned(),
            name: both("Price", "价格"),
            steps: StepLimits { liaisons: None, lead: Limit::Days(2), committee: Limit::Days(5) },
        }],
        words: occurring_in(&[]),
        parts: vec![mkt, sal],
    }
}

/// The sentences in both languages, and whether everybody reads again.
fn told(change: impl Fn(&mut Content)) -> (Vec<String>, Vec<String>, bool) {
    let old = content();
    let mut new = old.clone();
    change(&mut new);
    let changes = between(&old, &new);
    let lines = |t: T| changes.iter().map(|change| change.line(t).words).collect();
    (lines(EN), lines(ZH), ask_again(&changes))
}

fn result(content: &mut Content) -> &mut KeyResult {
    &mut content.objectives[0].key_results[0]
}

#[test]
fn each_change_is_told_in_words_and_asks_again_where_it_matters() {
    type Case = (fn(&mut Content), &'static str, &'static str, bool);
    let cases: [Case; 21] = [
        (
            |new| result(new).target = 6000,
            "Target of key result 1.2 is 6,000 instead of 5,000",
            "关键结果 1.2 的目标值由 5,000 改为 6,000",
            true,
        ),
        (
            |new| result(new).shares[0].cells[2].amount = 300,
            "Marketing owes 300 instead of 250 to key result 1.2 in Mar 2027",
            "市场2027年3月在关键结果 1.2 中的份额由 250 改为 300",
            true,
        ),
        (
            |new| result(new).shares[0].cells.iter_mut().for_each(|cell| cell.amount = 9),
            "Marketing owes other amounts to key result 1.2 in 6 months",
            "市场在关键结果 1.2 中有 6 个月的份额有变化",
            true,
        ),
        (
            |new| result(new).due_on = date(2027, 7, 31),
            "Key result 1.2 is to be reached by 31 Jul 2027 instead of 30 Jun 2027",
            "关键结果 1.2 的期限由2027年6月30日改为2027年7月31日",
            true,
        ),
        (
            |new| result(new).part = new.parts[1].id,
            "Sales answers for key result 1.2 instead of Marketing",
            "关键结果 1.2 的负责部门由市场改为销售",
            true,
        ),
        (
            |new| result(new).title = "Sign-ups".to_owned(),
            "Key result 1.2 is worded in another way",
            "关键结果 1.2 的表述有变化",
            true,
        ),
        (
            |new| result(new).baseline = 10,
            "Key result 1.2 starts from 10 instead of 0",
            "关键结果 1.2 的起点由 0 改为 10",
            true,
        ),
        (
            |new| new.objectives[0].title = "Win".to_owned(),
            "Objective 1 is worded in another way",
            "目标 1 的表述有变化",
            true,
        ),
        (
            |new| new.objectives[0].key_results.clear(),
            "Key result 1.2 is dropped: Trials",
            "放弃关键结果 1.2：Trials",
            true,
        ),
        (
            |new| result(new).shares.clear(),
            "Marketing takes no share of key result 1.2 any more",
            "市场不再承担关键结果 1.2 的份额",
            true,
        ),
        (
            |new| said(new).need = "They want more".to_owned(),
            "The words for “Why would they want and buy it?” have changed",
            "“客户为什么想要并愿意购买？”的内容有变化",
            true,
        ),
        (
            |new| said(new).worth = "More".to_owned(),
            "The words for “What is it worth to the company?” have changed",
            "“对公司有什么价值？”的内容有变化",
            true,
        ),
        (
            |new| said(new).vision = "Look".to_owned(),
            "The words for “Vision” have changed",
            "“愿景”的内容有变化",
            false,
        ),
        (
            |new| {
                let (mkt, sal) = (new.parts[0].id, new.parts[1].id);
                new.duties[0].letters = letters(&[(sal, Letter::Accountable), (mkt, Letter::Responsible)]);
            },
            "Sales answers for “Price list” instead of Marketing",
            "“价格表”由销售负责，原为市场",
            true,
        ),
        (|new| new.parts.truncate(1), "Sales does not take part any more", "销售退出项目", true),
        (
            |new| new.stages[0].ends_on = date(2027, 3, 12),
            "The gate of A1 Launch is planned for 12 Mar 2027 instead of 1 Mar 2027",
            "A1 上市的评审关口由2027年3月1日改为2027年3月12日",
            false,
        ),
        (
            |new| new.launches_on = None,
            "The launch is planned for no day instead of 4 Jan 2027",
            "上市日由2027年1月4日改为未定",
            false,
        ),
        (
            |new| new.stages[0].rules.clear(),
            "The gate of A1 Launch does not ask for this any more: Charter approved",
            "A1 上市的评审关口不再要求：立项书获批",
            false,
        ),
        (
            |new| new.meetings[0].minutes = Some(45),
            "“Agile team update” is at another time, or with others",
            "“敏捷小组进展会”的时间或参加人有变化",
            false,
        ),
        (
            |new| new.parts[1].speaker = "Dan".to_owned(),
            "Dan speaks for Sales instead of Su Qing",
            "销售的联络人由 Su Qing 改为 Dan",
            false,
        ),
        (
            |new| new.limits[0].steps.lead = Limit::Hours(4),
            "Price, GTM lead: 4 working hours instead of 2 working days",
            "价格，GTM 负责人：由 2 个工作日改为 4 个工作小时",
            false,
        ),
    ];
    for (change, en, zh, asks) in cases {
        let (english, chinese, again) = told(change);
        assert_eq!((english, chinese, again), (vec![en.to_owned()], vec![zh.to_owned()], asks));
    }
}

fn said(content: &mut Content) -> &mut Texts {
    content.strategy.as_mut().unwrap()
}

#[test]
fn nothing_differs_from_itself_and_a_colour_is_no_change() {
    let (lines, _, again) = told(|_| ());
    assert!(lines.is_empty() && !again);
    assert!(told(|new| new.parts[0].colour = 9).0.is_empty());
}

#[test]
fn changes_stand_in_their_sections_and_texts_beside_each_other() {
    let old = content();
    let mut new = old.clone();
    new.stages[0].ends_on = date(2027, 3, 12);
    said(&mut new).audience = "Small teams of brands".to_owned();
    new.words = occurring_in(&["NPS"]);
    let groups = grouped(EN, &between(&old, &new));
    let titles: Vec<(&str, &str, bool)> =
        groups.iter().map(|group| (group.title.as_str(), group.href.as_str(), group.matters)).collect();
    assert_eq!(
        titles,
        [
            ("2. Three questions: sold to whom, what need, why us", "#s-2", true),
            ("7. Stages, gates and dates", "#s-7", false),
            ("10. Word list", "#s-10", false),
        ]
    );
    let (before, after) = groups[0].lines[0].compared.clone().unwrap();
    let changed = |runs: &[crate::goals::strategy::differences::Run]| -> String {
        runs.iter().filter(|run| run.is_changed).map(|run| run.text.as_str()).collect()
    };
    assert_eq!((changed(&before).as_str(), changed(&after).as_str()), ("Teams", "Small teams"));
}

#[test]
fn a_dropped_objective_takes_its_key_results_along() {
    let (lines, chinese, again) = told(|new| new.objectives.clear());
    assert_eq!(lines, ["Objective 1 is dropped: Launch", "Key result 1.2 is dropped: Trials"]);
    assert_eq!(chinese, ["放弃目标 1：Launch", "放弃关键结果 1.2：Trials"]);
    assert!(again);
}

#[test]
fn a_new_key_result_comes_with_its_shares() {
    let new = content();
    let mut old = new.clone();
    old.objectives[0].key_results.clear();
    let lines: Vec<String> = between(&old, &new).iter().map(|change| change.line(EN).words).collect();
    assert_eq!(lines, ["Key result 1.2 is new: Trials", "Marketing takes a share of key result 1.2 now"]);
}

#[test]
fn shares_of_a_ratio_say_how_many_of_how_many() {
    let scale = Scale {
        measure: Measure::Ratio,
        unit_kind: UnitKind::Percent,
        unit: "customers".to_owned(),
        base_unit: "trials".to_owned(),
        decimals: 1,
    };
    let cell = Cell { month: date(2027, 1, 1), amount: 12, base: 120 };
    assert_eq!(share(EN, &scale, &cell), "12 of 120");
    assert_eq!(share(ZH, &scale, &cell), "12/120");
}

#[test]
fn what_is_kept_is_read_back_and_an_older_shape_too() {
    let content = content();
    let kept = serde_json::to_value(&content).unwrap();
    assert_eq!(serde_json::from_value::<Content>(kept).unwrap(), content);
    let older: Content = serde_json::from_str("{}").unwrap();
    assert_eq!(older, Content::default());
    assert_ne!(content.fingerprint(), older.fingerprint());
    assert_eq!(content.fingerprint(), content.clone().fingerprint());
}
