"""What clients wrote about what they bought and wished for: reviews, e-mails, messages, notes of the boutique.

A comment follows its client's hidden taste (``leanings``), what they bought and whether and why it came back, with
noise: one polarity in twelve is turned round, gifts speak of other people's tastes, some texts are about the delivery.
The phrases are in ``source/comments.toml``; ``comment_texts`` puts them together.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from sample_data.comment_texts import Said, Speaker, compose, title, untidy
from sample_data.leanings import OCCASIONS, Leaning, leanings, shape_of
from sample_data.products import Article, source
from sample_data.purchases import FIRST, LAST, Bought
from sample_data.shoppers import Shopper, described

COLUMNS = (
    "comment_id", "customer_id", "written_on", "source", "language", "rating", "sku", "title", "text",
)  # fmt: skip
CLIENTS, MANY = 380, (220, 150, 112, 104)  # comments of those who write most; the first in French, then English
SOURCES = {"review": 58, "message": 22, "e-mail": 14, "boutique note": 6}
TURNED = 0.08  # of polarities: people contradict themselves
NAMES_PRODUCT = {"review": 0.93, "e-mail": 0.22, "message": 0.12, "boutique note": 0.3}
EMPTY, GIFT, SERVICE = 0.008, 0.045, 0.09


@dataclass(frozen=True)
class Client:
    """A shopper who writes, with what they like and what they bought."""

    shopper: Shopper
    leaning: Leaning
    lines: tuple[Bought, ...]
    comments: int


def comment_rows(
    seed: int,
    shoppers: Sequence[Shopper],
    articles: Sequence[Article],
    wanted: NDArray[np.float64],
    lines: Sequence[Bought],
) -> list[dict[str, str]]:
    """The comments by day, one of them recorded twice. ``wanted``: utilities, shape (shoppers, articles)."""
    draw = random.Random(seed)
    likes = leanings(seed + 1, shoppers, articles, wanted)
    rows = [row for client in _clients(draw, shoppers, likes, lines) for row in _comments(draw, client, articles)]
    rows.sort(key=lambda row: row["written_on"])
    for number, row in enumerate(rows):
        row["comment_id"] = f"K{300_000 + 7 * number}"
    twice = draw.randrange(len(rows))
    rows.insert(twice + 1, dict(rows[twice]))
    return rows


def _clients(
    draw: random.Random, shoppers: Sequence[Shopper], likes: Sequence[Leaning], lines: Sequence[Bought]
) -> Iterator[Client]:
    """Those who write: who buys more writes more often, and the four who write most agreed to its use."""
    bought: dict[str, list[Bought]] = {}
    for line in lines:
        bought.setdefault(line.shopper.customer_id, []).append(line)
    places = [place for place, shopper in enumerate(shoppers) if shopper.customer_id in bought]
    places.sort(key=lambda place: -len(bought[shoppers[place].customer_id]))
    agreed = [place for place in places if "comments" in shoppers[place].allowed]
    most = [next(place for place in agreed if shoppers[place].language == language) for language in ("fr", "en")]
    most += [place for place in agreed if place not in most][: len(MANY) - 2]
    count = dict(zip(most, MANY, strict=True))
    while len(count) < CLIENTS:
        place = draw.choice(places)
        if place not in count and draw.random() < (0.9 if place in agreed else 0.45):
            count[place] = min(max(round(draw.gammavariate(1.9, 4.5)), 1), 20)
    for place in sorted(count):
        own = tuple(bought[shoppers[place].customer_id])
        yield Client(shoppers[place], likes[place], own, count[place])


def _comments(draw: random.Random, client: Client, articles: Sequence[Article]) -> Iterator[dict[str, str]]:
    waiting = draw.sample(client.lines, len(client.lines))
    written: set[str] = set()
    for _ in range(client.comments):
        line = None
        if draw.random() < 0.74:
            line = waiting.pop() if waiting else draw.choice(client.lines)
        for _again in range(6):  # nobody writes the same words twice, if they can help it
            row = _comment(draw, client, line, articles)
            if row["text"] not in written:
                break
        written.add(row["text"])
        yield row


def _comment(draw: random.Random, client: Client, line: Bought | None, articles: Sequence[Article]) -> dict[str, str]:
    """One comment without its number: on a line of an order, or on what the client likes at large."""
    kind = draw.choices(tuple(SOURCES), tuple(SOURCES.values()))[0]
    if line is None and kind == "review":
        kind = draw.choice(("message", "e-mail", "boutique note"))
    article = line.article if line else draw.choice(_theirs(client, articles))
    speaker = Speaker.of(draw, client.shopper, article, line.size if line else "", kind)
    said = _about(draw, client, line) if line else _at_large(draw, client, article)
    if kind == "e-mail" and draw.random() < 0.4 and not any(one.aspect in ("service", "wish") for one in said):
        said.append(draw.choice((Said("service", "", 0), _wish(draw, client.leaning))))
    row = dict.fromkeys(COLUMNS, "")
    row |= {
        "customer_id": client.shopper.customer_id, "written_on": _day(draw, client, line).isoformat(),
        "source": kind, "language": speaker.language,
    }  # fmt: skip
    if line and draw.random() < NAMES_PRODUCT[kind]:
        row["sku"] = line.article.sku
    if kind == "review":
        row["rating"] = str(_rating(draw, said))
        row["title"] = title(draw, speaker, said) if draw.random() < 0.5 else ""
    row["text"] = "" if draw.random() < EMPTY else untidy(draw, speaker, compose(draw, speaker, said))
    return row


def _theirs(client: Client, articles: Sequence[Article]) -> list[Article]:
    return [article for article in articles if article.department in (client.shopper.department, "unisex")]


def _day(draw: random.Random, client: Client, line: Bought | None) -> date:
    """Some days after what they write about came; of no order, any day since they became a client."""
    if line:
        start = line.asked or line.day + timedelta(days=3)
        return min(start + timedelta(days=min(int(draw.expovariate(1 / 9)), 90)), LAST)
    start = max(FIRST, date.fromisoformat(client.shopper.customer_since))
    return start + timedelta(days=draw.randint(0, max((LAST - start).days, 0)))


def _rating(draw: random.Random, said: Sequence[Said]) -> int:
    tone = sum(one.tone for one in said) / max(len(said), 1)
    return min(max(round(3.1 + 1.5 * tone + draw.gauss(0, 0.7)), 1), 5)


def _tone(draw: random.Random, chance: float) -> int:
    """1 or -1; ``chance`` of 1, between 0 and 1, and now and then the other way round."""
    tone = 1 if draw.random() < chance else -1
    return -tone if draw.random() < TURNED else tone


def _sure(worth: float) -> float:
    return 1 / (1 + math.exp(-2.2 * worth))


def _about(draw: random.Random, client: Client, line: Bought) -> list[Said]:
    """What is said of a product that they bought: first why it came back, where it did."""
    if (line.gift and draw.random() < 0.5) or draw.random() < GIFT / 2:
        return [Said("gift", draw.choice(("colour", "fabric")), 1)]
    if draw.random() < SERVICE / 2:
        return [Said("service", "", 0)]
    said = _reason(line.returned) if line.returned and draw.random() < 0.85 else []
    done = {one.aspect for one in said}
    aspects = {"fit": 30, "colour": 26, "fabric": 24, "length": 13, "price": 15, "occasion": 15, "pattern": 8,
               "overall": 11, "fact": 8, "category": 6}  # fmt: skip
    for _ in range(draw.choices((1, 2, 3, 4), (27, 42, 24, 7))[0] - (len(said) > 0)):
        aspect = draw.choices(tuple(aspects), tuple(aspects.values()))[0]
        if aspect not in done and (one := _of_line(draw, client, line, aspect)):
            said.append(one)
        done.add(aspect)
    return said or [Said("overall", "", -1 if line.returned else 1)]


def _reason(reason: str) -> list[Said]:
    return {
        "too small": [Said("fit", "small", -1)],
        "too large": [Said("fit", "large", -1)],
        "not as pictured": [Said("colour", "unnamed", -1)],
        "quality": [Said("fabric", "", -1)],
        "arrived late": [Said("service", "", 0)],
        "gift not wanted": [Said("gift", "colour", 0)],
        "changed my mind": [Said("overall", "", -1)],
    }[reason]


def _of_line(draw: random.Random, client: Client, line: Bought, aspect: str) -> Said | None:
    article, leaning = line.article, client.leaning
    if aspect == "fit":
        return _fit(draw, client, line)
    if aspect == "length":
        return _length(draw, leaning, article)
    if aspect in ("colour", "fabric", "category", "pattern"):
        feature = "family" if aspect == "fabric" else aspect
        value = described(article)[feature]
        if aspect == "pattern" and value not in source("comments")["patterns"]:
            return None  # of what is plain nobody says so
        # What was bought is liked more often than not, whatever else of it drew them.
        return Said(aspect, value, _tone(draw, _sure(leaning.worth[feature][value] + 0.35)))
    if aspect == "price":
        usual = float(np.median([one.article.price for one in client.lines]))
        return Said("price", "", _tone(draw, _sure(0.6 * leaning.purse - 1.1 * math.log(article.price / usual))))
    if aspect == "occasion":
        return _occasion(draw, leaning)
    return Said(aspect, "", _tone(draw, 0.2 if line.returned else 0.9)) if aspect == "overall" else Said(aspect, "", 0)


def _fit(draw: random.Random, client: Client, line: Bought) -> Said | None:
    """Most that is kept fits; a cut that isn't theirs is said to be so."""
    if line.article.category == "bags":
        return None
    shape = shape_of(line.article.attributes.get("fit", ("", ""))[0])
    if line.article.category != "shoes" and shape and draw.random() < 0.5:
        liked = client.leaning.closeness * (1 if shape == "close" else -1)
        tone = _tone(draw, _sure(1.5 * liked + 0.2))
        return Said("fit", shape, tone)
    if draw.random() < 0.8:
        return Said("fit", "", 1)
    return Said("fit", draw.choice(("small", "large")), -1)


