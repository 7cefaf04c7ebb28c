"""Going on with a job: with the prompt in use, where the one that it began with is gone."""

from __future__ import annotations

from sqlite_utils import Database

from lib.access import Actor
from lib.batch.preparing import task_called
from lib.database import jobs
from lib.database.jobs import Job
from lib.tasks.prompts import GONE, load_prompt


def prompt_is_gone(job: Job) -> bool:
    """Whether the job waits because the prompt that it began with was deleted."""
    return job.status == "paused" and (job.reason or {}).get("message") == GONE


def resume(database: Database, actor: Actor, job_id: str) -> None:
    """Go on; with the workspace's present prompt where the one that the job began with is gone.

    Raises:
        NotFound: no such job among those that the actor sees.
        NotAllowed: the actor may not run.
        InputError: this version of the product does not have the job's task any more.
        PromptError: there is no prompt to go on with.
    """
    job = jobs.job(database, actor, job_id)
    prompt = load_prompt(database, actor, task_called(job.what)).hash if prompt_is_gone(job) else None
    jobs.resume(database, actor, job_id, prompt)
