# What comes by mail

letters-title = Mail
letters-sub = What Tutti writes to you about. Everything is in your inbox in any case.
letters-no-mail = This installation has no mail server, so nothing is sent.
letters-waits = What waits for me
letters-tasks = My tasks and those I watch
letters-requests = Requests between departments
letters-escalations = Escalations
letters-decisions = Decisions
letters-project = Stages, dates and seats
letters-at-once = At once
letters-in-digest = In the daily summary
letters-never = Not by mail
letters-hour = Hour of the daily summary (your clock, working days)
letters-work-link = A link to my tasks in the daily summary
letters-work-link-hint = For liaisons: it opens your tasks for three days without a password, and nothing else.
letters-end-links = End the links sent so far
letters-end-links-hint = Task links in earlier letters then open nothing.
letters-links-ended = Task links in earlier letters open nothing any more.
letters-save = Save
letters-saved = Saved.
letters-stale = You changed this in another window meanwhile. What you chose here is kept: save again.
letters-when-wrong = Choose when
letters-hour-wrong = Choose an hour
letters-line-want = { $sentence } ({ $want })
letters-open = Open in Tutti
letters-open-inbox = Open the inbox
letters-open-tasks = Update my tasks, no password needed
letters-work-link-note = The link to your tasks works for { $days } days. Whoever has it can update them in your name, so please do not forward this letter.
letters-why = You get this because it waits for you ({ $sort }).
letters-digest-subject = Tutti on { $day }
letters-digest-why = Once a day on working days: what you have not read yet.
letters-more = { $count ->
    [one] And 1 more in your inbox.
   *[other] And { $count } more in your inbox.
}
letters-end = No more letters like this
letters-end-digest = No more daily summaries
letters-end-digest-ask = Stop the daily summary? Everything will still be in your inbox.
letters-digest-ended = You get no more daily summaries. Everything is still in your inbox.
letters-end-title = Letters from Tutti
letters-end-ask = Stop letters about “{ $sort }”? It will still be in your inbox.
letters-ended = You get no more letters about “{ $sort }”. It is still in your inbox.
