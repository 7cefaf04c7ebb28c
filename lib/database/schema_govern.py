"""Steps of the Govern pages: risk reviews, the queue, the evidence log; later steps of any part come here.

A released step is never edited: a change is a new step at the end of STEPS.
"""

from __future__ import annotations

from sqlite_utils import Database

from lib.database.schema_script import run

SCHEMA_RISK_REVIEWS = """
create table risk_reviews (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), holder text not null default '', use_case text not null,
    pilot_id text not null default '', created_at text not null, unique (workspace_id, holder, use_case, pilot_id)
) strict;
create table risk_classifications (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), review_id text not null references risk_reviews(id),
    version integer not null, risk_class text not null, uses text not null, reason text not null,
    created_at text not null, unique (review_id, version)
) strict;
create table risk_answers (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), review_id text not null references risk_reviews(id),
    question text not null, version integer not null, answer text not null, reason text not null default '',
    owner text not null default '', due_on text not null default '', created_at text not null,
    unique (review_id, question, version)
) strict;
create table risk_evidence (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), review_id text not null references risk_reviews(id),
    question text not null, kind text not null, reference text not null, name text not null,
    said text not null default '', created_at text not null, withdrawn_at text,
    withdrawn_by text references people(id)
) strict;
create index risk_evidence_of_review on risk_evidence (review_id, question);
create table risk_signatures (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), review_id text not null references risk_reviews(id),
    round integer not null, seat integer not null check (seat in (1, 2)), content text not null,
    fingerprint text not null, score real not null, expires_on text not null, created_at text not null,
    unique (review_id, round, seat), unique (review_id, round, person_id)
) strict;
create table incidents (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), use_case text not null, created_at text not null
) strict;
create index incidents_of_workspace on incidents (workspace_id, use_case);
create table incident_entries (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), incident_id text not null references incidents(id),
    version integer not null, kind text not null, severity text not null, happened_on text not null,
    run_id text not null default '', what text not null, harm text not null default '',
    cause text not null default '', changed text not null default '', owner text not null default '',
    closed_on text not null default '', created_at text not null, unique (incident_id, version)
) strict;
"""


def risk_reviews(database: Database) -> None:
    """Risk reviews with every answer, their evidence and signatures; incidents and near-misses, every state kept.

    Runs are named, not referred to: a run may be deleted, and what was said of it stays. ``holder`` is the person in
    the demo house, where everybody has a review of their own, and empty elsewhere.
    """
    run(database, SCHEMA_RISK_REVIEWS)


SCHEMA_REVIEW_QUEUE = """
create table queue_rules (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), reviewers integer not null, created_at text not null
) strict;
create index queue_rules_of_workspace on queue_rules (workspace_id);
create table queue_items (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), run_id text not null references runs(id), reviewers integer not null,
    status text not null, outcome text, note text not null default '', created_at text not null, settled_at text,
    unique (workspace_id, run_id)
) strict;
create index queue_items_open on queue_items (workspace_id, status);
create index queue_items_of_run on queue_items (run_id);
create table queue_claims (
    workspace_id text not null references workspaces(id), run_id text not null references runs(id),
    person_id text not null references people(id), until text not null, primary key (run_id, person_id)
) strict, without rowid;
create table queue_verdicts (
    id text primary key, workspace_id text not null references workspaces(id),
    item_id text not null references queue_items(id), run_id text not null references runs(id),
    person_id text not null references people(id), verdict text not null, reasons text not null default '[]',
    comment text not null default '', edited_output text, findings text, open_findings integer not null default 0,
    adjudicates integer not null default 0, withdraws text references queue_verdicts(id),
    review_id text references reviews(id), created_at text not null
) strict;
create index queue_verdicts_of_item on queue_verdicts (item_id);
create index queue_verdicts_of_person on queue_verdicts (workspace_id, person_id);
create index queue_verdicts_withdrawn on queue_verdicts (withdraws) where withdraws is not null;
create index queue_verdicts_of_run on queue_verdicts (run_id);
create table queue_samples (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), job_id text not null references jobs(id), plan text not null,
    seed integer not null, population integer not null, created_at text not null
) strict;
create index queue_samples_of_workspace on queue_samples (workspace_id, created_at);
create table queue_sample_strata (
    sample_id text not null references queue_samples(id), name text not null, population integer not null,
    size integer not null, primary key (sample_id, name)
) strict, without rowid;
create table queue_sample_items (
    sample_id text not null references queue_samples(id), run_id text not null references runs(id),
    stratum text not null, primary key (sample_id, run_id)
) strict, without rowid;
create table flaw_rounds (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), language text not null, seed integer not null,
    version text not null, items text not null, created_at text not null, finished_at text
) strict;
create index flaw_rounds_of_person on flaw_rounds (workspace_id, person_id, created_at);
create table flaw_marks (
    id text primary key, workspace_id text not null references workspaces(id),
    round_id text not null references flaw_rounds(id), person_id text not null references people(id),
    item integer not null, field text not null, start integer not null, "end" integer not null, kind text not null,
    created_at text not null
) strict;
create index flaw_marks_of_round on flaw_marks (round_id, item);
create table flaw_answers (
    round_id text not null references flaw_rounds(id), item integer not null, created_at text not null,
    primary key (round_id, item)
) strict, without rowid;
"""


