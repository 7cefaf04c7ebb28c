"""Steps of the frame: workspaces, people, runs, data, jobs, comparisons, the house's voice and knowledge.

A released step is never edited: a change is a new step at the end of STEPS.
"""

from __future__ import annotations

from sqlite_utils import Database

from lib.database.schema_script import run

SCHEMA_1 = """
create table workspaces (
    id text primary key, name text not null, house text not null, currency text not null default 'EUR',
    demo integer not null default 0, budget real, created_at text not null
) strict;
create table people (
    id text primary key, name text not null default '', token_hash text unique not null, language text,
    created_at text not null
) strict;
create table memberships (
    workspace_id text not null references workspaces(id), person_id text not null references people(id),
    role text not null, joined_at text not null, primary key (workspace_id, person_id)
) strict;
create table join_codes (
    code_hash text primary key, workspace_id text not null references workspaces(id), role text not null,
    created_by text not null references people(id), created_at text not null, expires_at text not null, revoked_at text
) strict;
create table artefacts (
    id text primary key, hash text not null, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), run_id text references runs(id), name text not null,
    media_type text not null, bytes integer not null, created_at text not null
) strict;
create table data_sets (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), use_case text not null, slot text not null, name text not null,
    artefact_id text not null references artefacts(id), rows integer not null, mapping text not null,
    left_out text not null default '[]', created_at text not null
) strict;
create table runs (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), use_case text not null, kind text not null, method text not null,
    method_version text not null, task text, data_set_id text references data_sets(id),
    parent_id text references runs(id), language text, seed integer, inputs text not null, output text,
    status text not null, error text, started_at text not null, finished_at text, seconds real,
    engine text, model text, prompt_hash text, input_tokens integer, output_tokens integer, first_token_seconds real,
    cost real, currency text
) strict;
create table check_results (
    id text primary key, workspace_id text not null references workspaces(id), run_id text not null references runs(id),
    check_name text not null, verdict text not null, findings text not null, created_at text not null
) strict;
create table reviews (
    id text primary key, workspace_id text not null references workspaces(id),
    run_id text not null references runs(id), person_id text not null references people(id), verdict text not null,
    rating integer, comment text not null default '', minutes_saved real, edited_output text, created_at text not null
) strict;
create table prompt_versions (
    id text primary key, workspace_id text not null references workspaces(id), task text not null, hash text not null,
    text text not null, person_id text not null references people(id), note text not null default '',
    active integer not null default 1, created_at text not null
) strict;
create table conversations (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), task text not null, language text not null, created_at text not null
) strict;
create table turns (
    conversation_id text not null references conversations(id), position integer not null,
    run_id text not null references runs(id), primary key (conversation_id, position)
) strict;
create table page_states (
    workspace_id text not null references workspaces(id), person_id text not null references people(id),
    page text not null, state text not null, changed_at text not null, primary key (workspace_id, person_id, page)
) strict;
create index runs_of_use_case on runs (workspace_id, use_case, started_at);
create index runs_of_person on runs (workspace_id, person_id, started_at);
create index runs_of_parent on runs (parent_id);
create index check_results_of_run on check_results (run_id);
create index reviews_of_run on reviews (run_id);
create index data_sets_of_use_case on data_sets (workspace_id, use_case, slot, created_at);
create index artefacts_of_run on artefacts (run_id);
create index prompt_versions_of_task on prompt_versions (workspace_id, task, created_at);
create index turns_of_run on turns (run_id);
"""


def first_schema(database: Database) -> None:
    """Workspaces, people, data sets, runs, artefacts, checks, reviews, prompt versions, conversations, page states."""
    run(database, SCHEMA_1)


def demo_workspace(database: Database) -> None:
    """The demo house's workspace, which everyone on the installation shares."""
    from lib.database.connection import now

    database.table("workspaces").insert(
        {"id": "demo", "name": "Maison Solène", "house": "Maison Solène", "demo": 1, "created_at": now()}
    )


SCHEMA_3 = """
alter table runs add column cohort text;
alter table runs add column process text;
create table cohort_budgets (
    workspace_id text not null references workspaces(id), cohort text not null, budget real not null,
    currency text not null, person_id text not null references people(id), changed_at text not null,
    primary key (workspace_id, cohort)
) strict;
create table tool_calls (
    id text primary key, workspace_id text not null references workspaces(id), run_id text not null references runs(id),
    person_id text not null references people(id), round integer not null, position integer not null,
    said text not null default '', call_id text not null, tool text not null, arguments text not null,
    permission text not null, status text not null, result text, answered_by text references people(id),
    created_at text not null, finished_at text
) strict;
create index tool_calls_of_run on tool_calls (run_id, round, position);
create index runs_of_cohort on runs (workspace_id, cohort) where cohort is not null;
create index runs_in_progress on runs (status) where status = 'running';
"""


def tools_cohorts_and_processes(database: Database) -> None:
    """Calls of tools, budgets of cohorts, and which process a run is running in."""
    run(database, SCHEMA_3)


