"""``python -m bench NAME [--json FILE]``: run one bench, or 'all', and print a line for each."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
from pathlib import Path
from typing import Any

import bench
from lib.settings import one_thread

NOT_BENCHES = {"__main__", "model", "bulk", "recall", "check_pictures"}
BY_NAME_ONLY = {
    "proofs",
    "stale_proofs",
    "analyses",
    "checks",
    "check_alarms",
    "claims_traced",
    "method",
}  # tables of their own; 'all' leaves them out


def names() -> list[str]:
    """Every bench there is."""
    return sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if module.name not in NOT_BENCHES)


def run(name: str) -> Any:
    """Run one bench and return what ``--json`` writes."""
    result = importlib.import_module(f"bench.{name}").run()
    return result.as_json() if hasattr(result, "as_json") else result


def line(row: dict[str, Any]) -> str:
    """One bench's result in one line."""
    ratio = "" if row["ratio"] is None else f"  ratio {row['ratio']:.2f}"
    return f"{row['name']}: {row['metric']} {row['value']:.3g} {row['unit']}, baseline {row['baseline']:.3g}{ratio}"


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=[*names(), "all"])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result there as JSON")
    parser.add_argument(
        "--write", action="store_true", help="checks: write docs/checks.json and docs/checks.md as well"
    )
    arguments = parser.parse_args()
    if arguments.write and arguments.name != "checks":
        parser.error("--write goes with the bench 'checks' alone")
    one_thread()  # as the app does, before a bench loads numpy
    chosen = [name for name in names() if name not in BY_NAME_ONLY] if arguments.name == "all" else [arguments.name]
    rows = [run(name) for name in chosen]
    if arguments.write:
        importlib.import_module("bench.checks").write(rows[0])
    for row in rows:
        if isinstance(row, dict) and "metric" in row:
            print(line(row))
    if arguments.json:
        content = rows if arguments.name == "all" else rows[0]
        arguments.json.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
