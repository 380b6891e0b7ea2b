# What happened in a project.
history-filter = Show only
history-about = About
history-anything = About anything
history-who = By
history-anybody = By anybody
history-apply = Show
history-work = Tasks and milestones
history-stages = Stages, gates and dates
history-project = The project itself
history-none = Nothing of this kind has happened
history-none-text = Only what the filter above asks for is shown.
history-all = Show everything
