# 任务的评论
comment-error-empty = 请先写下评论
comment-error-too-long = 评论最多 10,000 个字符
comment-add-label = 添加评论
comment-hint = 用 @ 加姓名提及某人，对方会开始关注此任务。
comment-add = 添加评论
comment-added = 已添加评论