def _length(draw: random.Random, leaning: Leaning, article: Article) -> Said | None:
    if article.category == "shoes":
        return None
    if draw.random() < (0.3 if leaning.stature == 0 else 0.72):
        wrong = {-1: "long", 1: "short", 0: draw.choice(("long", "short"))}[leaning.stature]
        return Said("length", wrong if draw.random() > TURNED else "short", -1)
    return Said("length", "", 1)


def _occasion(draw: random.Random, leaning: Leaning) -> Said:
    if draw.random() < 0.72:
        return Said("occasion", draw.choice(leaning.occasions), _tone(draw, 0.95))
    if draw.random() < 0.6:
        return Said("occasion", draw.choice(leaning.shunned), _tone(draw, 0.1))
    return Said("occasion", draw.choice(OCCASIONS), _tone(draw, 0.5))


def _at_large(draw: random.Random, client: Client, article: Article) -> list[Said]:
    """What a client says of no order: likes, dislikes, wishes, gifts, the service."""
    chance = draw.random()
    if chance < 0.2:
        return [Said("service", "", 0)]
    if chance < 0.2 + GIFT:
        return [Said("gift", draw.choice(("colour", "fabric")), 0)]
    leaning = client.leaning
    said = [_strong(draw, leaning) for _ in range(draw.choices((1, 2, 3), (45, 40, 15))[0])]
    if chance < 0.5:
        said = [*said[1:], _wish(draw, leaning)]
    return list({one.aspect: one for one in said}.values())


