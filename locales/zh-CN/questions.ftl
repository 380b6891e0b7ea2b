# 向上报发起人提问

questions-ask = 向发起人提问
questions-ask-hint = 由{ $raiser }回答，回答之前计时暂停。
questions-question = 你想了解什么？
questions-send-question = 提问并暂停计时
questions-question-missing = 请写下你想了解的内容
questions-asked = 已提问，得到回答前计时暂停。
questions-heading = { $asker }在等{ $raiser }回答
questions-since = 自{ $when }起暂停计时
questions-answer = 你的回答
questions-send-answer = 回答并恢复计时
questions-answer-missing = 请先写下回答
questions-answered = 已回答，计时继续。
questions-take-back = 撤回提问
questions-taken-back = 已撤回，计时继续。
questions-stands = 计时暂停
questions-wait = 回答提问
questions-line = { $who }，{ $when }
questions-title = 向发起人的提问
