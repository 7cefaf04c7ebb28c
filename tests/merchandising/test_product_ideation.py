"""The page through Streamlit's script runner, its round as the worker does it, and what the database keeps."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import DEMO_WORKSPACE, Actor
from lib.batch.work import do_work_here
from lib.catalogue import use_case
from lib.database import artefacts, connect, data_sets
from lib.database.people import actor_for
from lib.database.work_jobs import begin_work
from lib.merchandising.product_ideation import analysis
from lib.merchandising.product_ideation.jobs import HOLD_ROUND, PROVE, picture_name
from lib.merchandising.product_ideation.model import Round, Steering
from lib.merchandising.product_ideation.samples import sample_styles
from tests.app_pages import opener, rows
from tests.merchandising.made_line import made_styles

PAGE = "pages/merchandising/product_ideation.py"
opened = opener(PAGE)


def held(app: AppTest) -> AppTest:
    """Press the button and let the round be done, here in place of the worker."""
    app.button(key="run").click().run()
    (job,) = rows("select id from jobs where status = 'waiting'")
    do_work_here(job["id"])
    app.run()
    assert not app.exception, app.exception
    assert not app.error, [box.value for box in app.error]
    return app


def drawn(app: AppTest) -> str:
    return " ".join(block.value for block in app.get("html"))


def shown(app: AppTest, of: Round, word: str = "Idea") -> set[str]:
    """The ideas of a round that stand on the page as cards."""
    return {idea.id for idea in of.ideas if f">{word} {idea.id} · " in drawn(app)}


def last_round() -> Round:
    run = rows("select output from runs where method = 'ideation_round' order by rowid desc limit 1")[0]
    return Round.model_validate(json.loads(run["output"]))


@pytest.mark.parametrize(("language", "title"), [("en", "White space"), ("fr", "Espaces libres")])
def test_it_opens_with_its_picture_and_records_what_it_learned(language, title):
    app = opened(language)
    assert title in drawn(app)
    (run,) = rows("select * from runs where method = 'white_space'")
    assert run["status"] == "done" and json.loads(run["output"])["gaps"]
    app.run()
    assert len(rows("select * from runs where method = 'white_space'")) == 1


@pytest.mark.parametrize(("language", "word"), [("en", "Idea"), ("fr", "Idée")])
def test_a_round_leaves_ideas_with_drawings_that_a_new_tab_finds(language, word):
    app = held(opened(language))
    first = last_round()
    assert shown(app, first, word) == {idea.id for idea in first.ideas}
    (run,) = rows("select * from runs where method = 'ideation_round'")
    with connect() as database:
        actor = actor_for(database, run["person_id"], DEMO_WORKSPACE)
        files = {one["name"] for one in artefacts.of_run(database, actor, run["id"])}
    assert files == {picture_name(idea.id) for idea in first.ideas}
    app = opened(language, app.session_state["token"])  # another tab: nothing but the database knows
    assert shown(app, first, word) == {idea.id for idea in first.ideas}


def test_pins_and_vetoes_steer_the_next_round_and_the_first_stays_in_reach():
    app = held(opened())
    first = last_round()
    (run,) = rows("select id from runs where method = 'ideation_round'")
    next(box for box in app.toggle if box.key == f"pin_{run['id']}_{first.ideas[0].id}").set_value(True).run()
    next(box for box in app.toggle if box.key == f"veto_{run['id']}_{first.ideas[1].id}").set_value(True).run()
    held(app)
    second = last_round()
    assert second.number == 2
    assert second.ideas[0].id == first.ideas[0].id and second.ideas[0].pinned
    assert first.ideas[1].genome not in [idea.genome for idea in second.ideas]
    app.button(key="ideation_anew").click().run()
    assert len(rows("select id from runs where method = 'ideation_round'")) == 2  # nothing is thrown away
    assert not shown(app, first) and not shown(app, second)


def test_a_sentence_is_understood_and_steers():
    app = opened()
    box = next(one for one in app.text_input if "sentence" in one.key)
    box.set_value("only dresses, no velvet, glittering").run()
    told = " ".join(one.value for one in app.caption)
    assert "dress" in told and "velvet" in told and "glittering" in told
    held(app)
    ideas = last_round().ideas
    assert {idea.genome["category"] for idea in ideas} == {"dress"}
    assert "velvet" not in {idea.genome["fabric"] for idea in ideas}


def test_a_round_that_cannot_be_held_says_why_and_keeps_the_one_before():
    app = held(opened())
    first = last_round()
    app.button(key="run").click().run()
    (job,) = rows("select id, arguments from jobs where status = 'waiting'")
    skirt = next(
        style.genome for style in sample_styles() if style.genome["category"] == "skirt" and len(style.genome) > 6
    )
    must = tuple(pair for pair in skirt.items() if pair[0] != "category")
    steering = Steering(must=must, categories=("skirt",)).model_dump(mode="json")  # only what was made already
    arguments = {**json.loads(job["arguments"]), "steering": steering}
    with connect() as database:
        database.table("jobs").update(job["id"], {"arguments": json.dumps(arguments)})
    do_work_here(job["id"])
    app.run()
    assert "loosen" in " ".join(box.value for box in app.error)
    assert shown(app, first) == {idea.id for idea in first.ideas}
    assert app.button(key="run")


def test_the_catalogue_names_what_the_worker_does():
    case = use_case("product_ideation")
    assert {HOLD_ROUND, PROVE} <= set(case.jobs) and case.status == "ready"


def test_the_same_round_begun_twice_is_one_job_with_one_result(actor: Actor):
    arguments = {"line": "sample", "house": "sample", "partner": "sample", "partner_name": "", "number": 1}
    arguments |= {"steering": Steering().model_dump(mode="json"), "before": None, "pins": [], "vetoes": []}
    with connect() as database:
        first, second = (
            begin_work(
                database,
                actor,
                use_case="product_ideation",
                function=HOLD_ROUND,
                title="t",
                title_values={},
                arguments=arguments,
            )
            for _time in range(2)
        )
    assert first == second
    do_work_here(first)
    (job,) = rows("select status, run_id from jobs")
    assert job["status"] == "done"
    ideas = last_round().ideas
    assert any(idea.scores["balance"].value > 0 for idea in ideas)  # both brands' codes joined the search


def test_a_line_of_ones_own_is_looked_at_once(actor: Actor):
    styles = made_styles()
    _pooled, gaps = analysis.look(actor, styles)
    _again, read_back = analysis.look(actor, styles)
    assert gaps == read_back and len(rows("select * from runs where method = 'white_space'")) == 1


def french_file() -> bytes:
    """A past line as a French system exports it: other names, semicolons, CP1252, shares with a comma."""
    lines = ["Réf;Saison;Famille;Matière;Coloris;Coupe;Longueur;Qté achetée;Taux d’écoulement;Marge brute"]
    french = {"linen": "Lin", "velvet": "Velours", "crepe": "Crêpe", "sage": "Vert sauge", "navy": "Marine"}
    french |= {"camel": "Camel", "a_line": "Trapèze", "straight_fit": "Droite", "fitted": "Cintrée", "midi": "Midi"}
    french |= {"knee": "Genou", "dress": "Robe", "skirt": "Jupe"}
    for style in made_styles():
        genome = {name: french[value] for name, value in style.genome.items()}
        values = [genome[name] for name in ("category", "fabric", "colour", "cut", "length")]
        share, margin = f"{100 * style.sell_through:.1f} %".replace(".", ","), f"{style.margin:.3f}".replace(".", ",")
        lines.append(";".join([style.style, f"PE{style.season[2:4]}", *values, str(style.bought), share, margin]))
    return "\r\n".join(lines).encode("cp1252")


def test_a_line_of_ones_own_goes_through_round_and_proof(actor: Actor):
    with connect() as database:
        kept = data_sets.save(database, actor, "product_ideation", "line", "ligne.csv", french_file(), {}, 240)
    arguments = {"line": kept, "house": "none", "partner": "none", "partner_name": "", "number": 1, "before": None}
    arguments |= {"steering": Steering(ideas=3).model_dump(mode="json"), "pins": [], "vetoes": []}
    for function, given in ((HOLD_ROUND, arguments), (PROVE, {"line": kept, "data": kept})):
        with connect() as database:
            job = begin_work(
                database,
                actor,
                use_case="product_ideation",
                function=function,
                title="t",
                title_values={},
                arguments=given,
                data_set=kept,
            )
        do_work_here(job)
        assert rows(f"select status from jobs where id = '{job}'") == [{"status": "done"}]
    found = last_round()
    assert found.ideas and {idea.genome["category"] for idea in found.ideas} <= {"dress", "skirt"}
    assert "materials" not in found.ideas[0].scores  # no codes, so no policy to speak of
    (run,) = rows("select output, data_set_id from runs where kind = 'comparison'")
    assert run["data_set_id"] == kept and json.loads(run["output"])["data"] == kept


def own_line(app: AppTest) -> AppTest:
    """Choose a file of one's own as the past line."""
    app.radio[0].set_value("own").run()
    lines = ["Style,Season,Category,Fabric,Colour,Cut,Length,Units bought,Units sold at full price"]
    for style in made_styles():
        values = [style.genome[name] for name in ("category", "fabric", "colour", "cut", "length")]
        lines.append(",".join([style.style, f"SS{style.season[2:4]}", *values, str(style.bought), str(style.sold)]))
    app.file_uploader[0].set_value(("line.csv", "\n".join(lines).encode(), "text/csv"))
    return app.run()


