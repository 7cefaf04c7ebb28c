"""Past posts and their results: who posted what, where and when, and how it sold.

THE TRUE EFFECTS STAND HERE AND NOWHERE ELSE. Whoever writes or tunes the method that is judged on this data must not
read this file; that it finds them is what its proof has to show.
"""

from __future__ import annotations

import datetime as dt
import math
import random
import re
from dataclasses import dataclass

from sample_data.products import Article
from sample_data.writing import WRITERS, Composer, Draft, Writer

FIRST_DAY = dt.date(2024, 2, 5)
DAYS = 960
CHANNELS = ("site", "marketplace", "social", "email")
COLUMNS = (
    "post_id", "sku", "channel", "category", "language", "title", "text", "published_on",
    "views", "carts", "orders", "returns",
)  # fmt: skip

# Conversion (orders per view) of a middling post, and median views.
BASE = {"site": 0.0115, "marketplace": 0.0088, "social": 0.0042, "email": 0.0140}
VIEWS = {"site": 2600, "marketplace": 4200, "social": 6500, "email": 3400}
CATEGORY = {
    "dresses": 0.05,
    "coats": -0.18,
    "knitwear": 0.22,
    "shirts": 0.15,
    "trousers": 0.0,
    "skirts": -0.05,
    "bags": -0.12,
    "shoes": 0.03,
}
RETURNS = {
    "dresses": 0.31,
    "coats": 0.24,
    "knitwear": 0.17,
    "shirts": 0.21,
    "trousers": 0.29,
    "skirts": 0.23,
    "bags": 0.10,
    "shoes": 0.27,
}
APPEAL_SD, POST_SD = 0.38, 0.20
DISPERSION = 14.0  # gamma shape of the overdispersion: 1/14 of squared mean on top of Poisson


@dataclass(frozen=True)
class Post:
    """One post with its results; ``text_effect`` is the sum of the true effects of its text on log conversion."""

    post_id: str
    article: Article
    channel: str
    language: str
    title: str
    text: str
    day: dt.date
    views: int
    carts: int
    orders: int
    returns: int
    text_effect: float
    log_rate: float


def _count(draft: Draft, *names: str) -> int:
    return sum(move.startswith(names) for move in draft.moves)


def text_effects(draft: Draft, channel: str) -> dict[str, float]:
    """What the text itself does to log conversion: each effect in its own terms, some of them only in one channel."""
    text = draft.text
    greeted = "open.hello" in draft.moves
    body = text.split("\n", 1)[-1] if greeted else text
    opening = re.split(r"(?<=[.!?])\s|\n", body.strip(), maxsplit=1)[0]
    words = len(opening.split())
    fit = bool(_count(draft, "fit.", "label.fit"))
    sensory = min(_count(draft, "sensory"), 2)
    listed = _count(draft, "label.") >= 3
    numbers = min(len(re.findall(r"\d+(?:[.,]\d+)?", text)), 5)
    superlatives = min(_count(draft, "open.superlative", "filler.superlative"), 2)
    return {
        "fit is told": 0.24 * fit,
        "care is told": 0.10 * bool(_count(draft, "care", "label.care")),
        "concrete numbers": 0.035 * numbers,
        "superlatives": -0.09 * superlatives,
        "opening beyond 16 words": max(-0.40, -0.014 * max(0, words - 16)),
        "sensory words": (0.0 if channel == "marketplace" else 0.11) * sensory,
        "a list": {"marketplace": 0.24, "site": 0.05, "social": -0.15, "email": 0.0}[channel] * listed,
        "a benefit": 0.11 * bool(_count(draft, "filler.benefit")),
        "stopgaps": -0.06 * min(_count(draft, "filler.any"), 2),
        "a long post on social": -0.006 * max(0, len(text.split()) - 35) * (channel == "social"),
        "a question opens": 0.0,
    }


def _poisson(mean: float, rng: random.Random) -> int:
    if mean > 60:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def _overdispersed(mean: float, rng: random.Random) -> int:
    """Negative binomial: a Poisson whose mean varies as a gamma."""
    return _poisson(rng.gammavariate(DISPERSION, mean / DISPERSION), rng)


def _binomial(trials: int, share: float, rng: random.Random) -> int:
    return sum(rng.random() < share for _ in range(trials))


def _views(channel: str, day: int, article: Article, rng: random.Random) -> int:
    """Heavy-tailed; the site grew, organic reach on social fell; wanted products are seen more often."""
    trend = {"site": 0.35, "marketplace": 0.1, "social": -0.6, "email": 0.15}[channel] * (day / DAYS - 0.5)
    spread = 1.0 if channel == "social" else 0.7
    viral = rng.paretovariate(1.6) if rng.random() < 0.08 else 1.0
    return max(40, int(VIEWS[channel] * math.exp(trend + 0.15 * article.appeal + rng.gauss(0, spread)) * viral))


