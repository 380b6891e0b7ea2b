//! The word list: what the short words of a project mean; pure. A playbook lists those that it uses, and a few that every page does.

use crate::platform::locale::Bilingual;
use serde::{Deserialize, Serialize};

/// A word with its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// The word.
    pub term: Bilingual,
    /// What it means.
    pub means: Bilingual,
}

/// A word as the list keeps it.
struct Known {
    term: [&'static str; 2],
    means: [&'static str; 2],
    /// How else it is written, in any language.
    also: &'static [&'static str],
    /// In every list.
    is_always: bool,
}

const fn word(term: [&'static str; 2], means: [&'static str; 2], also: &'static [&'static str]) -> Known {
    Known { term, means, also, is_always: false }
}

const fn always(term: [&'static str; 2], means: [&'static str; 2]) -> Known {
    Known { term, means, also: &[], is_always: true }
}

#[rustfmt::skip]
const KNOWN: &[Known] = &[
    always(["GTM", "GTM"], ["Go to market: everything from the first idea to paying customers", "Go to Market，产品上市：从第一个想法到客户付费的全过程"]),
    always(["OKR", "OKR"], ["Objectives and key results: what we want, and the figures by which we know", "目标与关键结果：我们要什么，用哪些数字来衡量"]),
    always(["KPI", "KPI"], ["A figure that a department watches all the time, apart from the goals", "部门长期关注的运行指标，独立于目标"]),
    always(["RACI", "RACI"], ["Who does it (R), who answers for it (A), who is asked before (C), who is told after (I)", "谁执行（R）、谁负责（A）、事前咨询谁（C）、事后告知谁（I）"]),
    always(["PMF", "PMF"], ["Product-market fit: enough users would miss the product", "产品与市场匹配：足够多的用户离不开这个产品"]),
    word(["ARR", "ARR"], ["Annual recurring revenue: what running contracts bring in a year", "年度经常性收入：现有合同一年带来的收入"], &["年度经常性收入"]),
    word(["MRR", "MRR"], ["Monthly recurring revenue: what running contracts bring in a month", "月度经常性收入：现有合同一个月带来的收入"], &["月度经常性收入"]),
    word(["CAC", "CAC"], ["Customer acquisition cost: what winning one customer costs", "获客成本：赢得一个客户的花费"], &["获客成本"]),
    word(["LTV", "LTV"], ["Lifetime value: what a customer brings in all the time they stay", "客户终身价值：一个客户在整个使用期内带来的收入"], &["终身价值"]),
    word(["NPS", "NPS"], ["Net promoter score: those who would recommend us minus those who would not", "净推荐值：愿意推荐的比例减去不愿推荐的比例"], &["净推荐值"]),
    word(["MQL", "MQL"], ["Marketing-qualified lead: marketing thinks it worth a call", "市场合格线索：市场部门认为值得跟进的线索"], &["市场合格线索"]),
    word(["SQL", "SQL"], ["Sales-qualified lead: sales has talked to them and goes on", "销售合格线索：销售沟通后决定继续推进的线索"], &["销售合格线索"]),
    word(["SLA", "SLA"], ["Service level agreement: how quickly we promise to answer or to mend", "服务等级协议：我们承诺的响应与修复时限"], &["服务等级"]),
    word(["MVP", "MVP"], ["Minimum viable product: the least that is worth trying out", "最小可行产品：值得试用的最小版本"], &["最小可行产品"]),
    word(["BOM", "BOM"], ["Bill of materials: every part of a device and what it costs", "物料清单：设备的全部零件及其成本"], &["物料清单"]),
    word(["EVT", "EVT"], ["Engineering validation test: does it work at all?", "工程验证测试：能不能工作"], &[]),
    word(["DVT", "DVT"], ["Design validation test: does it work as designed?", "设计验证测试：是否符合设计要求"], &[]),
    word(["PVT", "PVT"], ["Production validation test: can it be made in numbers?", "生产验证测试：能不能批量生产"], &[]),
    word(["UAT", "UAT"], ["User acceptance test: those who will use it say whether it does", "用户验收测试：由使用者确认是否可用"], &["用户验收"]),
    word(["CRM", "CRM"], ["The system in which sales keeps customers and talks", "客户关系管理系统：销售记录客户与商机的系统"], &[]),
    word(["SEO", "SEO"], ["Search engine optimisation: being found in search results", "搜索引擎优化：让搜索结果更容易找到我们"], &[]),
    word(["SKU", "SKU"], ["One kind of thing that is sold and counted by itself", "最小存货单位：单独销售和计数的一种商品"], &[]),
    word(["ROI", "ROI"], ["Return on investment: what comes back for what was spent", "投资回报率：投入带来的回报"], &["投资回报"]),
    word(["go / no-go", "上市放行"], ["The committee’s answer whether the launch may begin", "决策委员会对能否上市的答复"], &["go-no-go", "Go or no-go", "go/no-go", "放行"]),
    word(["churn", "流失"], ["Customers who leave, as a share of all", "离开的客户占全部客户的比例"], &["churned", "流失率"]),
    word(["funnel", "漏斗"], ["The steps from first contact to purchase, fewer people at each", "从初次接触到购买的各个步骤，人数逐步减少"], &["转化漏斗"]),
    word(["break-even", "盈亏平衡"], ["When what came in has paid for what was spent", "累计收入抵回累计支出的时点"], &["breakeven", "break even"]),
    word(["baseline", "基线"], ["What was agreed at a time, against which later changes are seen", "某一时点的约定，之后的变化以它为准"], &["baselined", "需求基线"]),
    word(["gate", "关口"], ["What has to hold before the next stage begins", "进入下一阶段之前必须满足的条件"], &["评审关口"]),
    word(["pilot", "试点"], ["A first use by a few, before everybody gets it", "先由少数人使用，再推广到所有人"], &["试运行"]),
    word(["positioning", "定位"], ["What the product shall stand for in the heads of those who buy it", "希望产品在购买者心中代表什么"], &[]),
    word(["landing page", "落地页"], ["The page that people reach from an advertisement", "用户点击广告后到达的页面"], &[]),
    word(["onboarding", "新手引导"], ["The first steps of a new user, until the product is of use", "新用户从开始使用到真正用起来的过程"], &["上手引导"]),
    word(["change budget", "变更额度"], ["How much may change after the baseline without the committee", "基线之后无须上报决策委员会即可变更的工作量"], &[]),
    word(["escalation", "上报"], ["A disagreement that goes on to those who can settle it, with a time limit", "把分歧交给能裁定的人，并限时处理"], &["escalate", "escalations"]),
];

