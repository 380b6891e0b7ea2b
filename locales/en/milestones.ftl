# Milestones
milestone-error-title-missing = Say what is reached
milestone-error-title-too-long = Use at most 200 characters for the title
milestone-error-due-missing = Choose a date
milestone-error-stage-unknown = Choose a stage of this project
milestone-slip-none = As agreed
milestone-slip-later = { $days ->
    [one] 1 working day later
   *[other] { $days } working days later
}
milestone-slip-earlier = { $days ->
    [one] 1 working day earlier
   *[other] { $days } working days earlier
}
