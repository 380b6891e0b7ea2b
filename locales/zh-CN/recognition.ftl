# 人与人之间的致谢。

thanks-about = 为了什么？
thanks-about-hint = 某项任务、协作请求或决议，例如 { $key }-42、R-7 或 D-3
thanks-about-missing = 请填写本项目的任务、协作请求或决议，例如 { $key }-42、R-7 或 D-3
thanks-again = 你已为此感谢过这个人
thanks-earlier = 更早
thanks-for = 致谢
thanks-give = 发送感谢
thanks-given = 已致谢
thanks-line = { $from }感谢{ $to }
thanks-new = 致谢
thanks-new-sub = 项目里的人都能看到，对方也会收到通知。
thanks-none = 还没有致谢
thanks-none-text = 谁做的事帮到了你？在大家都看得到的地方说一声。
thanks-note = 一句话说明
thanks-note-hint = 这件事带来了什么
thanks-note-missing = 请用一句话说明为了什么
thanks-oneself = 请选择其他人
thanks-sub = 人与人之间，为做成的事道一声谢。不计数，不排名。
thanks-title = 致谢
thanks-to = 感谢谁？
thanks-whom = 请选择
thanks-whom-missing = 请选择在本项目中有席位的人
