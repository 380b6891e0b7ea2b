# 页面框架与各页共用小部件的文字。

# 框架
skip-to-content = 跳到正文
nav-main = 主导航
nav-my-work = 我的工作
nav-projects = 项目
nav-committee = 决策委员会
nav-departments = 部门
nav-administration = 管理
nav-due = { $count } 项逾期或今天到期
nav-waiting = { $count } 项待处理
nav-new-project = 新建项目
account-menu = 账户菜单
account-settings = 设置
account-sign-out = 退出登录
account-language = 语言
theme-label = 颜色
theme-light = 浅色
theme-dark = 深色
theme-system = 跟随系统
door-picture = 八个部门先后开始，在上市日一同完成
door-motto = Tutti，如同一份总谱：每个声部都在演奏。
door-launch = 上市
door-analyse = 分析
door-validate = 验证
door-prepare = 准备
close = 关闭
cancel = 取消
undo = 撤销
print = 打印
printed-as-of = 截至{ $moment }
reload = 刷新
live-changed = 此页内容已有变化。
live-show = 查看最新内容
copy = 复制
copied = 已复制
more-actions = { $what }：更多操作

# 项目的框架
crumbs-label = 当前位置
project-tabs = 项目页面
project-draft = 草稿
project-archived = 已归档
tab-overview = 概览
tab-goals = 目标
tab-work = 任务
tab-matrix = 分工表
tab-requests = 协作请求
tab-escalations = 上报事项
tab-decisions = 决议
tab-team = 团队
tab-history = 动态
tab-settings = 设置

# 项目状况
health-on-track = 正常
health-at-risk = 有风险
health-off-track = 偏离
health-not-started = 未开始

# 任务状态
status-todo = 未开始
status-doing = 进行中
status-blocked = 受阻
status-review = 待验收
status-done = 已完成
status-dropped = 已取消
status-change = 更改状态：{ $what }

# 分工表的字母
letter-a = 最终负责
letter-r = 执行
letter-c = 事前征询
letter-i = 事后知会
letter-none = 不参与

# 移动看板卡片；{task} 和 {lane} 由脚本填入
board-help = 按空格键拿起任务，用方向键移到另一列，再按空格键放下，按 Esc 键放回原处。
board-lifted = 已拿起“{"{task}"}”，现在在“{"{lane}"}”
board-dropped = “{"{task}"}”已移到“{"{lane}"}”
board-kept = “{"{task}"}”仍在“{"{lane}"}”

# 表单
errors-title = 有 { $count } 处需要修改
errors-prefix = 有误：

# 列表
pager-label = 翻页
pager-newer = 较新
pager-older = 较早
progress-of = { $done }/{ $total }

# 说明为什么没有成功的页面
error-request = 请求编号 { $id }
error-home = 回到我的工作
error-sign-in = 登录
error-again = 重试
typed-title = 你填写的内容
typed-hint = 内容尚未保存，你可以从这里复制。
typed-label = 第{ $number }段

# Time left and late (platform/time_left)
time-left-days = 还剩 { $days } 个工作日
time-left-hours = 还剩 { $hours } 个工作小时
time-left-little = 还剩不到 1 小时
time-over-days = 已超时 { $days } 个工作日
time-over-hours = 已超时 { $hours } 个工作小时
time-over-now = 已超时
time-until = { $moment } 截止
due-today = 今天到期
due-tomorrow = 明天到期
due-in = { $days } 天后到期
late-days = 逾期 { $days } 天

as-label = { $text }：
labelled = { $label }：{ $text }
of-what = ：{ $text }
