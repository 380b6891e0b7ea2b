-- How the last test message of a robot failed; empty once one got through, or the address or the secret is another.
alter table chat_robots
    add column test_failed_at timestamptz,
    add column test_trouble text constraint chat_robots_test_trouble_known
        check (test_trouble in ('busy', 'unknown', 'unreachable', 'too_slow', 'unreadable', 'not_allowed', 'certificate', 'refused')),
    add column test_code text,
    add constraint chat_robots_test_trouble_has_day check ((test_failed_at is null) = (test_trouble is null)),
    -- Requirement changes too.
    drop constraint chat_robots_topics_known,
    add constraint chat_robots_topics_known
        check (topics <@ array['escalations', 'requests', 'changes', 'gates', 'dates', 'blocked'] and cardinality(topics) > 0);
