# 项目中发生的事。
history-filter = 筛选
history-about = 内容
history-anything = 全部内容
history-who = 操作人
history-anybody = 所有人
history-apply = 显示
history-work = 任务和里程碑
history-stages = 阶段、评审关口和日期
history-project = 项目本身
history-none = 没有这类动态
history-none-text = 只显示上方筛选的内容。
history-all = 显示全部
