"""Steps of the Decide pages: portfolio, roadmap, scoring, value sheets, partners, pilots, weekly table.

A released step is never edited: a change is a new step at the end of STEPS.
"""

from __future__ import annotations

from sqlite_utils import Database

from lib.database.schema_script import run

SCHEMA_PORTFOLIO = """
create table house_use_cases (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), slug text not null, area text not null, title text not null,
    summary text not null, created_at text not null, retired_at text
) strict;
create index house_use_cases_of_workspace on house_use_cases (workspace_id);
create table value_domains (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), position integer not null, name text not null,
    why text not null default '', created_at text not null
) strict;
create index value_domains_of_workspace on value_domains (workspace_id);
create table domain_use_cases (
    domain_id text not null references value_domains(id) on delete cascade, slug text not null,
    primary key (domain_id, slug)
) strict, without rowid;
"""


def portfolio(database: Database) -> None:
    """A house's own use cases, and the domains in which it sees value."""
    run(database, SCHEMA_PORTFOLIO)


SCHEMA_ROADMAPS = """
create table roadmaps (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), first text not null, people text not null, budget text not null,
    basis text not null, changed_at text not null
) strict;
create index roadmaps_of_workspace on roadmaps (workspace_id);
create table roadmap_steps (
    roadmap_id text not null references roadmaps(id) on delete cascade, slug text not null, position integer not null,
    quarters integer not null, effort text not null, cost real not null, after text not null, gate integer not null,
    pinned integer, forbidden text not null, lane text not null, must_show text not null default '',
    basis text not null, primary key (roadmap_id, slug)
) strict, without rowid;
create table roadmap_plans (
    id text primary key, roadmap_id text not null references roadmaps(id) on delete cascade,
    person_id text not null references people(id), run_id text references runs(id), inputs text not null,
    starts text not null, value real not null, bound real not null, proven integer not null, seconds real not null,
    firm text not null default '{}', created_at text not null
) strict;
create index roadmap_plans_of_roadmap on roadmap_plans (roadmap_id, created_at);
"""


def roadmaps(database: Database) -> None:
    """The team's capacity, the steps on the roadmap, and the plans with what they were made from."""
    run(database, SCHEMA_ROADMAPS)


SCHEMA_SCORING = """
create table scoring_sessions (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), title text not null, cases text not null, criteria text not null,
    code_hash text unique not null, created_at text not null, ended_at text
) strict;
create index scoring_sessions_of_workspace on scoring_sessions (workspace_id, created_at);
create table scoring_rounds (
    session_id text not null references scoring_sessions(id), number integer not null, status text not null,
    opened_at text not null, shown_at text, closed_at text, primary key (session_id, number)
) strict, without rowid;
create table scoring_seats (
    session_id text not null references scoring_sessions(id), person_id text not null references people(id),
    joined_at text not null, primary key (session_id, person_id)
) strict, without rowid;
create table scores (
    session_id text not null references scoring_sessions(id), round integer not null,
    person_id text not null references people(id), slug text not null, criterion text not null,
    low real, likeliest real not null, high real, note text not null default '', changed_at text not null,
    primary key (session_id, round, person_id, slug, criterion)
) strict, without rowid;
create table criterion_weights (
    workspace_id text not null references workspaces(id), person_id text not null references people(id),
    weights text not null, value_share real not null, changed_at text not null, primary key (workspace_id, person_id)
) strict;
create table accepted_evidence (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), slug text not null, criterion text not null, low real not null,
    likeliest real not null, high real not null, message text not null, said text not null, page text not null,
    key text not null, dated text not null, accepted_at text not null, withdrawn_at text
) strict;
create index accepted_evidence_of_workspace on accepted_evidence (workspace_id, slug);
"""


def scoring(database: Database) -> None:
    """Scoring sessions with their rounds, seats and scores; weights of the criteria; evidence accepted as a score."""
    run(database, SCHEMA_SCORING)


SCHEMA_VALUE_SHEETS = """
create table value_lines (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), slug text not null, position integer not null, kind text not null,
    name text not null, low real not null, likeliest real not null, high real not null, currency text not null,
    source text not null default '', dated text not null default '', created_at text not null
) strict;
create index value_lines_of_use_case on value_lines (workspace_id, slug);
create table exchange_rates (
    workspace_id text not null references workspaces(id), person_id text not null references people(id),
    currency text not null, into_currency text not null, rate real not null, dated text not null,
    source text not null default '', changed_at text not null,
    primary key (workspace_id, person_id, currency, into_currency)
) strict;
"""


def value_sheets(database: Database) -> None:
    """What a use case is assumed to bring and to cost, and the rates at which foreign amounts are counted."""
    run(database, SCHEMA_VALUE_SHEETS)


SCHEMA_PARTNERS = """
create table partners (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), name text not null, kind text not null,
    engine text not null default '', created_at text not null, retired_at text
) strict;
create index partners_of_workspace on partners (workspace_id);
create table partner_scores (
    partner_id text not null references partners(id), criterion text not null, low real not null,
    likeliest real not null, high real not null, basis text not null, source text not null default '',
    dated text not null default '', reference text not null default '', changed_at text not null,
    primary key (partner_id, criterion)
) strict;
create table partner_weights (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), criterion text not null, weight real not null,
    changed_at text not null
) strict;
create index partner_weights_of_workspace on partner_weights (workspace_id);
create table partner_choices (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), slug text not null, way text not null,
    partner_id text references partners(id), reason text not null default '', changed_at text not null
) strict;
create index partner_choices_of_workspace on partner_choices (workspace_id);
"""


def partners(database: Database) -> None:
    """Candidates to work with, how they score, what counts, and build, buy or partner for each use case."""
    run(database, SCHEMA_PARTNERS)


SCHEMA_PILOTS = """
create table pilots (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), use_case text not null, title text not null,
    hypothesis text not null, kpi text not null, unit text not null, direction text not null, measure text not null,
    design text not null, paired integer not null, baseline real not null, target real not null, spread real,
    power real not null, sample integer not null, starts_on text not null, ends_on text not null,
    business_owner text not null, technical_owner text not null, budget real not null, currency text not null,
    run_id text references runs(id), created_at text not null, changed_at text not null
) strict;
create index pilots_of_workspace on pilots (workspace_id, use_case);
create table pilot_decisions (
    id text primary key, workspace_id text not null references workspaces(id),
    pilot_id text not null references pilots(id), person_id text not null references people(id),
    decision text not null, reason text not null, run_id text references runs(id), created_at text not null
) strict;
create index pilot_decisions_of_pilot on pilot_decisions (pilot_id, created_at);
"""


def pilots(database: Database) -> None:
    """Pilots with their plan, the run that evaluated them, and every decision on them."""
    run(database, SCHEMA_PILOTS)


SCHEMA_WEEKLY_TABLE = """
create table weekly_entries (
    id text primary key, workspace_id text not null references workspaces(id),
    person_id text not null references people(id), kind text not null, title text not null,
    detail text not null default '', urgency text not null default 'season', business_owner text not null default '',
    technical_owner text not null default '', due_on text not null default '',
    artefact_id text references artefacts(id), created_at text not null, closed_at text
) strict;
create index weekly_entries_of_workspace on weekly_entries (workspace_id, kind);
"""


def weekly_table(database: Database) -> None:
    """What design asks for, what engineering offers, what was decided, and the quarter's aims."""
    run(database, SCHEMA_WEEKLY_TABLE)


STEPS = (
    portfolio,
    roadmaps,
    scoring,
    value_sheets,
    partners,
    pilots,
    weekly_table,
)