SCHEMA_COMPARISONS = """
create table comparisons (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), run_id text not null references runs(id), use_case text not null,
    task text not null, language text not null, question text not null, blind integer not null,
    raters integer not null, status text not null, created_at text not null, closed_at text
) strict;
create table comparison_sides (
    comparison_id text not null references comparisons(id), position integer not null, engine text not null,
    model text not null default '', prompt text not null default '', prompt_title text not null default '',
    variant text not null default '', take integer not null default 1, primary key (comparison_id, position)
) strict;
create table comparison_inputs (
    comparison_id text not null references comparisons(id), position integer not null, label text not null,
    inputs text not null, primary key (comparison_id, position)
) strict;
create table comparison_texts (
    comparison_id text not null, input integer not null, side integer not null, run_id text references runs(id),
    status text not null, error text, primary key (comparison_id, input, side),
    foreign key (comparison_id, input) references comparison_inputs(comparison_id, position),
    foreign key (comparison_id, side) references comparison_sides(comparison_id, position)
) strict;
create table votes (
    comparison_id text not null, input integer not null, person_id text not null references people(id), side integer,
    place integer, reason text not null default '', voted_at text not null,
    primary key (comparison_id, input, person_id),
    foreign key (comparison_id, input) references comparison_inputs(comparison_id, position),
    foreign key (comparison_id, side) references comparison_sides(comparison_id, position)
) strict;
create index comparisons_of_workspace on comparisons (workspace_id, created_at);
"""


def comparisons(database: Database) -> None:
    """Comparisons with their sides, inputs, texts and votes. A vote without a side says that none is better."""
    run(database, SCHEMA_COMPARISONS)


SCHEMA_JOBS = """
alter table runs add column job_id text;
create table jobs (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), kind text not null, use_case text not null, what text not null,
    title text not null, title_values text not null default '{}', arguments text not null default '{}',
    engine text not null default '', prompt_hash text, language text, seed integer not null default 0,
    data_set_id text references data_sets(id), cohort text, parent_id text references runs(id), run_id text,
    status text not null, reason text, total integer not null, budget real, currency text, row_estimate real,
    cost real not null default 0, repeated real not null default 0, share real not null default 0, said text,
    process text, deaths integer not null default 0, served integer not null default 0, created_at text not null,
    started_at text, finished_at text
) strict;
create table job_items (
    job_id text not null references jobs(id), position integer not null, label text not null default '',
    language text not null, inputs text not null, status text not null default 'waiting',
    attempts integer not null default 0, faults integer not null default 0, interruptions integer not null default 0,
    not_before real not null default 0, error text, run_id text, process text, finished_at text, seconds real,
    primary key (job_id, position)
) strict, without rowid;
create table engine_pace (
    engine text primary key, level real not null, level_at real not null, hold_until real not null default 0,
    page_at real not null default 0
) strict;
create table engine_slots (
    engine text not null, process text not null, slots integer not null, primary key (engine, process)
) strict, without rowid;
create index jobs_of_workspace on jobs (workspace_id, created_at);
create index jobs_at_work on jobs (status) where status in ('waiting', 'running');
create index job_items_by_status on job_items (job_id, status, not_before, position);
create index job_items_running on job_items (process, job_id) where status = 'running';
create index job_items_finished on job_items (job_id, finished_at) where finished_at is not null;
create index runs_of_job on runs (job_id) where job_id is not null;
"""


def jobs(database: Database) -> None:
    """Bulk jobs with their rows, and how fast and how often at once each engine may be called."""
    run(database, SCHEMA_JOBS)


SCHEMA_HOUSE_VOICE = """
create table house_voices (
    workspace_id text not null references workspaces(id), person_id text not null references people(id),
    voice text not null, changed_at text not null, primary key (workspace_id, person_id)
) strict;
alter table reviews add column open_findings integer;
alter table reviews add column reason text not null default '';
"""


def house_voice(database: Database) -> None:
    """How a workspace's own house speaks; and how many findings stood when somebody approved, with their reason."""
    run(database, SCHEMA_HOUSE_VOICE)


SCHEMA_KNOWLEDGE = """
create table documents (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), collection text not null, name text not null, kind text not null,
    title text not null, language text not null, pages integer, artefact_id text references artefacts(id),
    embedder text not null default '', created_at text not null
) strict;
create index documents_of_collection on documents (workspace_id, collection);
create table passages (
    id integer primary key, document_id text not null references documents(id), position integer not null,
    text text not null, heading text not null, page integer, row integer, words text not null, vector blob
) strict;
create index passages_of_document on passages (document_id, position);
create virtual table passages_text using fts5(words, content='passages', content_rowid='id', tokenize='unicode61');
create virtual table passages_words using fts5vocab(passages_text, 'row');
create trigger passages_in after insert on passages begin
    insert into passages_text(rowid, words) values (new.id, new.words); end;
create trigger passages_out after delete on passages begin
    insert into passages_text(passages_text, rowid, words) values ('delete', old.id, old.words); end;
"""


def knowledge(database: Database) -> None:
    """Documents that pages answer from, their passages, full text and vectors."""
    run(database, SCHEMA_KNOWLEDGE)


STEPS = (
    first_schema,
    demo_workspace,
    tools_cohorts_and_processes,
    comparisons,
    jobs,
    house_voice,
    knowledge,
)
