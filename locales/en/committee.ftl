# How a committee decides: the pack, its versions, the rules, stepping aside.

pack-title = The committee’s pack
pack-version = Version { $version }
pack-version-on = Version { $number }, { $when }
pack-version-field = Version of the pack
pack-made = { $on }, { $who }
pack-hash = Hash { $digits }
pack-markdown = Download as Markdown
pack-is-old = This is an older version.
pack-decided = Decided on { $day }: { $option }
pack-newest = Open the newest one
pack-changed-since = What has changed since:
pack-changed-with = What changed with this version:
pack-decided-on = version { $version } of the pack
pack-change-question = Question: { $from } → { $to }
pack-change-background = Background changed
pack-change-position-new = { $side } wrote its position
pack-change-position = { $side } changed its position
pack-change-wants = { $side } wants: { $from } → { $to }
pack-change-criterion-added = New criterion: { $label }
pack-change-criterion-removed = Criterion removed: { $label }
pack-change-option-added = New option { $letter }: { $title }
pack-change-option-removed = Option { $letter } removed: { $title }
pack-change-option-named = Option { $letter }: { $from } → { $to }
pack-change-option-described = Option { $letter }: description changed
pack-change-answer = Option { $option }, { $label }: { $from } → { $to }
pack-change-no-answer = no answer
pack-change-tone = Option { $option }, { $label }: judged in another way
pack-change-evidence-added = New evidence: { $label }
pack-change-evidence-removed = Evidence removed: { $label }
pack-change-evidence-changed = Evidence changed: { $label }
pack-change-recommended = Recommended by the lead: { $from } → { $to }
pack-change-nothing = none
earlier-title = Earlier between these two
earlier-decided = Decided by the committee after { $span }
earlier-withdrawn = Withdrawn after { $span }
earlier-settled-lead = Settled by the lead after { $span }
earlier-settled-liaisons = Settled by the liaisons after { $span }
rules-title = How the committee decides
rules-change = Change
rules-settings-hint = The rule, the chair’s deputy, and when members see the votes.
rules-rule = Rule
rules-rule-chair = The chair decides
rules-rule-majority = Majority
rules-rule-consent = Consent
rules-meaning-chair = After hearing the other members.
rules-meaning-majority = The option with more than half of the votes cast. “None of these” is a vote too.
rules-meaning-consent = No voting member objects: every vote cast is for the same option.
rules-deputy = The chair’s deputy
rules-deputy-hint = A member of the committee. Acts for the chair where the chair has stepped aside from a question, or is away; then also records decisions without an escalation and supersedes them.
rules-no-deputy = No deputy
rules-deputy-is = Deputy: { $name }
rules-deputy-gone = { $name } (no longer on the committee)
rules-hides = Hide results until one has voted
rules-hides-hint = Members and the chair see votes and reasons once they have voted themselves. Everybody else sees them after the decision.
rules-results-hidden = Results are hidden until one has voted
rules-results-open = Results are shown at all times
rules-save = Save rules
rules-saved = Saved.
rules-conflict = Somebody changed this while you were writing. What stands now:
rules-error-rule = Choose a rule
rules-error-deputy = Choose a member of the committee
rules-error-voted = There are votes on { $cases } already, cast while results were hidden. They stay hidden until it is decided.
rules-error-away = Choose today or a later day
rules-away = Is the chair away?
rules-away-until = Away until
rules-away-hint = The last day away. Until then the deputy, if there is one, records decisions. Leave it empty once the chair is back.
rules-away-save = Save
rules-chair-here = The chair is here
rules-chair-away = The chair is away until { $day }
rules-quorum-hint = So many members must be heard before anything is recorded. Who has stepped aside does not count, nor a chair who is away while the deputy acts. Where the chair decides, whoever records it counts as heard; under the other rules only votes count.
rules-quorum-change = Change in settings
rules-only-something-else = More than half voted for none of these: only something else than the options can be decided.
rules-nobody-voted = Nobody has voted yet. Under this rule the votes decide.
rules-no-majority = No option has more than half of the votes. Members can change their vote until one has.
rules-dissent = Not everybody is for the same option. Members can change their vote, or the lead the options.
rules-not-allowed = Nothing was recorded: the votes allow another option only
rules-nothing-recorded = Nothing was recorded. { $why }
rules-cannot-record = The decision can be recorded once the votes allow it.
rules-vote-first = Vote first: results are hidden until you have.
rules-decided-by = by rule: { $rule }
rules-tally-between = {"; "}
aside-title = Step aside from this question
aside-hint = If you have an interest in the answer. You then do not vote, and the quorum does not count you. You can come back until it is decided.
aside-reason = Why
aside-reason-hint = Everybody in the project can read it.
aside-reason-missing = Say why you step aside
aside-button = Step aside
aside-done = You have stepped aside.
aside-stands = You have stepped aside
aside-back-hint = You do not vote on this question. You can come back until it is decided, and vote then.
aside-back = Come back
aside-back-done = You are back and can vote.
rules-not-yet = Not to be recorded yet.
rules-not-voted = Not voted yet: { $names }.
rules-sentence-between = {" "}
rules-out-of-date = { $count ->
    [one] 1 vote cast on older options
   *[other] { $count } votes cast on older options
}
rules-missing-heard = The chair decides after hearing the others: { $missing ->
    [one] one more member has to vote before it can be recorded; whoever records it need not vote as well.
   *[other] { $missing } more members have to vote before it can be recorded; whoever records it need not vote as well.
}
rules-missing = { $rule }: { $missing ->
    [one] one more member has to vote before it can be recorded.
   *[other] { $missing } more members have to vote before it can be recorded.
}
rules-unattended = { $count ->
    [one] The chair is away until { $day } and no deputy can stand in: on 1 question only the chair can record the decision, and its clock runs on.
   *[other] The chair is away until { $day } and no deputy can stand in: on { $count } questions only the chair can record the decision, and their clocks run on.
}
rules-unattended-this = The chair is away until { $day } and no deputy can stand in: only the chair can record this decision, and the clock runs on.
rules-deputy-by-lead = The lead can name a deputy
committee-may-record = You can record the decision; your own vote is not in yet
