"""The voice that texts are written in: what a workspace has set, else the demo house's own or a plain one."""

from __future__ import annotations

import json
from functools import cache

from sqlite_utils import Database

from lib.access import DEMO_WORKSPACE, Actor
from lib.commerce.product_descriptions.model import BrandVoice
from lib.database.house_voices import house_voice, set_house_voice
from lib.database.people import workspace
from lib.settings import ROOT


@cache
def _of_the_demo_house() -> BrandVoice:
    return BrandVoice.model_validate(json.loads((ROOT / "sample_data" / "voice.json").read_text(encoding="utf-8")))


def voice_of(database: Database, actor: Actor) -> tuple[BrandVoice, str]:
    """The voice of the actor's workspace and when it was set; '' where nobody set one.

    A workspace of one's own begins with its house's name and no words to prefer or to avoid: those of the demo house
    are nobody else's.
    """
    kept = house_voice(database, actor)
    stamp = str(kept.pop("changed_at", ""))
    if kept:
        return BrandVoice.model_validate(kept), stamp
    if actor.workspace == DEMO_WORKSPACE:
        return _of_the_demo_house(), ""
    return BrandVoice(house=str(workspace(database, actor)["house"])), ""


def keep_voice(database: Database, actor: Actor, voice: BrandVoice) -> None:
    """Set the voice of the actor's workspace.

    Raises:
        NotAllowed: the actor may not run tasks here.
    """
    set_house_voice(database, actor, voice.model_dump(mode="json", by_alias=True))
