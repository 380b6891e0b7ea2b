# Comments on a task
comment-error-empty = Write the comment first
comment-error-too-long = Use at most 10,000 characters for a comment
comment-add-label = Add a comment
comment-hint = Mention somebody with @ and their name; they then watch the task.
comment-add = Add comment
comment-added = Comment added
