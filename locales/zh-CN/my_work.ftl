# 我的工作：一个人在所有项目中的任务，以及别人在等他做的事。
my-work-speaks = 你是 { $departments } 的联络人，参与 { $count ->
   *[other] { $count } 个项目
}
my-work-late = 已逾期
my-work-today = 今天
my-work-week = 本周
my-work-later = 以后
my-work-empty = 你没有任务
my-work-empty-hint = 有人在进行中的项目里把任务交给你后，会显示在这里。
my-work-reviewed = 今天已确认
my-work-set-date = 设定日期
# 读屏软件在任务标题之前朗读。
my-work-status-of = 状态：
my-work-due-of = 截止日期：
my-work-move-due = 修改截止日期：
my-work-mark-done = 标为已完成：
my-work-change-reason = 修改原因
my-work-waits-for-part = 等待{ $department }
my-work-confirm = { $count ->
   *[other] 确认 { $count } 项任务正常
}
my-work-confirm-hint = 今天尚未确认，且未逾期、未受阻的任务
# 任务标题，只列出前几项。
my-work-left-out = 已逾期或受阻，需要逐项更新：{ $tasks }
my-work-quoted = “{ $task }”
my-work-and-more = { $count ->
   *[other] { $tasks }，另有 { $count } 项
}
my-work-all-confirmed = 今天已确认全部任务
my-work-save = 仅保存修改
my-work-save-all = 保存修改
my-work-form-hint-both = 两个按钮都会保存你的修改。
my-work-form-hint = 受阻任务未填等待方时，视为等待项目以外的人。
my-work-conflict = 未保存：在你查看之后有人修改了这项任务。
my-work-theirs = 目前是
my-work-yours = 你想改为
my-work-use-mine = 仍然修改
my-work-keep-theirs = 保持不变
my-work-gone = { $count ->
   *[other] 未保存：你修改的 { $count } 项任务已不归你负责。其余任务的填写内容已保留。
}
my-work-part-unknown = 请选择参与此项目的部门
my-work-no-date = 请使用 2026-11-20 这样的日期
my-work-not-allowed = 只有所属部门和 GTM 负责人可以这样修改“{ $task }”
my-work-nothing-to-save = 没有需要保存的内容
my-work-moved = “{ $task }”现为：{ $status }。
my-work-due = “{ $task }”的截止日期现为 { $day }。
my-work-no-due = “{ $task }”现在没有截止日期。
my-work-saved = { $count ->
   *[other] 已保存 { $count } 处修改。
}
my-work-confirmed = { $count ->
   *[other] 已确认 { $count } 项任务正常。
}
my-work-not-confirmed = { $count ->
   *[other] { $count } 项任务在你查看之后有变化，未确认。
}
my-work-others = 别人在等的事
my-work-nobody-waits = 没有人在等你
my-work-nobody-waits-hint = 需要你处理的问题、受阻任务和投票会显示在这里。
my-work-answers = 等我回复
my-work-decisions = 等我投票
my-work-views = 等我提供意见
my-work-asked = 向你提问
my-work-blocked = 受阻，在等你
my-work-position = 尚缺你方立场
my-work-raiser = 回答提问：在你回答之前计时暂停
my-work-settle = 已上报给你（GTM 负责人）
my-work-vote = 已提交委员会
my-work-decide = 等你作出决定
my-work-advise = 请你提供意见
my-work-answer = 回复
my-work-open-task = 打开任务
my-work-open-escalation = 打开上报
my-work-open-decision = 打开决议
my-work-review = 决议到期复审：是否维持
my-work-write-position = 填写立场
my-work-compare = 比较并投票
my-work-i-wait-for = 我在等
my-work-offer = 对方提议改期
my-work-offer-of = 对方提议 { $offered }，你希望 { $wanted }
my-work-open-request = 查看请求
my-work-owes-answer = 待对方答复
my-work-promised = 对方已承诺
my-work-confirm-offer = 对方提出了解决方案，待你确认
my-work-agree = 与对方达成一致，或提交负责人
my-work-escalate = 对方两次未同意，可提交上报
my-work-new-day = 上报已结束，请填写商定的日期
my-work-over-budget = 等待变更额度
my-work-request = 请你部门协作
# 邮件链接打开的页面
my-work-letter-sub = { $day } · { $name }
my-work-letter-until = 此链接只能打开你的任务，{ $moment }前有效。
my-work-letter-sign-in = 登录查看更多
my-work-answer-change = 待你答复需求变更
my-work-open-change = 查看变更
my-work-size-change = 待你评估变更工作量
my-work-assign = 还没有执行人，请指派
my-work-assign-several = 你所在部门有{ $count }项任务没有执行人，最早的是
my-work-rulings = 等我决定
my-work-figures = 填报{ $month }实际数据，共 { $count } 项
my-work-enter-figures = 填报数据
my-work-playbook = 阅读行动手册第 { $number } 版
my-work-open-playbook = 打开手册
my-work-sign-off = 签批目标
