# 登录
accounts-sign-in = 登录
accounts-sign-in-to = 登录{ $organisation }
accounts-sign-in-lead = 让各部门一起把产品推向市场。
accounts-email = 工作邮箱
accounts-password = 密码
accounts-keep = 在此设备上保持登录
accounts-email-missing = 请输入工作邮箱
accounts-password-missing = 请输入密码
accounts-sign-in-refused = 邮箱与密码不匹配，请检查后再试。
accounts-signed-out = 已退出登录。
accounts-wait-seconds = 尝试次数过多，请等待 { $seconds } 秒后再试。
accounts-wait-minutes = 尝试次数过多，请等待 { $minutes } 分钟后再试。

# 字段
accounts-name = 姓名
accounts-name-missing = 请输入姓名
accounts-too-long = 请不要超过 { $most } 个字符
accounts-email-bad = 请输入邮箱地址，例如 su.qing@example.com
accounts-language = 语言
accounts-language-unknown = 请选择语言
accounts-zone = 时区
accounts-zone-unknown = 请选择时区
accounts-password-hint = 至少 12 个字符。一句话比符号和数字更容易记住。
accounts-new-password-missing = 请输入密码
accounts-password-too-short = 密码至少需要 { $least } 个字符
accounts-password-too-long = 密码不能超过 { $most } 个字符
accounts-password-common = 该密码过于常见，请换一个。
