"""The tiny task may be done in the tests' own process."""

from __future__ import annotations

import pytest

from lib.batch import preparing
from tests.batch.tiny import DOTTED


@pytest.fixture(autouse=True)
def tiny_task() -> None:
    preparing.allow(DOTTED)