def axes(app: AppTest) -> dict[str, str]:
    return {box.label: box.value for box in app.selectbox if box.label in ("Category", "Down", "Across")}


def test_each_past_line_has_a_map_of_its_own():
    app = opened()
    next(box for box in app.selectbox if box.label == "Category").set_value("coat").run()
    chosen = axes(app)
    assert chosen["Category"] == "coat"
    own_line(app)
    assert not app.exception, app.exception
    mine = axes(app)
    assert mine["Category"] in ("dress", "skirt")  # its own largest gap's, not what the demo line was left at
    assert {mine["Down"], mine["Across"]} <= {"fabric", "colour", "cut", "length"}
    app.radio[0].set_value("sample").run()
    assert axes(app) == chosen


@pytest.mark.parametrize(
    ("language", "titles"), [("en", {"Round 1", "White space"}), ("fr", {"Tour 1", "Espaces libres"})]
)
def test_rounds_and_white_space_are_told_apart_in_lists(language, titles):
    app = held(opened(language))
    (job,) = rows("select title, title_values from jobs")
    assert json.loads(job["title_values"]) == {"number": 1} and "{number}" in job["title"]
    for page in ("pages/start/home.py", "pages/workbench/runs.py"):
        app.switch_page(page).run()
        assert not app.exception, app.exception
        assert all(f">{title}<" in drawn(app) for title in titles), page
