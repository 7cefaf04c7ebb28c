"""The names that pages show for what the database keeps as keys."""

from __future__ import annotations

from lib.engines.registry import available
from lib.i18n import N_, translate

KIND_NAMES = {
    "generation": N_("Generation"),
    "analysis": N_("Analysis"),
    "simulation": N_("Simulation"),
    "rendering": N_("Rendering"),
    "comparison": N_("Comparison"),
}
STATUS_NAMES = {
    "running": N_("Running"),
    "done": N_("Done"),
    "failed": N_("Failed"),
    "waiting": N_("Waiting for a person"),
    "cancelled": N_("Stopped"),
    "cut": N_("Broken off"),
}
REVIEW_NAMES = {
    "approved": N_("Approved"),
    "sent_back": N_("Sent back"),
    "rejected": N_("Rejected"),
    "withdrawn": N_("Withdrawn"),
    "rated": N_("Rated"),
}


def kind_name(kind: str) -> str:
    """A run's kind as the reader reads it."""
    return translate(KIND_NAMES.get(kind, kind))


def status_name(status: str) -> str:
    """A run's state as the reader reads it."""
    return translate(STATUS_NAMES.get(status, status))


def review_name(verdict: str) -> str:
    """A review's verdict as the reader reads it."""
    return translate(REVIEW_NAMES.get(verdict, verdict))


def engine_said(name: str) -> str:
    """An engine by its title; by its name where it is no longer configured."""
    return next((translate(engine.title) for engine in available() if engine.name == name), name)
