"""A job over the sample's whole catalogue on the built-in engine, for a bench that needs a busy machine."""

from __future__ import annotations

from lib.access import Actor
from lib.commerce.product_descriptions.catalogue_run import Settings, start
from lib.commerce.product_descriptions.model import BrandVoice, Channel
from lib.commerce.product_descriptions.proof import sample
from lib.database import connect
from lib.database.jobs import cancel, jobs
from lib.database.people import actor_for, create_person, create_workspace
from lib.engines.registry import BUILT_IN

_actors: list[Actor] = []


def _actor() -> Actor:
    if not _actors:
        with connect() as database:
            person, _token = create_person(database, "Bench")
            _actors.append(actor_for(database, person, create_workspace(database, person, "Bench")))
    return _actors[0]


def start_catalogue() -> str:
    """Begin a job of all products in both languages; its id."""
    how = Settings(Channel.SITE, BrandVoice())
    return start(_actor(), sample().products, how, ["fr", "en"], BUILT_IN)


def rows_done() -> tuple[int, int]:
    """Rows done, and rows under way, in all jobs of the bench."""
    with connect() as database:
        counts = [job.counts for job in jobs(database, _actor())]
    return sum(found.get("done", 0) for found in counts), sum(found.get("running", 0) for found in counts)


def cancel_all() -> None:
    """End all jobs of the bench."""
    with connect() as database:
        for job in jobs(database, _actor()):
            cancel(database, _actor(), job.id)
