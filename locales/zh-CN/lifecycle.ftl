# Making a project
project-new-title = 新建项目
project-new-intro = Tutti 会排好阶段、评审关口、任务和分工表。发布之前都是草稿，之后也可以随时修改。
project-new-basics = 基本信息
project-new-name = 项目名称
project-new-name-hint = 使用上市当天大家看到的产品名称。
project-new-name-missing = 请输入项目名称
project-new-name-long = 请将名称缩短到 { $longest } 个字符以内
project-new-key = 代号
project-new-key-hint = 2 到 6 位大写字母或数字，用于任务编号，例如 GEO-42。
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
project-new-quorum-hint = 至少需要多少人表决。留空则为表决席位的一半。
project-new-quorum-wrong = 请输入 1 到 { $most } 之间的法定人数
project-new-create = 创建项目
project-new-update = 更新概要
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
