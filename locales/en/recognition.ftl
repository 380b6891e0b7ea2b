# Thanks from person to person.

thanks-about = For what?
thanks-about-hint = A task, a request or a decision: { $key }-42, R-7 or D-3
thanks-about-missing = Name a task, a request or a decision of this project, such as { $key }-42, R-7 or D-3
thanks-again = You have thanked this person for it already
thanks-earlier = Earlier
thanks-for = Say thanks
thanks-give = Say thanks
thanks-given = Thanks said
thanks-line = { $from } thanks { $to }
thanks-new = Say thanks
thanks-new-sub = It stands in the project for everybody to read, and the person is told.
thanks-none = No thanks yet
thanks-none-text = Who did something that helped you? Say it where everybody reads it.
thanks-note = In a sentence
thanks-note-hint = What it made possible
thanks-note-missing = Say what for, in a sentence
thanks-oneself = Choose somebody else
thanks-sub = From person to person, for something that was done. Nobody is counted or ranked.
thanks-title = Thanks
thanks-to = Whom?
thanks-whom = Choose a person
thanks-whom-missing = Choose somebody with a seat in this project
