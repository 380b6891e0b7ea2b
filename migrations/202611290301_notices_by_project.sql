-- Ids that come with a form are unique within their project only: a line is one for a thing of its project.
create unique index notices_unread_of_project_once on notices (person_id, project_id, subject_id) where read_at is null;
drop index notices_unread_once;
