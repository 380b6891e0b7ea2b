# 健康度：系统按规则判定，负责人可另行申报
health-title = 健康度
health-computed = 系统判定
health-declared = 负责人申报
health-reasons = 原因
health-computed-at = { $moment }判定
health-lead-says = 负责人：{ $health }
health-no-reason = 规则所看的各项均无异常。
health-quoted = “{ $note }”
health-said-by = { $name }，{ $moment }
health-differs = 两者自 { $since }起不一致。{ $date }起将列入委员会清单。
health-with-committee = 两者自 { $since }起不一致，已列入委员会清单。

# 原因
health-evidence-overdue = { $items } 项评审关口依据逾期，最久 { $days } 天
health-gate-overdue = 评审关口 { $code } 已超过计划日期 { $days } 天
health-key-result-behind = KR{ $place } 落后于计划：{ $title }
health-key-result-far-behind = KR{ $place } 远落后于计划：{ $title }
health-committee-over = 委员会手中有 { $escalations } 件上报超时未决
health-committee-waits = 有 { $escalations } 件上报等待委员会决定
health-step-over = 联络人或负责人手中有 { $escalations } 件上报已超时

# 规则
health-rule-title = 健康度如何判定
health-rule-lead = 系统依据已记录的数据，对所有项目按同一规则判定：情况变化后一两分钟内更新，每天再全部重算一次。以最严重的一项为准。
health-rule-evidence = 作为评审关口依据的事项逾期：有风险。逾期达 { $items } 项，或其中一项逾期超过 { $days } 天：偏离。
health-rule-gate = 当前阶段超过评审关口的计划日期：有风险。超过 { $days } 天：偏离。
health-rule-escalations = 委员会手中有 { $count } 件或更多上报，或联络人、负责人手中有上报超时：有风险。委员会手中有上报超时：偏离。
health-rule-pace = 关键结果落后超过计划应达进度的十分之一：有风险。超过四分之一：偏离。某月的数据在各部门填齐后计入，最迟在下个月结束时计入。
health-rule-else = 以上都没有：正常。其他逾期或受阻的任务不计入。
health-rule-declared = 负责人可以申报不同的健康度，并用一句话说明理由，两者会同时显示。不一致满 { $days } 天后，列入委员会清单。

# 申报
health-declare = 申报健康度
health-how = 你怎么看这个项目？
health-as-computed = 以系统判定为准：{ $health }
health-note = 理由
health-note-hint = 一句话，最多 { $most } 个字。与系统判定不同时必填。
health-note-missing = 请用一句话说明为什么与系统判定不同
health-note-long = 请控制在 { $most } 个字以内
health-choose = 请选择一项
health-done = 已申报：{ $health }
health-done-computed = 已改为以系统判定为准
health-stale-title = 健康度刚刚有了新的申报
health-stale = 上方显示的是最新情况。你选择和填写的内容已保留，如仍然适用，请再次提交。

# 委员会清单
health-committee-title = 健康度有分歧
health-committee-note = 负责人的申报与系统判定不一致已满 { $days } 天。
health-differs-by = { $name }，自 { $since }起不一致