/// The words that occur in these texts, in the order of the list.
#[must_use]
pub fn occurring_in(texts: &[&str]) -> Vec<Word> {
    let occurs = |known: &&Known| {
        let mut ways = known.term.iter().chain(known.also);
        known.is_always || ways.any(|way| texts.iter().any(|text| is_in(way, text)))
    };
    let both = |[en, zh]: [&str; 2]| Bilingual { en: en.to_owned(), zh: zh.to_owned() };
    let shown = |known: &Known| Word { term: both(known.term), means: both(known.means) };
    KNOWN.iter().filter(occurs).map(shown).collect()
}

/// Whether a text has a word by itself: capitals as they are, other words in any case; Chinese is written without spaces.
fn is_in(word: &str, text: &str) -> bool {
    let is_name = word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let is_latin = word.is_ascii();
    let (text, word) = match is_latin && !is_name {
        true => (text.to_lowercase(), word.to_lowercase()),
        false => (text.to_owned(), word.to_owned()),
    };
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.match_indices(&word).any(|(at, found)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + found.len()..).and_then(|text| text.chars().next());
        !is_latin || !is_letter(before) && !is_letter(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_word_occurs_by_itself_only() {
        for (word, text, occurs) in [
            ("ARR", "ARR of $1M", true),
            ("ARR", "年度 ARR达到", true),
            ("ARR", "Carry on", false),
            ("ARR", "arr", false),
            ("SQL", "PostgreSQL", false),
            ("churn", "Churn below 3%", true),
            ("churn", "unchurned", false),
            ("gate", "Delegate it", false),
            ("gate", "Gate A1", true),
            ("流失", "降低流失率", true),
            ("break-even", "Break-even in May", true),
            ("é", "é", true),
        ] {
            assert_eq!(is_in(word, text), occurs, "{word} in {text}");
        }
    }

    #[test]
    fn the_list_has_what_occurs_and_what_every_page_uses() {
        let terms = |texts: &[&str]| occurring_in(texts).into_iter().map(|word| word.term.en).collect::<Vec<_>>();
        assert_eq!(terms(&[]), ["GTM", "OKR", "KPI", "RACI", "PMF"]);
        assert_eq!(terms(&["NPS of 40", "降低获客成本"]), ["GTM", "OKR", "KPI", "RACI", "PMF", "CAC", "NPS"]);
    }

    #[test]
    fn each_word_stands_once_and_in_both_languages() {
        let terms: BTreeSet<&str> = KNOWN.iter().map(|known| known.term[0]).collect();
        assert_eq!(terms.len(), KNOWN.len());
        assert!(KNOWN.iter().all(|known| known.term.iter().chain(&known.means).all(|text| !text.is_empty())));
    }
}