def _strong(draw: random.Random, leaning: Leaning) -> Said:
    """A like or dislike, more often one that is strongly felt."""
    aspect = draw.choices(("colour", "fabric", "category", "pattern", "occasion", "price", "fit"),
                          (34, 26, 10, 9, 13, 8, 12))[0]  # fmt: skip
    if aspect == "occasion":
        return _occasion(draw, leaning)
    if aspect == "price":
        return Said("price", "", _tone(draw, _sure(0.9 * leaning.purse - 0.3)))
    if aspect == "fit":
        shape = draw.choice(("close", "loose"))
        return Said("fit", shape, _tone(draw, _sure(leaning.closeness * (3 if shape == "close" else -3))))
    value, worth = _felt(draw, leaning, "family" if aspect == "fabric" else aspect)
    return Said(aspect, value, _tone(draw, _sure(2 * worth)))


def _felt(draw: random.Random, leaning: Leaning, feature: str, least: float = -9.0) -> tuple[str, float]:
    worths = [(value, worth) for value, worth in leaning.worth[feature].items() if worth and worth > least]
    if feature == "pattern":
        worths = [(value, worth) for value, worth in worths if value in source("comments")["patterns"]]
    return draw.choices(worths, [abs(worth) ** 1.5 for _, worth in worths])[0]


def _wish(draw: random.Random, leaning: Leaning) -> Said:
    aspect = draw.choices(("colour", "fabric", "occasion", "length"), (45, 25, 20, 10))[0]
    if aspect == "length" and leaning.stature:
        return Said("wish", "shorter" if leaning.stature < 0 else "longer", 0)
    if aspect == "occasion":
        return Said("wish", f"occasion {draw.choice(leaning.occasions)}", 0)
    aspect = aspect if aspect == "fabric" else "colour"
    value, _ = _felt(draw, leaning, "family" if aspect == "fabric" else aspect, 0.0)
    return Said("wish", f"{aspect} {value}", 0)
