# Questions to whoever raised an escalation

questions-ask = Ask the raiser
questions-ask-hint = { $raiser } answers, and until then the clock stands.
questions-question = What do you need to know?
questions-send-question = Ask and stop the clock
questions-question-missing = Write what you need to know
questions-asked = Asked. The clock stands until there is an answer.
questions-heading = { $asker } is waiting for an answer from { $raiser }
questions-since = The clock stands since { $when }
questions-answer = Your answer
questions-send-answer = Answer and start the clock
questions-answer-missing = Write an answer first
questions-answered = Answered. The clock runs again.
questions-take-back = Take the question back
questions-taken-back = Taken back. The clock runs again.
questions-stands = The clock stands
questions-wait = Answer the question
questions-line = { $who }, { $when }
questions-title = Questions to the raiser