def _log_rate(article: Article, channel: str, day: int, views: int, rng: random.Random) -> float:
    """Log conversion without the text: product, channel, price, season, time, crowd, chance."""
    month = (FIRST_DAY + dt.timedelta(days=day)).month
    cold = month >= 9 or month <= 2
    in_season = article.season.startswith("AW") == cold
    price = -0.38 * math.log(article.price / 320)
    crowd = -0.10 * math.log(views / VIEWS[channel])  # a large audience is a less interested one
    time = 0.12 * (0.5 - day / DAYS) + (0.22 if month in (1, 7) else 0.0)  # sales months
    return (
        math.log(BASE[channel])
        + CATEGORY[article.category]
        + (price * (1.2 if channel == "marketplace" else 0.9))
        + (0.13 if in_season else -0.13)
        + APPEAL_SD * article.appeal
        + crowd
        + time
        + rng.gauss(0, POST_SD)
    )


def _return_share(article: Article, draft: Draft) -> float:
    base = RETURNS[article.category]
    change = -0.28 * bool(_count(draft, "fit.", "label.fit")) - 0.10 * bool(_count(draft, "care", "label.care"))
    change += 0.14 * min(_count(draft, "open.superlative", "filler.superlative"), 2) - 0.08 * bool(
        _count(draft, "label.material", "fact")
    )
    return 1 / (1 + math.exp(-(math.log(base / (1 - base)) + change)))


def _writer(language: str, day: int, article: Article, rng: random.Random) -> Writer:
    """The two best-practised writers get the dear lines more often: a confounder that the data can't show directly."""
    writers = [writer for writer in WRITERS if writer.language == language and writer.since <= day]
    weights = [
        3.0 if writer.name in "ae" and article.price > 500 else 1.6 if writer.name in "bf" else 2.0
        for writer in writers
    ]
    return rng.choices(writers, weights)[0]


def _result(
    number: int, article: Article, channel: str, day: int, draft: Draft, language: str, rng: random.Random
) -> Post:
    views = _views(channel, day, article, rng)
    effect = sum(text_effects(draft, channel).values())
    log_rate = min(_log_rate(article, channel, day, views, rng) + effect - 0.25, math.log(0.12))
    orders = min(_overdispersed(views * math.exp(log_rate), rng), views)
    carts = min(views, orders + _overdispersed(orders * rng.uniform(1.8, 4.2) + 1, rng))
    share = rng.betavariate(30 * _return_share(article, draft), 30 * (1 - _return_share(article, draft)))
    return Post(
        post_id=f"P{number:04d}",
        article=article,
        channel=channel,
        language=language,
        title=draft.title,
        text=draft.text,
        day=FIRST_DAY + dt.timedelta(days=day),
        views=views,
        carts=carts,
        orders=orders,
        returns=_binomial(orders, share, rng),
        text_effect=effect,
        log_rate=log_rate,
    )


def make_posts(articles: list[Article], seed: int, count: int) -> list[Post]:
    """``count`` posts about part of the products, some of them posted about several times, in order of their day."""
    rng = random.Random(seed)
    posted = rng.sample(articles, min(len(articles), max(230, count // 4)))
    languages = ["en"] * round(0.6 * count) + ["fr"] * (count - round(0.6 * count))
    rng.shuffle(languages)
    days = sorted(rng.randint(0, DAYS) for _ in range(count))
    posts, seen = [], set()
    for number, (day, language) in enumerate(zip(days, languages, strict=True), start=1):
        article = (
            posted[min(int(rng.paretovariate(0.9) * 20) - 20, 10**6) % len(posted)]
            if rng.random() < 0.5
            else rng.choice(posted)
        )
        channel = rng.choices(CHANNELS, [40, 25, 20, 15])[0]
        draft = Draft()
        while len(draft.text) < 12 or draft.text in seen:
            draft = Composer(article, channel, _writer(language, day, article, rng), rng).write()
        seen.add(draft.text)
        posts.append(_result(number, article, channel, day, draft, language, rng))
    return posts


def _row(post: Post) -> dict[str, str]:
    return {
        "post_id": post.post_id,
        "sku": post.article.sku,
        "channel": post.channel,
        "category": post.article.category,
        "language": post.language,
        "title": post.title,
        "text": post.text,
        "published_on": post.day.isoformat(),
        "views": str(post.views),
        "carts": str(post.carts),
        "orders": str(post.orders),
        "returns": str(post.returns),
    }


def post_rows(posts: list[Post], seed: int) -> list[dict[str, str]]:
    """The rows of posts.csv: missing cells, posts recorded twice, re-posts, three products that no longer exist."""
    rng = random.Random(seed)
    rows = [_row(post) for post in posts]
    for row in rows:
        for column, share in (
            ("category", 0.02),
            ("language", 0.03),
            ("title", 0.04),
            ("published_on", 0.01),
            ("carts", 0.03),
            ("returns", 0.03),
            ("sku", 0.01),
        ):
            if rng.random() < share:
                row[column] = ""
    for index, gone in zip((37, 158, 301), ("MS-DR0907", "MS-BA0612", "MS-KN0233"), strict=True):
        rows[index]["sku"] = gone
    rows[93]["channel"] = rows[93]["channel"].upper()
    twice = [dict(rows[index]) for index in rng.sample(range(len(rows)), 4)]
    again = [{**rows[index], "post_id": f"{rows[index]['post_id']}-b"} for index in rng.sample(range(len(rows)), 6)]
    for copy in again:
        copy["views"] = str(int(int(copy["views"]) * 0.4) + 1)
        copy["orders"] = str(int(int(copy["orders"]) * 0.3))
        copy["carts"] = ""
        copy["returns"] = ""
    return rows + twice + again
