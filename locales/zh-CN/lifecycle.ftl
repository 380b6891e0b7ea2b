# Making a project
project-new-title = 新建项目
project-new-intro = Tutti 会排好阶段、评审关口、任务和分工表。发布之前都是草稿，之后也可以随时修改。
project-new-basics = 基本信息
project-new-name = 项目名称
project-new-name-hint = 使用上市当天大家看到的产品名称。
project-new-name-missing = 请输入项目名称
project-new-name-long = 请将名称缩短到 { $longest } 个字符以内
project-new-key = 代号
project-new-key-hint = 根据名称自动填写；2 到 6 位大写字母或数字，用作任务编号的前缀。
project-new-key-wrong = 请输入 2 到 6 位大写字母或数字，以字母开头
project-new-key-taken = { $key } 已被其他项目使用，{ $suggestion } 可用
project-new-key-gone = { $key } 刚刚被占用，请换一个代号
project-new-launch = 目标上市日期
project-new-launch-hint = 阶段和任务由此倒排。
project-new-start = 或开始日期
project-new-start-hint = 两个日期只填一个。
project-new-dates-missing = 请填写上市日期或开始日期
project-new-dates-both = 上市日期和开始日期只能填写一个
project-new-date-wrong = 请按 2027-01-12 的格式填写日期
project-new-date-far = 请填写 { $latest } 之前的日期
project-new-launch-past = 上市日期必须晚于今天（{ $today }）
project-new-start-past = 请填写 { $earliest } 之后的开始日期
project-new-tier = 上市级别
project-new-tier-hint = 级别越低，任务和评审规则越少。
project-tier-flagship = 1 · 旗舰
project-tier-major = 2 · 重点
project-tier-routine = 3 · 常规
project-new-lead-missing = 请选择项目负责人
project-new-me = { $name }（你）
project-new-person-title = { $name }，{ $title }
project-new-blueprint = 模板
project-new-blueprint-hint = 包含阶段、评审关口、部门和分工表。
project-new-counts = { $stages } 个阶段，{ $gates } 个评审关口，{ $tasks ->
    [0] 不含任务
   *[other] 最多 { $tasks } 项任务
}
project-new-departments = 部门
project-new-departments-hint = 每个部门由一位联络人代表。未勾选部门的工作由后续接手的部门承担。
project-new-liaison-for = { $department }联络人
project-new-liaison-missing = 请为{ $department }选择联络人，或取消勾选
project-new-liaison-in = { $count ->
    [0] 空闲
   *[other] 参与 { $count } 个项目
}
project-new-absent = 你的组织没有此部门，其工作由{ $department }承担
project-new-choose-person = 选择人员
project-new-leave-empty = 留空
project-new-committee = 决策委员会
project-new-committee-hint = 决定评审关口，以及部门与负责人无法解决的分歧。
project-new-committee-legend = 委员会席位与主席
project-new-chair = 主席
project-new-chair-missing = 请选择委员会主席
project-new-chair-guest = { $name } 是外部人员，只能担任顾问；请选择同事担任主席
project-new-seat-unknown = 请选择组织内的人员
project-new-seat-twice = { $name } 已有委员会席位
project-new-seat-guest = { $name } 是外部人员，请安排为外部专家或种子用户
project-new-quorum = 法定人数
project-new-quorum-hint = 表明意见的成员达到此人数后才能记录决议。留空则为表决席位的一半。
project-new-quorum-wrong = 请输入 1 到 { $most } 之间的法定人数
project-new-create = 创建项目
project-new-update = 更新概要
project-new-made-already = 这份表单已经建过 { $key }，没有重复创建。如需另建项目，请换一个名称或代号。
project-new-made = { $key } 已建为草稿，确认无误后即可发布。
project-new-summary = 将创建的内容
project-new-untitled = 未命名项目
project-new-launches = { $date }上市，{ $days ->
    [0] 即今天
   *[other] 还有 { $days } 天
}
project-new-no-date = 尚无上市日期
project-new-span = { $from } – { $to }
project-new-sum-tasks = 任务
project-new-sum-gates = 评审关口
project-new-sum-stages = 阶段
project-new-sum-parts = 各部门任务数
project-new-no-committee = 尚未设立
project-new-committee-seats = { $seats } 个席位，法定人数 { $quorum }
project-new-quiet = 发布之前不会通知任何人，任务也不会出现在任何人的列表中。
project-new-warn-past = 上市日期（{ $date }）不在今天之后。
project-new-warn-late = { $stage }应在 { $date }开始。{ $late ->
    [0] 目前没有任务逾期。
   *[other] { $late } 项任务一开始就会逾期。
}
project-new-warn-committee = 没有委员会，以下需要其决议的评审关口无法通过：{ $gates }。
project-new-warn-alone = 没有部门参与，所有工作由负责人承担。

