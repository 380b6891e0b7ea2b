# 任务的评论
comment-error-empty = 请先写下评论
comment-error-too-long = 评论最多 10,000 个字符
