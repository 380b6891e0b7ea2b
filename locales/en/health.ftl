# Health: computed by a rule, and declared beside it
health-title = Health
health-computed = Computed health
health-declared = Declared health
health-reasons = Reasons
health-computed-at = Computed { $moment }
health-lead-says = Lead: { $health }
health-no-reason = Nothing that the rule looks at speaks against it.
health-quoted = “{ $note }”
health-said-by = { $name }, { $moment }
health-differs = They have differed since { $since }. From { $date } the committee has it on its list.
health-with-committee = They have differed since { $since }. The committee has it on its list.

# Reasons
health-evidence-overdue = { $items ->
    [one] 1 evidence item
   *[other] { $items } evidence items
} overdue, worst { $days ->
    [one] 1 day
   *[other] { $days } days
}
health-gate-overdue = Gate { $code } is { $days ->
    [one] 1 day
   *[other] { $days } days
} past its planned day
health-key-result-behind = KR{ $place } is behind its plan: { $title }
health-key-result-far-behind = KR{ $place } is far behind its plan: { $title }
health-committee-over = { $escalations ->
    [one] 1 escalation with the committee is over its time
   *[other] { $escalations } escalations with the committee are over their time
}
health-committee-waits = { $escalations } escalations are with the committee
health-step-over = { $escalations ->
    [one] 1 escalation that liaisons or the lead have is over its time
   *[other] { $escalations } escalations that liaisons or the lead have are over their time
}

# The rule
health-rule-title = How health is computed
health-rule-lead = Tutti computes it from what is recorded, by one rule for all projects: within a minute or two of a change, and once a day. The worst reason decides.
health-rule-evidence = Evidence that a gate asks for is overdue: at risk. { $items } items or more, or one by more than { $days } days: off track.
health-rule-gate = The current stage is past the planned day of its gate: at risk. By more than { $days } days: off track.
health-rule-escalations = { $count } or more escalations are with the committee, or one with liaisons or the lead is over its time: at risk. One with the committee is over its time: off track.
health-rule-pace = A key result lacks more than a tenth of the way that its plan expects by now: at risk. More than a quarter: off track. A month counts once every department has entered its figures, or when the next month is over too.
health-rule-else = None of these: on track. Other late or blocked tasks do not count here.
health-rule-declared = The lead may declare another health and say why in a sentence. Both are shown then. After { $days } days of difference the committee has it on its list.

# Declaring
health-declare = Declare health
health-how = How do you see the project?
health-as-computed = As computed: { $health }
health-note = Why
health-note-hint = One sentence, at most { $most } characters. Needed when you see it otherwise than computed.
health-note-missing = Say in a sentence why you see it otherwise than computed
health-note-long = Use { $most } characters at most
health-choose = Choose one
health-done = You declared: { $health }
health-done-computed = The computed health stands alone
health-stale-title = Somebody declared another health meanwhile
health-stale = What stands now is shown above. What you chose and typed is kept: send it again if it still holds.

# The committee's list
health-committee-title = Health under dispute
health-committee-note = The lead has declared another health than Tutti computes for { $days } days or more.
health-differs-by = { $name }, different since { $since }
