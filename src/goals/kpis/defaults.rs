//! What a department may begin with: two or three indicators that fit what it does.

use super::model::Better::{self, Down, Up};
use crate::{
    goals::figures::UnitKind::{self, Money, Number, Percent},
    platform::locale::T,
};

/// An indicator to begin with.
#[derive(Clone, Copy, Debug)]
pub struct Default {
    /// What is watched.
    en: &'static str,
    zh: &'static str,
    /// In numbers, money or percent.
    pub unit_kind: UnitKind,
    /// What is counted, where it is a number.
    unit_en: &'static str,
    unit_zh: &'static str,
    /// Which way is good.
    pub better: Better,
}

impl Default {
    /// What is watched.
    #[must_use]
    pub fn title(&self, t: T) -> &'static str {
        if t.is_chinese() { self.zh } else { self.en }
    }

    /// What is counted.
    #[must_use]
    pub fn unit(&self, t: T) -> &'static str {
        if t.is_chinese() { self.unit_zh } else { self.unit_en }
    }
}

const fn counted(name: [&'static str; 2], unit: [&'static str; 2], better: Better) -> Default {
    let ([en, zh], [unit_en, unit_zh]) = (name, unit);
    Default { en, zh, unit_kind: Number, unit_en, unit_zh, better }
}

const fn percent(name: [&'static str; 2]) -> Default {
    let [en, zh] = name;
    Default { en, zh, unit_kind: Percent, unit_en: "", unit_zh: "", better: Up }
}

const fn money(name: [&'static str; 2], better: Better) -> Default {
    let [en, zh] = name;
    Default { en, zh, unit_kind: Money, unit_en: "", unit_zh: "", better }
}

type Group = (&'static [&'static str], &'static [Default]);

const GROUPS: [Group; 13] = [
    (
        &["PM", "LEAD"],
        &[
            percent(["PMF score", "PMF 得分"]),
            percent(["Feature adoption", "功能采用率"]),
            percent(["Feedback closed on time", "反馈按时关闭率"]),
        ],
    ),
    (
        &["RND", "DEV"],
        &[
            percent(["Baseline items on time", "基线事项准时率"]),
            counted(["Severity-1 defects open", "一级缺陷数"], ["defects", "个"], Down),
            counted(["Change days absorbed", "消化变更人天"], ["days", "人天"], Down),
        ],
    ),
    (
        &["PMM"],
        &[
            percent(["Enablement certified", "赋能认证率"]),
            percent(["Win rate against named rivals", "对标竞品赢单率"]),
            percent(["Asset use", "物料使用率"]),
        ],
    ),
    (
        &["MKT"],
        &[
            counted(["Qualified leads or sign-ups", "合格线索或注册数"], ["leads", "条"], Up),
            money(["Cost per qualified lead", "单条合格线索成本"], Down),
            percent(["Lead acceptance rate", "线索接受率"]),
        ],
    ),
    (
        &["SAL", "ECOM"],
        &[
            money(["New revenue", "新增收入"], Up),
            percent(["Leads first touched in time", "线索首触达标率"]),
            percent(["Conversion", "转化率"]),
        ],
    ),
    (
        &["CS", "SVC", "ITOPS"],
        &[
            counted(["First response time", "首次响应时长"], ["hours", "小时"], Down),
            counted(["Activation or repair turnaround", "激活或维修时效"], ["days", "天"], Down),
            counted(["NPS", "NPS"], ["points", "分"], Up),
        ],
    ),
    (
        &["FIN"],
        &[
            counted(["Break-even forecast", "盈亏平衡预测"], ["months", "个月"], Down),
            Default { better: Down, ..percent(["Budget variance", "预算偏差"]) },
            counted(["CAC payback", "获客回本周期"], ["months", "个月"], Down),
        ],
    ),
    (
        &["SCM", "MFG", "QA"],
        &[
            percent(["Stock in place", "到货率"]),
            percent(["First-pass yield", "直通率"]),
            Default { better: Down, ..percent(["Cost against target", "成本达成"]) },
        ],
    ),
    (
        &["BIZ", "KU"],
        &[
            percent(["Weekly active share", "周活占比"]),
            counted(["Time saved", "节省工时"], ["hours", "小时"], Up),
            percent(["Old way closed", "旧方式停用率"]),
        ],
    ),
    (
        &["TRN", "COMM"],
        &[
            percent(["Trained share", "培训覆盖率"]),
            percent(["Quiz pass rate", "测验通过率"]),
            percent(["Reach", "触达率"]),
        ],
    ),
    (
        &["DES", "UX", "ID"],
        &[
            percent(["Designs delivered on time", "设计按时交付率"]),
            counted(["Usability findings open", "未解决的可用性问题数"], ["findings", "个"], Down),
        ],
    ),
    (
        &["OPS"],
        &[
            percent(["Orders handled on time", "订单按时处理率"]),
            counted(["Time from order to delivery", "从下单到交付的时长"], ["days", "天"], Down),
        ],
    ),
    (
        &["LEG"],
        &[
            percent(["Reviews answered on time", "审核按时答复率"]),
            counted(["Time to close a contract", "合同办结时长"], ["days", "天"], Down),
        ],
    ),
];

/// Those that fit a department, by its code; none for one that we know nothing about.
#[must_use]
pub fn of(code: &str) -> &'static [Default] {
    GROUPS.iter().find(|(codes, _)| codes.contains(&code)).map(|(_, fitting)| *fitting).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{goals::kpis::model::TITLE, platform::locale::Language};

    #[test]
    fn each_known_department_has_two_or_three_in_both_languages() {
        let mut seen = std::collections::HashSet::new();
        for (codes, fitting) in &GROUPS {
            for code in *codes {
                assert!(seen.insert(*code), "{code} twice");
                assert!((2..=super::super::model::AT_MOST).contains(&of(code).len()), "{code}");
            }
            for one in *fitting {
                for t in [Language::English, Language::Chinese].map(T) {
                    assert!((1..=TITLE).contains(&one.title(t).chars().count()), "{one:?}");
                    assert_eq!(one.unit(t).is_empty(), one.unit_kind != Number, "{one:?}");
                }
            }
        }
        assert!(of("XYZ").is_empty(), "of others nothing is known");
    }
}
