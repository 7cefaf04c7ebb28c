"""Near-copies of earlier posts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.checks.model import Verdict
from lib.checks.near_copy import CONTAINED_IN, Earlier, copy_findings, index_of

OLD = (
    "The collar was drawn three times before it sat right, and the last pattern was thrown away on a Friday. "
    "What stayed is a coat that closes with one hand and hangs from the shoulder like a dressing gown."
)
POSTS = [
    Earlier("P1", OLD, "The collar"),
    Earlier(
        "P2",
        "Une jupe que l’on remonte d’un geste avant de traverser la place sous une pluie de printemps.",
        "La place",
    ),
]
UNLIKE = "amber birch cedar delta ember fjord glade heron inlet jetty knoll larch mossy north olive pearl quartz"
FEW = "a coat of wool with line and hand cut for rain or sun by night day sea"
NEW = "A new opening of our own making. "


def test_a_copied_passage_is_marked_with_its_post() -> None:
    text = (
        NEW + OLD[:104] + " Then it goes on in words that nobody has written before, about cloth and light and weather."
    )
    (found, *_rest) = copy_findings(text, "body", index_of(POSTS))
    assert found.verdict is Verdict.FAIL  # 20 words in a row
    assert found.evidence == "post.P1"
    assert text[found.start : found.end].startswith("The collar was drawn three times")
    assert found.values["post"] == "The collar"


def test_case_accents_and_punctuation_hide_nothing() -> None:
    text = "UNE JUPE QUE L'ON REMONTE, D'UN GESTE, AVANT DE TRAVERSER LA PLACE (sous une pluie de printemps)!"
    assert {f.evidence for f in copy_findings(text, "body", index_of(POSTS))} == {"post.P2"}


def test_a_text_that_is_mostly_an_old_post_says_how_much() -> None:
    found = copy_findings(OLD + " One more thing.", "body", index_of(POSTS))
    (share,) = [f for f in found if f.message == CONTAINED_IN]
    assert share.values["percent"] >= 80
    assert share.start is None


def test_own_words_pass() -> None:
    text = "A wool coat with patch pockets. It closes with horn buttons and falls below the knee."
    assert copy_findings(text, "body", index_of(POSTS)) == []


def test_set_phrases_and_the_products_own_text_arent_copies() -> None:
    care = "Machine wash cold, do not tumble dry, do not bleach, iron on low heat."
    name = "Manteau Camille long en laine et cachemire à col châle et poches plaquées"
    posts = [*POSTS, Earlier("P3", f"Belle pièce. {care} {name}.")]
    assert copy_findings(care, "fit_and_care", index_of(posts)) == []
    assert copy_findings(f"Voici : {name}.", "body", index_of(posts)) != []
    assert copy_findings(f"Voici : {name}.", "body", index_of(posts), (name,)) == []


def test_what_many_posts_share_is_house_idiom() -> None:
    line = "from our workroom on the quay to your door in three days or less"
    unlike = UNLIKE.split()
    posts = [Earlier(f"Q{n}", f"{word} starts this post. {line}. {word} ends it.") for n, word in enumerate(unlike)]
    assert copy_findings(line, "body", index_of(posts)) == []
    assert copy_findings(line, "body", index_of(posts[:3])) != []


def test_the_same_post_on_many_channels_is_one_source() -> None:
    posts = [Earlier(f"R{n}", OLD) for n in range(40)]
    assert copy_findings(OLD, "body", index_of(posts)) != []


def test_the_index_is_kept_by_content() -> None:
    assert index_of(POSTS) is index_of([Earlier(p.post_id, p.text, p.title) for p in POSTS])
    assert index_of(POSTS) is not index_of(POSTS[:1])


WORDS = st.lists(st.sampled_from(FEW.split()), max_size=60)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.lists(WORDS, max_size=4))
def test_marked_passages_stand_in_their_post(new: list[str], old: list[list[str]]) -> None:
    posts = {f"p{n}": " ".join(text) for n, text in enumerate(old)}
    text = " ".join(new)
    for found in copy_findings(text, "body", index_of([Earlier(key, value) for key, value in posts.items()])):
        if found.start is not None and found.kind == "near_copy":
            assert f" {text[found.start : found.end]} " in f" {posts[found.evidence.removeprefix('post.')]} "
