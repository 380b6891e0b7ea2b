-- A bonus pool that departments share by a rule: key results reached times agreed weights. Append-only: the one with the highest number
-- is in force.
create table bonus_pools (
    project_id uuid not null constraint bonus_pools_project_fkey references projects (id) on delete cascade,
    id uuid not null,
    number integer not null constraint bonus_pools_number_positive check (number > 0),
    currency text not null constraint bonus_pools_currency_code check (currency ~ '^[A-Z]{3}$'),
    -- In whole units of the currency; nothing ends it.
    amount bigint not null constraint bonus_pools_amount_range check (amount between 0 and 1000000000000),
    reason text not null default '' constraint bonus_pools_reason_length check (char_length(reason) <= 1000),
    set_by uuid not null constraint bonus_pools_person_fkey references people (id),
    set_at timestamptz not null,
    constraint bonus_pools_pkey primary key (project_id, id),
    constraint bonus_pools_number_unique unique (project_id, number),
    constraint bonus_pools_say_why check (number = 1 or reason <> '')
);
create trigger bonus_pools_append_only before update on bonus_pools for each row execute function refuse_change();

-- How much a key result weighs for a department.
create table bonus_weights (
    project_id uuid not null,
    pool_id uuid not null,
    key_result_id uuid not null,
    part_id uuid not null,
    weight integer not null constraint bonus_weights_range check (weight between 1 and 1000),
    constraint bonus_weights_pkey primary key (project_id, pool_id, key_result_id, part_id),
    constraint bonus_weights_pool_fkey foreign key (project_id, pool_id) references bonus_pools (project_id, id) on delete cascade,
    constraint bonus_weights_key_result_fkey foreign key (project_id, key_result_id) references key_results (project_id, id),
    constraint bonus_weights_part_fkey foreign key (project_id, part_id) references parts (project_id, id)
);
create index bonus_weights_of_part on bonus_weights (project_id, part_id);
create trigger bonus_weights_append_only before update on bonus_weights for each row execute function refuse_change();
