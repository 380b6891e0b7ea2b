# 上报各环节的时限

limits-title = 上报时限
limits-sub = 每个环节最多可用多久，超时由系统自动转入下一环节。只计工作时间。
limits-calendar = 工作日与工作时间
limits-category = 上报类别
limits-liaisons = 双方联络人
limits-lead = GTM 负责人
limits-committee = 决策委员会
limits-cell = { $category }：{ $step }
limits-unit = { $cell }，单位
limits-unit-hours = 工作小时
limits-unit-days = 工作日
limits-hours = { $hours } 个工作小时
limits-days = { $days } 个工作日
limits-skipped = 跳过
limits-usual = 出厂设置：{ $limits }
limits-now = 当前保存的是：{ $limits }
limits-hint = 第一环节留空，则直接从 GTM 负责人开始。已在进行的环节保持原有时限，新时限从下一环节起生效。
limits-save = 保存时限
limits-saved = 时限已保存。
limits-wrong = { $cell }：请填写 1 到 { $most } 的整数
limits-stale = 期间有人改过时限。你填写的内容都还在，请核对后再次保存。
