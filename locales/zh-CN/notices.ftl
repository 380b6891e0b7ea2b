# 消息

notices-title = 消息
notices-none = 没有新消息
notices-none-text = 同事的操作与你有关时，会出现在这里。
notices-read-all = 全部标为已读
notices-all-read = { $count ->
    [0] 没有未读消息。
   *[other] 已将 { $count } 条消息标为已读。
}
notices-unread-only = 只看未读
notices-with-read = 查看已读消息
notices-by-project = 按项目查看
notices-every-project = 全部项目
notices-more = 另有 { $count } 项变动
notices-more-last = 另有 { $count } 项变动，最近一次在 { $time }
notices-unread = 未读
notices-today = 今天
notices-older = 更早的消息
notices-guest-line = { $label }：{ $question }
notices-guest-decided = { $label } 已有决议：{ $decision }
notices-want-task = 由你执行
notices-want-answer = 待你回复
notices-want-unblock = 同事在等你
notices-want-position = 待你陈述立场
notices-want-agree = 待你协商或转交
notices-want-confirm = 待你确认
notices-want-settle = 待你处理或转交
notices-want-vote = 待你投票
notices-want-decide = 待你记录决议
notices-want-advise = 待你给出意见
notices-want-answer-question = 待你回答（计时暂停中）
nav-inbox = 消息
nav-unread = { $count } 条未读
notices-want-answer-request = 待你答复请求
notices-want-answer-offer = 待你同意或坚持
notices-want-answer-change = 待你答复变更
notices-want-size-change = 待你评估变更工作量
