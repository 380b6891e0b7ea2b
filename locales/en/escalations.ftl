# An escalation, its clock and its votes.

escalation-add-evidence = Add evidence
escalation-advice = Advice
escalation-advice-given = Your view is with the committee.
escalation-advice-none = gave no view
escalation-advice-not-yet = not yet
escalation-advice-hint = Shown to the committee, not counted
escalation-advise = Give your view
escalation-advise-again = Change my view
escalation-advised = Your view stands. Giving it again replaces it.
escalation-advisory-hint = The committee reads your view. It is not counted as a vote.
escalation-backed = Backed by
escalation-backed-nobody = Nobody
escalation-capacity = { $capacity } ({ $role })
escalation-change-options = Change options
escalation-change-position = Change position
escalation-choice = Your choice
escalation-chosen = The committee chose option { $letter }.
escalation-clock = Escalation clock
escalation-comment = Comment
escalation-comment-missing = Write a comment first
escalation-commented = Comment added.
escalation-comments = Comments
escalation-confirm = Agree to this settlement
escalation-decide = Record decision
escalation-decided-line = Decided on { $when }, recorded by { $who }.
escalation-did-not-vote = did not vote
escalation-drafted-line = { $label }, put together by Tutti on { $on }
escalation-evidence-added = Evidence added.
escalation-evidence-by = added by { $who }
escalation-evidence-drafted = put together by Tutti
escalation-guest = Guest
escalation-guests = Asked for advice
escalation-invite = Ask somebody for advice
escalation-invite-button = Ask
escalation-invite-find = Find
escalation-invite-hint = Somebody from outside sees this question by it and nothing else of the project; colleagues see what they see anyway. Advice stands beside the votes and is not counted.
escalation-invite-nobody = Nobody of this name
escalation-invite-nobody-text = An administrator can invite guests from outside.
escalation-invite-search = Search by name
escalation-invited = { $name } has been asked for advice.
escalation-left = { $span } left
escalation-missing = Still missing before the committee can compare:
escalation-next-committee = Waiting for the chair to decide
escalation-next-lead = Waiting for the lead to settle it or pass it to the committee
escalation-next-liaisons = Waiting for the two liaisons to agree or pass it to the lead
escalation-no-options = No option has been written yet.
escalation-no-position = No position was written
escalation-none-hint = Say why in the reason
escalation-none-of-these = None of these
escalation-not-ready = The committee cannot compare the options yet. Still missing:
escalation-not-yet = not yet
escalation-you = (you)
escalation-note = Note to the next step (optional)
escalation-note-hint = One sentence on what was tried.
escalation-now = now
escalation-offer = Settlement on offer
escalation-offer-line = { $name } for { $side }, { $when }
escalation-open-decision = Open decision D-{ $number }
escalation-option = Option { $letter }
escalation-option-decided = Decided
escalation-option-recommended = Lead recommends
escalation-outcome = Settlement
escalation-outcome-hint = What holds from now on. This closes the escalation.
escalation-outcome-missing = Write what is settled
escalation-over = { $span } over
escalation-owes = { $who } still has to write a position
escalation-owes-nobody = This department has no liaison to write its position
escalation-pass-to-committee = Pass to the committee
escalation-pass-to-lead = Pass to the GTM lead
escalation-passed = Passed on. The next step’s clock runs.
escalation-position-saved = Position saved.
escalation-positions = Who disagrees
escalation-propose = Offer settlement
escalation-proposed = Offered. The other side’s liaison can agree to it.
escalation-raised-line = { $label }, raised by { $name } on { $on }
escalation-reason = Reason
escalation-reason-hint = Needed only if you do not choose { $letter }, which the lead recommends. Everybody in the project can read it.
escalation-reason-hint-none = Needed only for none of these. Everybody in the project can read it.
escalation-reason-missing = Say why you do not follow the recommendation
escalation-recommend = Save recommendation
escalation-recommend-none = No recommendation
escalation-recommendation = Your recommendation to the committee
escalation-recommended-done = Recommendation saved.
escalation-save-position = Save position
escalation-send-comment = Add comment
escalation-settle = Settle it
escalation-settled = Settled
escalation-settled-done = Settled. The escalation is closed.
escalation-settled-line = Settled on { $when } by { $who }.
escalation-settlement = What you could both agree to
escalation-settlement-hint = The other side’s liaison agrees with one click, and the question is settled.
escalation-settlement-missing = Write what you offer
escalation-span-days = { $days } d
escalation-span-days-hours = { $days } d { $hours } h
escalation-span-hours = { $hours } h
escalation-span-minutes = { $minutes } min
escalation-state-decided = Decided
escalation-state-settled = Settled
escalation-state-with-committee = With the committee
escalation-state-with-lead = With the GTM lead
escalation-state-with-liaisons = With the liaisons
escalation-state-withdrawn = Withdrawn
escalation-statement = What your department wants, and why
escalation-statement-hint = One paragraph. You can change it until the decision.
escalation-step-ahead = { $span } of working time
escalation-step-committee = Committee
escalation-step-decided = Decided.
escalation-step-from-to = { $from } to { $to }.{" "}
escalation-step-lead = GTM lead
escalation-step-liaisons = Liaisons
escalation-step-not-needed = Not needed
escalation-step-passed = { $who } passed it on.
escalation-step-passed-by-clock = The time was over, and the clock passed it on.
escalation-step-passed-by-somebody = Passed on.
escalation-step-passed-with = { $name } passed it on: { $note }
escalation-step-settled = Settled.
escalation-step-skipped = Cases of this kind start with the lead
escalation-step-until = Until { $when }
escalation-step-used = { $spent } of { $total } used
escalation-step-withdrawn = Withdrawn.
escalation-take-up = Take it up as lead
escalation-tally-label = Votes for { $letter }
escalation-team = Project team
escalation-to-next-step = What next
escalation-trail = Trail
escalation-unanswered = not answered yet
escalation-uninvite = Take back
escalation-uninvited = { $name } is no longer asked for advice.
escalation-uninvited-already = The invitation has been taken back already.
escalation-vote = Vote
escalation-vote-again = Change my vote
escalation-vote-cast = Your vote is cast. You can change it until the decision.
escalation-vote-missing = Choose an option, or none of these
escalation-vote-none = none of these
escalation-voted = You have voted. Voting again replaces it.
escalation-votes = Votes
escalation-votes-line = { $cast } of { $of } have voted, quorum { $quorum }
escalation-wait-advice = Give your view
escalation-wait-decide = Record the decision
escalation-wait-lead = Settle it, or pass it to the committee
escalation-wait-liaisons = Agree with the other side, or pass it to the lead
escalation-wait-offer = Answer the settlement on offer
escalation-wait-options = Complete the comparison of options
escalation-wait-position = Write the position of { $department }
escalation-wait-vote = Cast your vote
escalation-wants = wants
escalation-wants-label = Which option do you want?
escalation-wants-open = Open
escalation-what-next = What you can do
escalation-why-missing = Say why it is withdrawn
escalation-withdraw = Withdraw
escalation-withdraw-button = Withdraw this escalation
escalation-withdraw-why = Why it is no longer a question
escalation-withdrawn = Withdrawn
escalation-withdrawn-done = Withdrawn.
escalation-withdrawn-line = Withdrawn on { $when } by { $who }.
escalation-write-options = Write options
escalation-write-position = Write position
escalation-your-advice = Your view
escalation-your-vote = Your vote
escalation-results-after-vote = Votes and reasons show once you have voted.
escalation-results-later = Votes and reasons show after the decision.
escalation-stepped-aside = stepped aside
escalation-ballot-out-of-date = The options have changed since you answered on version { $version }. Confirm your choice or change it; until then it counts as it stands.
escalation-row-out-of-date = The options changed since
escalation-confirm-or-change = Confirm or change
escalation-wait-confirm = Confirm or change what you chose
escalation-wait-deputy = Name a deputy for the chair
escalation-deputy-acts = { $name } acts for the chair on this question.
escalation-deputy-needed = The chair has stepped aside and nobody stands in. The lead must name a deputy who can record the decision.
escalation-next-votes = The committee votes
escalation-next-missing = { $missing ->
    [one] Waiting for 1 more member to vote
   *[other] Waiting for { $missing } more members to vote
}
escalation-next-open = Waiting for votes: they do not decide it yet
escalation-next-deputy = Waiting for the lead to name a deputy
escalation-next-acting = Waiting for { $name } to decide for the chair
escalation-votes-line-heard = { $cast } of { $of } have voted, { $name } was heard by recording it, quorum { $quorum }
escalation-jump-vote = { $count ->
    [one] 1 option, and your vote is missing
   *[other] { $count } options, and your vote is missing
}
escalation-jump-advise = { $count ->
    [one] 1 option, and your view is asked for
   *[other] { $count } options, and your view is asked for
}
escalation-moved-on = Somebody was faster: this went on while you were writing, and what you sent was not saved.
escalation-not-answered = not answered
escalation-liaison-of = { $part }’s liaison
escalation-your-view-wanted = { $who } asks for your view on this question.
escalation-your-view-wanted-until = { $who } asks for your view on this question, until { $until }.
escalation-readers = { $members ->
    [one] 1 member of the committee will read it.
   *[other] { $members } members of the committee will read it.
}
escalation-readers-outside = { $members ->
    [one] 1 member of the committee
   *[other] { $members } members of the committee
} and { $outside ->
    [one] 1 outsider (adviser or seed user)
   *[other] { $outside } outsiders (advisers, seed users)
} will read it.
