# 项目工作的看板与列表。
board-title = 工作
board-view = 视图
board-board = 看板
board-list = 列表
board-region = 按状态排列的任务
board-filter = 筛选任务
board-find = 查找任务
board-apply = 应用
board-clear = 显示全部任务
board-task = 任务
board-department = 部门
board-person = 执行人
board-stage = 阶段
board-milestone = 里程碑
board-due = 截止日期
board-status = 状态
board-group = 分组
board-sort = 排序
board-all-departments = 全部部门
board-anybody = 所有人
board-mine = 我的
board-nobody = 尚无执行人
board-all-stages = 全部阶段
board-all-milestones = 全部里程碑
board-any-date = 任意日期
board-overdue = 已逾期
board-this-week = 本周
board-any-status = 任意状态
board-no-groups = 不分组
board-by-status = 按状态分组
board-by-department = 按部门分组
board-by-stage = 按阶段分组
board-by-person = 按执行人分组
board-sort-due = 按截止日期
board-sort-priority = 按优先级
board-sort-number = 按编号
board-without = 无
board-add = 添加任务
board-new-title = 新任务
board-new-hint = 添加任务：完成时应达成什么？
board-comments = { $count ->
   *[other] 条评论
}
board-waits-for = · 等待{ $department }
board-cut = 仅显示前 { $count } 项任务。缩小筛选范围可查看其余任务。
board-all-done = 全部 { $count } 项已完成
board-empty = 还没有任务
board-empty-hint = 任务来自分工表，也可以在这里逐项添加。
board-nothing-found = 没有符合条件的任务
board-nothing-found-hint = 换一个筛选条件试试。
board-reason = 原因
board-several = 批量修改任务
board-pick = 选择{ $task }
board-pick-all = 选择全部任务
board-one-picked = 已选 1 项任务
board-many-picked = 已选 {"{n}"} 项任务
board-same-status = 状态不变
board-same-person = 执行人不变
board-same-milestone = 里程碑不变
board-no-milestone = 无里程碑
board-same-date = 日期不变
board-shift = 移动截止日期
board-later = { $days ->
   *[other] 推迟 { $days } 天
}
board-earlier = { $days ->
   *[other] 提前 { $days } 天
}
board-new-date = 截止于
board-change = 修改
board-none-picked = 请先选择要修改的任务
board-nothing-chosen = 请先选择要修改的内容
board-already = 任务已是这样
board-changed = { $count ->
   *[other] 已修改 { $count } 项任务
}
board-refused-title = 未作任何修改。
board-refused-text = 所选 { $total } 项任务中有 { $count } 项无法这样修改，因此全部保持原样。
board-refused-why = 原因
board-refused-now = 当前状态
board-refused-day = 日期将超出 2000 年至 2200 年的范围
board-refused-not-allowed = 只有所属部门和 GTM 执行人可以修改
board-refused-stale = 在你查看之后有人修改了它
board-refused-others = { $count ->
   *[other] 修改其余 { $count } 项任务
}
board-refused-again = { $count ->
   *[other] 修改 { $count } 项任务
}
board-refused-back = 返回任务
