# How long each step of an escalation may take

limits-title = Escalation clocks
limits-sub = How long each step of an escalation may take before the clock passes it on. It runs in working time only.
limits-calendar = Working days and hours
limits-category = Kind of disagreement
limits-liaisons = Two liaisons
limits-lead = GTM lead
limits-committee = Committee
limits-cell = { $category }: { $step }
limits-unit = { $cell }, unit
limits-unit-hours = working hours
limits-unit-days = working days
limits-hours = { $hours ->
    [one] 1 working hour
   *[other] { $hours } working hours
}
limits-days = { $days ->
    [one] 1 working day
   *[other] { $days } working days
}
limits-skipped = skipped
limits-usual = As delivered: { $limits }
limits-now = Saved now: { $limits }
limits-hint = Leave the first step empty to start with the GTM lead. Steps that run already keep their time; new limits count from the next step on.
limits-save = Save limits
limits-saved = The limits are saved.
limits-wrong = { $cell }: give a whole number from 1 to { $most }
limits-stale = Somebody changed limits in the meantime. Your figures are still here: compare and save again.
