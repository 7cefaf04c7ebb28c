"""The tree is the house plan's: what may stand where, and who may import what."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from bench import home_imports

ROOT = Path(__file__).resolve().parent.parent
TOP = {
    "Home.py", "pages", "lib", "sample_data", "bench", "tests", "docs", "static", "Makefile", "pyproject.toml",
    "requirements.txt", "requirements-dev.txt", "requirements-nodeps.txt", ".ci", ".streamlit", ".gitignore", "LICENSE",
    "CHANGELOG.md", "CONTRIBUTING.md", "README.md",
}  # fmt: skip


def tracked() -> list[Path]:
    """The files that git tracks or would track; the test needs a checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


FILES = tracked()
PYTHON = [path for path in FILES if path.suffix == ".py"]


def imports(path: Path) -> set[str]:
    """The top names of all modules that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_nothing_else_stands_at_the_top():
    assert {path.relative_to(ROOT).parts[0] for path in FILES} <= TOP


def test_no_page_stands_at_the_top_of_pages():
    assert not list((ROOT / "pages").glob("*.py"))


def test_the_frame_is_short():
    assert len((ROOT / "Home.py").read_text(encoding="utf-8").splitlines()) <= 60


def test_streamlit_stays_in_its_place():
    allowed = ("Home.py", "pages/", "lib/shell/", "lib/navigation.py", "tests/", "bench/")
    strays = [
        name
        for path in PYTHON
        if "streamlit" in imports(path) and not (name := str(path.relative_to(ROOT))).startswith(allowed)
    ]
    assert not strays


def test_raw_html_is_allowed_in_one_module():
    users = {
        str(path.relative_to(ROOT))
        for path in PYTHON
        if not path.is_relative_to(ROOT / "tests")
        and re.search(r"unsafe_allow_html\s*=\s*True|\bst\.html\(", path.read_text(encoding="utf-8"))
    }
    assert users <= {"lib/shell/html.py"}


def test_nothing_unpickles_or_evaluates():
    forbidden = re.compile(r"\bpickle\.loads?\(|(?<![\w.])eval\(|(?<![\w.])exec\(|trust_remote_code\s*=\s*True")
    users = [
        path for path in PYTHON if not path.is_relative_to(ROOT / "tests") and forbidden.search(path.read_text("utf-8"))
    ]
    assert not users


def test_home_opens_without_a_heavy_import():
    assert home_imports.run().detail["loaded"] == []


@pytest.mark.parametrize("word", ["/work/", "/root/", "extra-index-url", "find-links", "pypi.org"])
def test_no_path_of_a_machine_is_in_the_tree(word):
    here = Path(__file__)
    text = (".py", ".md", ".toml", ".txt", ".po", ".css", ".json", "")
    assert not [
        path
        for path in FILES
        if path != here and path.suffix in text and word in path.read_text("utf-8", errors="ignore")
    ]
