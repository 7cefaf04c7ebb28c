"""How long each field of a description may be, by channel, with the reason in the message.

The snippet's limit and the lengths at which phones and search results cut are what these channels usually show; where a
figure is our own rule of thumb, the message says so.
"""

from __future__ import annotations

from lib.checks.length import Limit
from lib.commerce.product_descriptions.model import SNIPPET_CHARACTERS, Channel
from lib.i18n import N_

LIMITS: tuple[Limit, ...] = (
    Limit(
        "snippet",
        most=SNIPPET_CHARACTERS,
        hard=True,
        too_long=N_("{length} characters: search engines show about {most} and cut the rest. Shorten it by {excess}."),
        least=70,
        too_short=N_(
            "{length} characters: with fewer than {least}, search engines often show another passage instead."
        ),
    ),
    Limit(
        "title",
        most=70,
        too_long=N_(
            "{length} characters: search results and lists cut titles after about {most}. Shorten it by {excess}."
        ),
        least=10,
        too_short=N_(
            "{length} characters: a title this short doesn't tell which piece it is. Add the material or the cut."
        ),
    ),
    Limit(
        "title",
        Channel.MARKETPLACE,
        most=80,
        hard=True,
        too_long=N_(
            "{length} characters: many marketplaces take fashion titles of at most {most}. Shorten it by {excess}."
        ),
        least=20,
        too_short=N_(
            "{length} characters: marketplace buyers search by title. Name the category, the material and the colour."
        ),
    ),
    Limit(
        "title",
        Channel.SOCIAL,
        most=60,
        too_long=N_(
            "{length} characters: on a phone a post shows about {most} before the fold. Shorten it by {excess}."
        ),
    ),
    Limit(
        "title",
        Channel.EMAIL,
        most=50,
        too_long=N_(
            "{length} characters: phones cut the subject line of a mail after about {most}. Shorten it by {excess}."
        ),
    ),
    Limit(
        "opener",
        most=200,
        too_long=N_(
            "{length} characters: the opener is one sentence, read before “more” is pressed. Shorten it by {excess}."
        ),
    ),
    Limit(
        "opener",
        Channel.SOCIAL,
        most=125,
        too_long=N_("{length} characters: social networks fold the text after about {most}. Shorten it by {excess}."),
    ),
    Limit(
        "body",
        most=1_200,
        too_long=N_(
            "{length} characters: product pages are skimmed; our rule of thumb is {most} at most. Shorten"
            " it by {excess}."
        ),
        least=120,
        too_short=N_("{length} characters: below {least} there is too little to tell the piece from others."),
    ),
    Limit(
        "body",
        Channel.MARKETPLACE,
        most=2_000,
        hard=True,
        too_long=N_("{length} characters: many marketplaces take {most} at most. Shorten it by {excess}."),
        least=120,
        too_short=N_("{length} characters: below {least} there is too little to tell the piece from others."),
    ),
    Limit(
        "body",
        Channel.SOCIAL,
        most=600,
        too_long=N_(
            "{length} characters: a post is read on a phone; our rule of thumb is {most} at most. Shorten"
            " it by {excess}."
        ),
    ),
    Limit(
        "body",
        Channel.EMAIL,
        most=500,
        too_long=N_("{length} characters: a mail has room for about {most} before the button. Shorten it by {excess}."),
    ),
    Limit(
        "bullets",
        unit="items",
        most=6,
        too_long=N_("Number of points: {length}. Past {most} a list is hard to skim. To take out: {excess}."),
        least=3,
        too_short=N_("Number of points: {length}. With fewer than {least}, a shopper's questions stay open."),
    ),
    Limit(
        "bullets",
        Channel.MARKETPLACE,
        unit="items",
        most=5,
        hard=True,
        too_long=N_("Number of points: {length}. Many marketplaces show {most}. To take out: {excess}."),
        least=3,
        too_short=N_("Number of points: {length}. With fewer than {least}, a shopper's questions stay open."),
    ),
    Limit(
        "bullets",
        Channel.SOCIAL,
        unit="items",
        most=5,
        too_long=N_("Number of points: {length}. A post has room for about {most}. To take out: {excess}."),
    ),
    Limit(
        "bullet",
        most=140,
        too_long=N_("{length} characters: a point is one line, about {most}. Shorten it by {excess}."),
    ),
    Limit(
        "fit_and_care",
        most=500,
        too_long=N_(
            "{length} characters: over {most}, fit and care are no longer found at a glance. Shorten it by {excess}."
        ),
    ),
)
