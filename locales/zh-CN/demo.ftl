# 演示组织
demo-title = 或者先看看
demo-text = 载入演示组织：26 位成员，四个正在推进的项目，还有一项等主席拍板的决策。大约需要半分钟。仅供试用，请使用单独的安装。
demo-button = 载入演示组织
demo-ready-title = 演示组织已就绪
demo-ready-lead = 用下列任一账户登录，密码都相同。密码只显示这一次，请先记下。
demo-password = 统一密码
demo-sign-in = 登录
