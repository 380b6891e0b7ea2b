# Comments on a task
comment-error-empty = Write the comment first
comment-error-too-long = Use at most 10,000 characters for a comment