def review_queue(database: Database) -> None:
    """Outputs that wait for people, their blind verdicts, samples of bulk jobs, and rounds of spotting flaws."""
    run(database, SCHEMA_REVIEW_QUEUE)


SCHEMA_EVIDENCE = """
alter table runs add column erased_at text;
alter table data_sets add column erased_at text;
alter table artefacts add column erased_at text;
alter table people add column erased_at text;
create table chain_links (
    position integer primary key, workspace_id text not null, kind text not null, row_id text not null,
    digest text not null, at text not null, link text not null
) strict;
create table chain_salts (position integer primary key, salt blob not null) strict;
create table chain_head (id integer primary key check (id = 1), links integer not null, link text not null) strict;
create table chain_checks (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), at text not null, links integer not null, link text not null,
    broken text
) strict;
create table deletions (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text references people(id), scope text not null, counts text not null, positions text not null,
    at text not null, cleaned_at text
) strict;
create table retention_rules (
    workspace_id text not null references workspaces(id), kind text not null, days integer not null,
    person_id text not null references people(id), set_at text not null, primary key (workspace_id, kind)
) strict, without rowid;
create table backups_made (id text primary key, at text not null) strict;
create table run_texts (id integer primary key, run_id text unique not null) strict;
create virtual table run_search using fts5(words, content='', tokenize="unicode61 remove_diacritics 2");
create index chain_links_of_record on chain_links (kind, row_id, position);
create index deletions_of_workspace on deletions (workspace_id, at);
create index chain_checks_of_workspace on chain_checks (workspace_id, at);
create index runs_of_log on runs
    (workspace_id, id, person_id, use_case, engine, status, started_at, parent_id, prompt_hash, erased_at);
create index check_results_of_verdict on check_results (workspace_id, check_name, verdict, run_id);
create index reviews_of_verdict on reviews (workspace_id, verdict, run_id);
create index comparisons_of_run on comparisons (run_id);
create index reviews_of_person on reviews (person_id);
create index artefacts_of_hash on artefacts (hash)
"""
# All texts within a run's inputs and output, for the full text. The index keeps no copy of them, so taking them out of
# it needs the very same words again.
WORDS_OF_RUN = """(select substr(coalesce(group_concat(atom, ' '), ''), 1, 200000) from (
    select atom from json_tree(case when json_valid({row}.inputs) then {row}.inputs else 'null' end)
    where type = 'text' union all
    select atom from json_tree(case when json_valid({row}.output) then {row}.output else 'null' end)
    where type = 'text'))"""
PUT_IN = f"""insert into run_texts (run_id) values (new.id);
    insert into run_search (rowid, words)
    select id, {WORDS_OF_RUN.format(row="new")} from run_texts where run_id = new.id;"""
TAKE_OUT = f"""insert into run_search (run_search, rowid, words)
    select 'delete', id, {WORDS_OF_RUN.format(row="old")} from run_texts where run_id = old.id;
    delete from run_texts where run_id = old.id;"""
RUN_SEARCH_TRIGGERS = (
    f"create trigger runs_found_in after insert on runs when new.finished_at is not null begin {PUT_IN} end",
    f"create trigger runs_found_out after delete on runs when old.finished_at is not null begin {TAKE_OUT} end",
    "create trigger runs_found_no_more before update of inputs, output, finished_at on runs"
    f" when old.finished_at is not null begin {TAKE_OUT} end",
    "create trigger runs_found_anew after update of inputs, output, finished_at on runs"
    f" when new.finished_at is not null begin {PUT_IN} end",
)


def evidence(database: Database) -> None:
    """The hash chain over what was recorded, full text over runs, what was erased, and how long what is kept."""
    from lib.database.chain import START, link_all_present

    run(database, SCHEMA_EVIDENCE)
    for trigger in RUN_SEARCH_TRIGGERS:
        database.execute(trigger)
    database.execute("insert into run_texts (run_id) select id from runs where finished_at is not null")
    database.execute(
        "insert into run_search (rowid, words)"
        f" select t.id, {WORDS_OF_RUN.format(row='r')} from run_texts t join runs r on r.id = t.run_id"
    )
    database.execute("insert into chain_head (id, links, link) values (1, 0, ?)", [START])
    link_all_present(database)


SCHEMA_IDENTITIES = """
create table identities (
    digest text primary key, person_id text not null references people(id), created_at text not null
) strict;
create index identities_of_person on identities (person_id);
"""


def identities(database: Database) -> None:
    """People who come through an identity provider: a digest of issuer and subject each."""
    run(database, SCHEMA_IDENTITIES)


SCHEMA_HOUSE_TERMS = """
create table house_terms (
    workspace_id text not null references workspaces(id), person_id text not null references people(id),
    added text not null, left_out text not null, changed_at text not null, primary key (workspace_id, person_id)
) strict;
"""


def house_terms(database: Database) -> None:
    """A workspace's own names of other houses to look for in texts, and names to leave alone."""
    run(database, SCHEMA_HOUSE_TERMS)


def weekly_outcomes(database: Database) -> None:
    """What came of an entry of the weekly table, and who settled it."""
    database.execute("alter table weekly_entries add column outcome text not null default ''")
    database.execute("alter table weekly_entries add column closed_by text references people(id)")


STEPS = (
    risk_reviews,
    review_queue,
    evidence,
    identities,
    house_terms,
    weekly_outcomes,
)
