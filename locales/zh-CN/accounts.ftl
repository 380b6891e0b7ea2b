# 登录
accounts-sign-in = 登录
accounts-sign-in-to = 登录{ $organisation }
accounts-sign-in-lead = 让各部门一起把产品推向市场。
accounts-email = 工作邮箱
accounts-password = 密码
accounts-keep = 在此设备上保持登录
accounts-email-missing = 请输入工作邮箱
accounts-password-missing = 请输入密码
accounts-sign-in-refused = 邮箱与密码不匹配
accounts-sign-in-refused-hint = 请检查后再试。
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

# 新密码
accounts-forgot-link = 忘记密码
accounts-forgot = 设置新密码
accounts-forgot-lead = 输入工作邮箱，你将收到一封含有链接的邮件，链接 1 小时内有效。
accounts-forgot-no-mail = 本系统不发送邮件，请向管理员索取设置新密码的链接。
accounts-forgot-send = 发送链接
accounts-forgot-sent = 请查收邮件
accounts-forgot-sent-text = 如果 { $email } 属于本组织的成员，含有链接的邮件已在途中，链接 1 小时内有效。
accounts-back-to-sign-in = 返回登录
accounts-reset = 选择新密码
accounts-reset-lead = 账号：{ $email }。其他设备上的登录将全部退出。
accounts-new-password = 新密码
accounts-reset-save = 保存密码并登录
accounts-reset-done = 新密码已保存，其他设备上的登录已全部退出。
accounts-reset-ended = 该链接已失效
accounts-reset-ended-text = 链接只能使用一次，1 小时内有效；新的链接会使旧的失效。
accounts-reset-again = 重新获取链接

# 邮件中直接打开“我的工作”的链接
accounts-work-link-expired = 该链接已过期
accounts-work-link-expired-text = 邮件中的任务链接 { $days } 天内有效。下一封每日汇总会附上新的链接，你也可以直接登录。
accounts-work-link-dead = 该链接已失效
accounts-work-link-dead-text = 登录后即可查看你的任务。

# 邀请
accounts-join = 加入{ $organisation }
accounts-join-lead = 你的登录邮箱：{ $email }。
accounts-your-name = 你的姓名
accounts-choose-password = 设置密码
accounts-join-button = 加入
accounts-invitation-ended = 该邀请已失效
accounts-invitation-ended-text = 邀请只能使用一次，7 天内有效。如果你已加入，请直接登录；否则请向邀请人索取新的邀请。

# 邮件
accounts-letter-greeting = { $name }，你好！
accounts-letter-invitation-subject = 邀请你加入 Tutti 上的{ $organisation }
accounts-letter-invitation-opening = 邀请你加入 Tutti 上的{ $organisation }，各部门在这里一起把产品推向市场。
accounts-letter-invitation-by = { $inviter }邀请你加入 Tutti 上的{ $organisation }，各部门在这里一起把产品推向市场。
accounts-letter-invitation-link = 加入
accounts-letter-invitation-closing = 链接只能使用一次，7 天内有效。
accounts-letter-reset-subject = 设置 Tutti 的新密码
accounts-letter-reset-opening = 通过以下链接，你可以为{ $organisation }的账号设置新密码。
accounts-letter-reset-link = 设置新密码
accounts-letter-reset-closing = 链接只能使用一次，1 小时内有效。如果这不是你本人的操作，请忽略本邮件，密码不会改变。

# 设置
accounts-settings = 设置
accounts-profile = 个人信息
accounts-profile-hint = 同事可以看到你的姓名和职务。
accounts-title = 职务
accounts-language-of-browser = 跟随浏览器
accounts-zone-of-organisation = 跟随组织
accounts-settings-save = 保存
accounts-settings-saved = 设置已保存。
accounts-saved-meanwhile = 你打开页面后，设置已在另一个窗口中修改。你填写的内容保留在下方，保存后将替换：
accounts-saved-value = { $label }：{ $value }
accounts-password-part-hint = 至少 12 个字符，一句话比符号和数字更容易记住。修改后，其他设备上的登录将全部退出。
accounts-old-password = 当前密码
accounts-old-password-missing = 请输入当前密码
accounts-old-password-wrong = 当前密码不正确
accounts-password-change = 修改密码
accounts-password-changed = { $ended ->
    [0] 新密码已保存。
   *[other] 新密码已保存，另外 { $ended } 台设备已退出登录。
}
accounts-sessions = 已登录的设备
accounts-sessions-hint = 如有不认识的设备，请将其退出并修改密码。
accounts-device = { $browser }（{ $system }）
accounts-device-unknown = 未知设备
accounts-session-device = 设备
accounts-session-address = 地址
accounts-session-since = 登录时间
accounts-session-seen = 最近使用
accounts-session-this = 本设备
accounts-session-end = 退出登录
accounts-session-ended = 该设备已退出登录。
accounts-sessions-end-others = 退出所有其他设备
accounts-sessions-ended = { $ended ->
    [0] 没有其他已登录的设备。
   *[other] 另外 { $ended } 台设备已退出登录。
}