# Gates
gate-milestone = 评审关口 { $code }：{ $stage }
gate-launch-day = 上市日
gate-gates = 评审关口
gate-stage = { $code } { $stage }
gate-stage-passed = 已通过
gate-stage-current = 当前阶段
gate-stage-ahead = 未开始
gate-open = 可以通过
gate-closed = 未开放
gate-closed-by = 未放行：{ $rules } 条必须满足的规则不成立
gate-held = { $decision } 决定：{ $until } 前不开放
gate-waived = 已豁免
gate-waived-by = 由 { $decision } 豁免，{ $until } 前有效（含当日）
gate-carried = 关口 { $stage } 依 { $decision } 豁免此条通过，豁免已于 { $until } 到期
gate-changed-by = 变更依据：
gate-not-begun = 本阶段尚未开始
gate-missing = 还缺什么
gate-passed-on = { $moment }通过
gate-started-on = { $moment }开始
gate-spared = 另有 { $rules } 条不成立，但不影响放行
gate-rules-hold = { $total } 条规则中 { $done } 条成立
gate-holds = 成立
gate-does-not-hold = 不成立
gate-waits-for-word = 待负责人确认
gate-blocking = 必须满足
gate-warning = 仅提醒
gate-liaisons-all = 每个部门都有联络人
gate-liaisons-missing = 尚无联络人：{ $departments }
gate-items-none = 本项目不含这些事项
gate-items-done = 必须完成的事项：已完成 { $done }/{ $total }
gate-evidence-done = 本阶段作为关口依据的事项：已完成 { $done }/{ $total }
gate-asks-items = 相关事项均已完成
gate-asks-evidence = 本阶段作为关口依据的事项均已完成
gate-asks-go = 委员会已表决推进
gate-asks-decision = 委员会已就{ $kind }作出决议
gate-goals-written = 目标 { $objectives } 个，关键结果 { $key_results } 个
gate-goals-split = 已完整分解的关键结果：{ $done }/{ $total }
gate-goals-no-objective = 尚未设定目标
gate-goals-no-key-result = 目标 { $objective } 尚无关键结果
gate-goals-nothing-to-split = 尚无关键结果
gate-goals-left = KR{ $place }：{ $left }
gate-asks-objectives = 有 1 至 3 个目标，每个目标有 1 至 3 个关键结果
gate-asks-split = 每个关键结果均已完整分解
gate-together = 满足以下条件时成立：{ $words }
gate-and = { $first }，且{ $second }
gate-or = { $first }，或{ $second }
gate-in-brackets = （{ $words }）
gate-not-enough = 未达标
gate-item-without-task = { $title }：尚无任务
gate-decision-found = 委员会关于{ $kind }的决议，{ $moment }：
gate-decision-voted-go = 委员会已表决推进，且达到法定人数，{ $moment }：
gate-decision-no-go = 决议为不推进，{ $moment }，关口保持关闭：
gate-decision-without-vote = 推进决议于 { $moment } 登记，但未经表决。上报后由委员会表决并达到法定人数，才算数：
gate-decision-missing = 尚无委员会关于{ $kind }的决议
gate-decision-missing-within = 最近 { $days } 天没有委员会关于{ $kind }的决议
gate-decision-go = 是否上市
gate-decision-price = 价格
gate-decision-quarter-review = 季度评审
gate-decision-change = 超出变更预算的变更
gate-decision-break-even = 盈亏平衡
gate-asked = { $label }：{ $wanted }
gate-at-least = 至少 { $value }
gate-at-most = 至多 { $value }
gate-more-than = 超过 { $value }
gate-exactly = 恰为 { $value }
gate-between = { $from } 至 { $to }
gate-unit-days = { $value } 天
gate-unit-points = { $value } 分
gate-yes = 是
gate-no = 否
gate-choose = 请选择
gate-never-attested = 尚无人确认。由 GTM 负责人填写数值并附上依据链接。
gate-attested-by = { $name }，{ $moment }
gate-evidence-link = 依据
gate-attest = 确认
gate-attest-button = 提交确认
gate-evidence = 依据链接
gate-evidence-hint = 可以查证的页面、文件或看板
gate-enter-number = 请输入数字
gate-choose-yes-or-no = 请选择是或否
gate-enter-link = 请输入以 https:// 开头的链接
gate-attested = 已确认，满足规则。
gate-attested-not-enough = 已确认，尚未满足规则。
gate-empty-title = 此阶段没有评审规则
gate-empty-text = 工作完成后即可结束此阶段。
gate-pass-heading = 结束此阶段
gate-pass-text = 所有必须满足的规则均成立。通过后结束本阶段，并开始 { $next }。
gate-pass-last-text = 所有必须满足的规则均成立。这是最后一个阶段，之后可以归档项目。
gate-pass = 通过关口并开始下一阶段
gate-pass-last = 通过最后一个关口
gate-passed-next = 评审关口 { $code } 已通过，{ $next }已开始。
gate-passed-last = 评审关口 { $code } 已通过。这是最后一个关口，可在设置中归档项目。
gate-refused-held = { $decision } 决定暂缓放行：{ $until } 之前不能通过
gate-refused-draft = 请先发布项目，第一个阶段随之开始
gate-refused-archived = 项目已归档
gate-refused-ahead = 前面的阶段尚未结束，请先通过其评审关口
gate-refused-passed = 此关口已通过
gate-refused-closed = 还有 { $rules } 条必须满足的规则不成立

# Publishing
publish-title = 发布{ $name }？
publish-text = 发布后，计划对所有相关人员生效，之后仍可继续修改。
publish-tasks = { $tasks ->
    [0] 暂时没有任务进入任何人的列表。
   *[other] { $tasks } 项任务将进入 { $people } 人的列表。
}
publish-unheld = { $tasks } 项任务还没有执行人，不会出现在任何人的清单中。
publish-late = { $tasks } 项任务已经逾期：截止日期早于今天。
publish-move-dates = 先调整日期
publish-lists = 任务将出现在谁的清单中
publish-person = 人员
publish-person-tasks = 任务
publish-person-late = 已逾期
publish-stage = 第一个阶段开始。
publish-stage-later = 第一个阶段将于 { $date } 开始。
publish-seen = 有权查看的人从现在起都能看到项目。
publish-button = 发布项目
publish-done-early = { $name } 已发布，第一个阶段将于 { $date } 开始。
publish-done = { $name } 已发布，第一个阶段已开始。
