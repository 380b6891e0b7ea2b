# The team: who has which place.
seat-guest = Guest
seat-guest-of = { $name } (guest)
seat-deactivated = cannot sign in any more
seat-hand-over = Hand over
seat-remove = Remove
seat-add = Add person
seat-add-text = They have the rights of the role from their next click.
seat-vacant = Nobody yet
seat-nobody = Nobody
seat-vacant-note = { $count ->
    [one] Nobody speaks for 1 department. Name a liaison, so that others know whom to ask.
   *[other] Nobody speaks for { $count } departments. Name their liaisons, so that others know whom to ask.
}
seat-departments = Departments
seat-no-departments = No department takes part
seat-no-departments-text = The GTM lead does everything until a department joins.
seat-department = Department
seat-department-hint = For liaisons and team members.
seat-no-part = None
seat-members = Team members
seat-name-lead = Name the GTM lead
seat-name-liaison = Name a liaison
seat-name-chair = Name the chair
seat-add-member = Add a member
seat-committee = Decision committee
seat-add-committee = Add a member
seat-advisers = Advisers
seat-advisers-text = Advisers and seed users see only what is put before the committee, and vote in a column of their own.
seat-add-adviser = Add an adviser
seat-viewers = Viewers
seat-add-viewer = Add a viewer
seat-person = Person
seat-choose-person = Choose a person
seat-find = Find by name or e-mail
seat-find-hint = The list below shows at most 200 people.
seat-find-button = Find
seat-role = Role
seat-capacity = Capacity
seat-capacity-hint = For the committee and advisers: CEO, CFO, board, outside expert, seed user, or words of your own.
seat-given = { $person } joined the team
seat-error-person = Choose a person who can sign in
seat-error-part = Choose the department that they speak or work for
seat-error-liaison-taken = This department has a liaison. Hand their seat over instead
seat-error-chair-taken = The committee has a chair. Hand the seat over instead
seat-error-lead-taken = The project has a GTM lead. Hand the seat over instead
seat-error-held = They hold this seat already
seat-error-guest = Guests can only be advisers. Choose the role Adviser or a colleague
seat-error-lead = A project is never without its GTM lead. Choose who takes the seat over
seat-error-capacity = Use at most 80 characters

# Departments that join and leave
seat-add-part = Add department
seat-remove-part = Take out
seat-part-text = It gets a column in the division of labour and a place for its liaison.
seat-part-none = Every department takes part
seat-part-none-text = An administrator can add departments to the organisation.
seat-part-added = { $department } takes part now
seat-part-removed = { $department } takes part no longer
seat-part-remove-title = Take { $department } out of the project?
seat-part-remove-text = It holds no letters. Its column in the division of labour and its seats go.
seat-part-remove-button = Take department out
seat-part-effect = { $person } ({ $role }) loses this seat
seat-part-kept = { $department } cannot leave yet
seat-part-error-already = This department takes part already
seat-part-error-unknown = Choose a department that does not take part yet
seat-part-error-letters = { $count ->
    [one] It holds letters in 1 duty. Give them to another department first.
   *[other] It holds letters in { $count } duties. Give them to other departments first.
}
seat-part-error-work = Tasks, escalations, shares or key results belong to it, or it has entered figures or keeps KPIs. Give its tasks and key results to other departments first; a department named in an escalation stays on record.
seat-part-error-always = The GTM lead and the committee always take part.
seat-back = Back to the team

# Handing over and removing
seat-place = { $role } of { $department }
seat-hand-over-title = Hand over: { $place }
seat-hand-over-text = { $person } gives this seat to somebody else. The rights change at the next click of each.
seat-successor = Who takes it
seat-stays = { $person } stays as { $role }
seat-hand-over-button = Hand over
seat-handed-over = { $tasks ->
    [0] { $person } has taken over
    [one] { $person } has taken over, with 1 open task
   *[other] { $person } has taken over, with { $tasks } open tasks
}
seat-goes-along = What goes along
seat-nothing-goes = No open task is assigned to this person here.
seat-tasks-go = { $count ->
    [one] 1 open task is assigned to the successor.
   *[other] { $count } open tasks are assigned to the successor.
}
seat-tasks-more = and { $count } more
seat-remove-title = Remove { $person } from this seat?
seat-remove-text = { $place }. The rights of the seat end at the next click.
seat-remove-button = Remove from seat
seat-removed = Removed from the team
seat-remove-keeps-others = { $person } keeps other seats in this project.
seat-remove-loses-sight = { $person } no longer sees this project.
seat-remove-still-reads = { $person } can still read this project: it is open to the organisation.
seat-remove-vacant = Nobody speaks for { $department } until a liaison is named.
seat-remove-tasks = { $count ->
    [one] 1 open task stays with { $person }. To give it to somebody else, hand the seat over instead.
   *[other] { $count } open tasks stay with { $person }. To give them to somebody else, hand the seat over instead.
}
