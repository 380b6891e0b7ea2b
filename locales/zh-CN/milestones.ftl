# 里程碑
milestone-error-title-missing = 请写明达成什么
milestone-error-title-too-long = 标题最多 200 个字符
milestone-error-due-missing = 请选择日期
milestone-error-stage-unknown = 请选择本项目的阶段
milestone-slip-none = 与约定一致
milestone-slip-later = 推迟 { $days } 个工作日
milestone-slip-earlier = 提前 { $days } 个工作日
