# The ledger of disagreements and requests between departments.

ledger-all = Last 24 months
ledger-asked = { $count } asked
ledger-asks = Asks
ledger-by-kind = By pair and kind
ledger-by-month = By month
ledger-by-pair = By pair
ledger-cases = Cases
ledger-declined = Declined requests
ledger-declined-request = Declined request
ledger-escalated = { $count } escalated
ledger-escalations = Escalations
ledger-evidence = Evidence
ledger-in-time = { $count } first answered in time
ledger-kind = Kind
ledger-map = Who asks whom
ledger-map-how = Rows ask, columns are asked
ledger-median = Median time
ledger-month = Month
ledger-more = { $count } more
ledger-none = Nothing in this period
ledger-none-text = Escalations, declined requests and what departments ask of each other appear here.
ledger-nothing-asked = Nothing asked
ledger-pair = Departments
ledger-period = Period
ledger-slipped = { $count } slipped
ledger-step-committee = By the committee
ledger-step-lead = By the lead
ledger-step-liaisons = By liaisons
ledger-step-open = Open
ledger-step-withdrawn = Withdrawn
ledger-sums = All cases by where they were settled
ledger-this-month = This month
ledger-this-quarter = This quarter
ledger-this-year = This year
ledger-title = Disagreements ledger
ledger-what = Every escalation and every declined request counts once for its two departments, in whichever direction. A declined request that was escalated counts as the escalation. The median is the working time from raising an escalation to its settlement, without pauses.
ledger-changes = Requirement changes
ledger-agreed = { $count } agreed
ledger-changes-count = { $count ->
    [one] 1 change
   *[other] { $count } changes
}
ledger-countered = { $count } with another date offered: { $side } owes the answer
ledger-day = A working day has { $hours } hours.
ledger-owed = { $count } unanswered: { $side } owes the answer
ledger-refused = { $count } declined
ledger-taken-back = { $count } withdrawn
