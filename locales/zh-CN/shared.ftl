health-on-track = 正常
health-at-risk = 有风险
health-off-track = 偏离
health-not-started = 未开始
