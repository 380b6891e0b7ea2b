# 项目设置。
project-settings-name = 名称
project-settings-summary = 简介
project-settings-summary-hint = 名称下方的一行：是什么，给谁用。
project-settings-visibility = 谁可以看到项目
project-settings-visibility-organisation = 组织内所有人
project-settings-visibility-organisation-hint = 没有席位的同事可以阅读。外部人员始终不可见。
project-settings-visibility-seats = 仅限有席位的人
project-settings-visibility-seats-hint = 以及管理员。其他人不会知道项目存在。
project-settings-quorum = 法定人数
project-settings-save = 保存设置
project-settings-saved = 设置已保存
project-settings-dates = 日期
project-settings-starts = 开始
project-settings-launches = 上市
project-settings-change-dates = 更改日期
project-settings-dates-hint = 保存之前，你会看到将要移动的每个阶段和任务。
project-settings-tier = 上市级别
project-settings-tier-1-reason = 模板中的全部事项都纳入计划。
project-settings-tier-2-reason = 略去了只有旗舰上市才需要的事项。
project-settings-tier-3-reason = 只保留每次上市都需要的事项。
project-settings-tier-fixed = 级别在创建项目时决定了分工和任务，之后不再更改。可单独添加或放弃个别分工和任务。
project-settings-end = 结束项目
project-settings-is-archived = 项目已归档，只能阅读，不能更改。
project-settings-archive-title = 归档{ $name }？
project-settings-archive-text = 归档后的项目只能阅读，不能更改。
project-settings-archive-effect-read = 任何人都不能再更改任务、上报、席位或设置。
project-settings-archive-effect-tasks = { $count ->
    [0] 没有未完成的任务。
   *[other] { $count } 个未完成任务将从执行人的列表中移出。
}
project-settings-archive-effect-back = GTM 负责人或管理员可以随时恢复。
project-settings-archive-button = 归档项目
project-settings-archived = 项目已归档
project-settings-restore-title = 恢复 { $name }？
project-settings-restore-text = 恢复后项目重新进行，可以更改。
project-settings-restore-effect = { $count ->
    [0] 没有未完成的任务。
   *[other] { $count } 个未完成任务将回到执行人的列表。
}
project-settings-restore-button = 恢复项目
project-settings-restored = 项目已恢复
project-settings-error-name-missing = 请填写项目名称
project-settings-error-name-long = 最多 120 个字符
project-settings-error-summary = 最多 500 个字符
project-settings-error-quorum-number = 请填写整数
project-settings-error-quorum = { $seats ->
    [0] 委员会还没有可表决的委员。请先添加委员，或填 0
   *[other] 请填写 0 到 { $seats } 之间的数字，即委员会有表决权的人数
}
project-settings-conflict = 你打开期间，设置已被他人修改。
project-settings-conflict-field = { $label }现为：{ $value }
project-settings-conflict-next = 你输入的内容保留在下方。保存即替换对方的修改。

# 移动项目日期
dates-title = 更改日期
dates-start-now = { $day }开始。
dates-launch-now = { $day }上市。
dates-none = 计划的日期已经开始
dates-none-text = 上市和开始日期在当天之前可以移动。单个任务和里程碑可在各自页面移动。
dates-back = 返回设置
dates-anchor = 固定哪一天
dates-anchor-launch = 上市
dates-anchor-start = 开始
dates-launch = 新的上市日期
dates-date = 新的日期
dates-hint = 按组织的工作日和节假日计算。
dates-preview = 查看变动
dates-moves = 将要移动的内容
dates-nothing = 没有阶段、任务或里程碑移动。
dates-stages = 移动的阶段
dates-stage = 阶段
dates-work = 移动的任务和里程碑
dates-task = 任务或里程碑
dates-before = 现在
dates-after = 之后
dates-shift = 变动
dates-count = { $count } 个任务和里程碑
dates-span = { $from } – { $to }
dates-later = { $count ->
    [0] 日期不变
   *[other] 推迟 { $count } 个工作日
}
dates-earlier = 提前 { $count } 个工作日
dates-milestone = 里程碑
dates-rule = 未完成的任务随所在阶段移动相同的工作日；今天及以后到期的任务不会移到今天之前。已完成的任务和阶段不动。最初约定的日期会保留，以便看出延期。
dates-starts-in-past = 计划将从 { $day }开始，这一天已过：最初的任务会立即逾期。
dates-stays = 未归入阶段的里程碑保持原日期。如果与上市挂钩，请单独移动：
dates-keeps = { $day }：{ $title }
dates-apply = 移动这些日期
dates-moved = { $moved ->
    [0] 日期已保存，其他内容没有移动
   *[other] 日期已保存，移动了 { $moved } 个阶段、任务和里程碑
}
dates-stale = 在你查看之后内容有变动。请重新确认，再移动日期。
dates-error-missing = 请选择日期
dates-error-launch-has-begun = 上市已经开始，不能再移动
dates-error-has-begun = 第一阶段已经开始，不能再移动
dates-error-too-early = 上市前的阶段放不下。请选择 { $day }或更晚
