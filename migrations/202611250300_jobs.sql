-- What happens later is put into the queue in the transaction that causes it. The queue has a schema of its own, which its
-- library keeps current; this is the one place that names it.
-- Of jobs with a key one at most waits; a second takes its place.
create function enqueue_job(task text, payload jsonb, run_at timestamptz, key text default null) returns void language plpgsql as $$
begin
    perform graphile_worker.add_job(task, payload::json, run_at => run_at, job_key => key);
end $$;
