"""The review queue in the database: what waits, who may see and judge it, and that nothing is ever overwritten."""

from __future__ import annotations

import datetime as dt
import json
from threading import Barrier, Thread
from typing import Any

import pytest

from lib.access import DEMO_WORKSPACE, Actor, Role
from lib.database import connect, queue_samples, queue_verdicts, review_queue
from lib.database.new_jobs import NewItem, create_rows_job
from lib.database.page_verdicts import asked, give_on_page
from lib.database.people import actor_for, create_person, join, make_join_code
from lib.database.queue_verdicts import Judgement
from lib.database.review_queue import Wanted
from lib.database.reviews import add_review, approved, reviews_of
from lib.database.runs import finish_run, start_run
from lib.errors import InputError, NotAllowed, NotFound, Overtaken
from lib.verdicts import CheckResult, Finding, Verdict

YES, NO = Judgement("approved"), Judgement("rejected", ("factual_error",))
EDITED = Judgement("edited", edited_output={"text": "Linen."})


def output(actor: Actor, worst: Verdict | None = None, use_case: str = "product_descriptions", **more: Any) -> str:
    """A finished text with at most one finding."""
    given: dict[str, Any] = {"inputs": {"product": {"name": "Robe", "category": "dresses"}}, "language": "en", **more}
    checks = [CheckResult("claims", (Finding("text", worst, "Wrong."),))] if worst else []
    with connect() as database:
        run = start_run(
            database, actor, use_case=use_case, kind="generation", method="drafter", method_version="1",
            task="describe_product", **given,
        )  # fmt: skip
        finish_run(database, actor, run, output={"text": "Cotton."}, status="done", seconds=1.0, checks=checks)
    return run


def colleague(actor: Actor, name: str, role: Role = Role.REVIEWER) -> Actor:
    with connect() as database:
        person, _token = create_person(database, name)
        return actor_for(database, person, join(database, person, make_join_code(database, actor, role)))


def waits(actor: Actor, **wanted: Any) -> list[str]:
    with connect() as database:
        return [one["id"] for one in review_queue.waiting(database, actor, Wanted(**wanted)).items]


def give(actor: Actor, run: str, said: Judgement = YES) -> str:
    with connect() as database:
        return queue_verdicts.give(database, actor, run, said)


def standing(actor: Actor, run: str) -> list[tuple[str, str]]:
    """(verdict, person) of the run's reviews, oldest first."""
    with connect() as database:
        return [(one["verdict"], one["person_id"]) for one in reversed(reviews_of(database, actor, run))]


def test_the_gravest_comes_first_then_the_oldest(actor: Actor) -> None:
    plain, failed, doubted = output(actor), output(actor, Verdict.FAIL), output(actor, Verdict.WARN)
    assert waits(actor) == [failed, doubted, plain]
    assert waits(actor, order="oldest") == [plain, failed, doubted]
    with connect() as database:
        found = review_queue.waiting(database, actor, Wanted())
    assert [one["gravity"] for one in found.items] == [3, 2, 0] and found.by_use_case == {"product_descriptions": 3}


def test_what_has_a_verdict_waits_no_more_wherever_it_was_given(actor: Actor) -> None:
    on_page, in_queue, rated, waiting = (output(actor) for _ in range(4))
    with connect() as database:
        add_review(database, actor, on_page, "approved")
        add_review(database, actor, rated, "rated", rating=4)
    give(actor, in_queue)
    assert waits(actor) == [rated, waiting]
    with connect() as database:
        assert {row["run_id"] for row in approved(database, actor, "product_descriptions")} == {on_page, in_queue}


def test_runs_without_an_output_and_other_kinds_do_not_wait(actor: Actor) -> None:
    with connect() as database:
        for kind, status in (("generation", "failed"), ("analysis", "done"), ("generation", "running")):
            run = start_run(database, actor, use_case="stylist", kind=kind, method="m", method_version="1", inputs={})
            if status != "running":
                kept = {"a": 1} if status == "done" else None
                finish_run(database, actor, run, output=kept, status=status, seconds=1.0)
    assert waits(actor) == []


def test_others_see_and_judge_nothing_of_it(actor: Actor, stranger: Actor) -> None:
    run = output(actor)
    assert waits(stranger) == []
    with connect() as database:
        for act in (
            lambda: queue_verdicts.give(database, stranger, run, YES),
            lambda: queue_verdicts.withdraw(database, stranger, run),
            lambda: queue_verdicts.others_verdicts(database, stranger, run),
            lambda: review_queue.claim(database, stranger, run),
            lambda: review_queue.item(database, stranger, run),
            lambda: review_queue.put(database, stranger, run, 2),
            lambda: queue_samples.population(database, stranger, "none"),
            lambda: queue_samples.results(database, stranger, "none"),
        ):
            with pytest.raises(NotFound):
                act()
    give(actor, run)
    with connect() as database:
        assert queue_verdicts.judged(database, stranger) == queue_verdicts.my_verdicts(database, stranger) == []


def test_in_the_demo_house_each_sees_their_own_alone() -> None:
    with connect() as database:
        people = [create_person(database)[0] for _ in range(2)]
        ada, lou = (actor_for(database, person, DEMO_WORKSPACE) for person in people)
    run = output(ada)
    assert waits(ada) == [run] and waits(lou) == []
    with connect() as database, pytest.raises(InputError, match="workspace of your own"):
        review_queue.put(database, ada, run, 2)


def test_who_may_not_govern_judges_and_opens_no_queue(actor: Actor) -> None:
    run, lou = output(actor), colleague(actor, "Lou", Role.PARTICIPANT)
    with connect() as database:
        for act in (
            lambda: review_queue.put(database, lou, run, 2),
            lambda: review_queue.set_rule(database, lou, 2),
            lambda: queue_samples.add(database, lou, "x", 1, {}, {}),
        ):
            with pytest.raises(NotAllowed):
                act()
    give(lou, run)
    assert waits(actor) == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Judgement("rejected"), "at least one reason"),
        (Judgement("sent_back"), "at least one reason"),
        (Judgement("rejected", ("other",)), "in the comment"),
        (Judgement("edited"), "Nothing was changed"),
        (Judgement("approved", open_findings=2), "why you approve"),
    ],
)
def test_a_verdict_that_says_too_little_is_refused_and_nothing_is_kept(
    actor: Actor, said: Judgement, words: str
) -> None:
    run = output(actor)
    with pytest.raises(InputError, match=words):
        give(actor, run, said)
    assert waits(actor) == [run] and standing(actor, run) == []


def test_a_verdict_on_a_run_that_is_gone_is_refused(actor: Actor) -> None:
    run = output(actor)
    with connect() as database:
        database.execute("delete from check_results where run_id = ?", [run])
        database.execute("delete from runs where id = ?", [run])
    with pytest.raises(NotFound, match="no such run"):
        give(actor, run)


def test_a_second_reviewer_is_blind_and_a_disagreement_goes_to_a_third(actor: Actor) -> None:
    run, lou, mia = output(actor), colleague(actor, "Lou"), colleague(actor, "Mia")
    with connect() as database:
        review_queue.put(database, actor, run, 2)
    give(lou, run, NO)
    with connect() as database:
        assert queue_verdicts.others_verdicts(database, mia, run) == []
        assert len(queue_verdicts.others_verdicts(database, lou, run)) == 1
        assert queue_verdicts.judged(database, mia) == []
        assert review_queue.waiting(database, lou, Wanted()).elsewhere == 1
    assert standing(mia, run) == [], "no review on the run tells the second what the first said"
    with pytest.raises(Overtaken):
        give(lou, run)
    give(mia, run, YES)
    assert waits(lou) == waits(mia) == [] and waits(actor) == [run]
    with connect() as database:
        assert [one["verdict"] for one in queue_verdicts.others_verdicts(database, actor, run)] == [
            "rejected", "approved",
        ]  # fmt: skip
    give(actor, run, Judgement("sent_back", ("tone",)))
    assert waits(actor) == [] and standing(actor, run)[-1] == ("sent_back", actor.person)
    assert len(standing(actor, run)) == 3


def test_while_several_are_asked_one_approval_on_the_page_publishes_nothing(actor: Actor) -> None:
    run, lou = output(actor), colleague(actor, "Lou")
    with connect() as database:
        review_queue.put(database, actor, run, 2)
        add_review(database, actor, run, "approved")
        assert approved(database, actor, "product_descriptions") == []
    give(actor, run)
    give(lou, run)
    with connect() as database:
        assert [row["run_id"] for row in approved(database, actor, "product_descriptions")] == [run]


def on_page(actor: Actor, run: str, verdict: str = "approved", **given: Any) -> bool:
    with connect() as database:
        return give_on_page(database, actor, run, verdict, **given)


def test_where_two_are_asked_of_every_output_a_verdict_on_the_page_is_one_of_two_and_sealed(actor: Actor) -> None:
    lou, mia = colleague(actor, "Lou"), colleague(actor, "Mia")
    before = output(actor)
    assert on_page(actor, before) is False
    with connect() as database:
        review_queue.set_rule(database, actor, 2)
    run = output(actor)
    assert on_page(actor, run, comment="Reads well", rating=5, minutes_saved=3.0) is True
    assert waits(lou) == waits(mia) == [run] and waits(actor) == []
    assert standing(lou, run) == [], "neither the verdict nor the rating tells the next reviewer what the first thinks"
    assert standing(actor, run) == [("rated", actor.person)]
    with connect() as database:
        assert [row["run_id"] for row in approved(database, actor, "product_descriptions")] == [before]
    with pytest.raises(InputError, match="sealed until"):
        on_page(actor, run)
    with connect() as database:
        assert asked(database, actor, run).sealed and not asked(database, lou, run).sealed
    give(lou, run)
    with connect() as database:
        assert [row["run_id"] for row in approved(database, actor, "product_descriptions")] == [before, run]
    with pytest.raises(InputError, match="it is settled"):
        on_page(mia, run, "sent_back", comment="No")
    assert on_page(mia, run, "rated", rating=2) is False


def test_who_approves_the_same_words_agrees_wherever_they_do_it(actor: Actor) -> None:
    lou = colleague(actor, "Lou")
    with connect() as database:
        review_queue.set_rule(database, actor, 2)
    texts = {"options": [{"title": "A", "body": "a"}, {"title": "B", "body": "b"}]}
    second = {"option": 1, "description": {"body": "b", "title": "B"}}
    for on_the_page, in_queue, agreed in (
        ({"option": 0, "description": texts["options"][0]}, YES, "approved"),
        (second, Judgement("approved", edited_output={"option": 1, "description": texts["options"][1]}), "approved"),
        ({"option": 0, "description": {"title": "C", "body": "c"}}, YES, None),
        (texts, YES, "approved"),
        (None, YES, "approved"),
    ):
        run = output(actor)
        with connect() as database:
            database.execute("update runs set output = ? where id = ?", [json.dumps(texts), run])
        on_page(actor, run, edited_output=on_the_page)
        give(lou, run, in_queue)
        with connect() as database:
            (outcome,) = database.execute("select outcome from queue_items where run_id = ?", [run]).fetchone()
        assert outcome == agreed, (on_the_page, in_queue)


def test_a_page_that_sends_back_says_why_to_the_queue_too(actor: Actor) -> None:
    run, lou = output(actor), colleague(actor, "Lou")
    with connect() as database:
        review_queue.put(database, actor, run, 2)
    with pytest.raises(InputError, match="before you send it back"):
        on_page(lou, run, "sent_back")
    on_page(lou, run, "sent_back", comment="The colour is wrong")
    with connect() as database:
        (said,) = queue_verdicts.others_verdicts(database, lou, run)
    assert (said["verdict"], said["reasons"], said["comment"]) == ("sent_back", ["other"], "The colour is wrong")


def test_of_two_verdicts_at_the_same_time_one_counts(actor: Actor) -> None:
    run = output(actor)
    people = [actor, colleague(actor, "Lou"), colleague(actor, "Mia")]
    begin, said = Barrier(len(people)), []

    def judge(who: Actor) -> None:
        begin.wait()
        try:
            said.append(give(who, run))
        except Overtaken:
            said.append("late")

    threads = [Thread(target=judge, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count("late") == 2 and len(standing(actor, run)) == 1


def test_two_who_agree_settle_it_and_two_edits_must_be_the_same_words(actor: Actor) -> None:
    lou = colleague(actor, "Lou")
    with connect() as database:
        review_queue.set_rule(database, actor, 2)
    for second, settled in ((EDITED, True), (Judgement("edited", edited_output={"text": "Wool."}), False)):
        run = output(actor)
        give(actor, run, EDITED)
        give(lou, run, second)
        with connect() as database:
            row = database.execute("select status, outcome from queue_items where run_id = ?", [run]).fetchone()
        assert row == (("settled", "edited") if settled else ("adjudicate", None))
    with connect() as database:
        (kept,) = approved(database, actor, "product_descriptions")
    assert kept["edited_output"] == {"text": "Linen."}


def test_of_three_the_majority_holds_and_its_verdict_is_the_last_on_the_run(actor: Actor) -> None:
    run, lou, mia = output(actor), colleague(actor, "Lou"), colleague(actor, "Mia")
    with connect() as database:
        review_queue.put(database, actor, run, 3)
    give(actor, run, YES)
    give(lou, run, YES)
    give(mia, run, NO)
    assert waits(actor) == [] and standing(actor, run)[-1][0] == "approved" and len(standing(actor, run)) == 3


def test_a_verdict_is_taken_back_as_a_new_record(actor: Actor) -> None:
    run = output(actor)
    give(actor, run, YES)
    with connect() as database:
        queue_verdicts.withdraw(database, actor, run)
        assert approved(database, actor, "product_descriptions") == []
        with pytest.raises(NotFound, match="none to take back"):
            queue_verdicts.withdraw(database, actor, run)
    assert waits(actor) == [run]
    give(actor, run, NO)
    assert [verdict for verdict, _person in standing(actor, run)] == ["approved", "withdrawn", "rejected"]
    with connect() as database:
        kept = [row["verdict"] for row in database.query("select verdict from queue_verdicts order by rowid")]
        assert kept == ["approved", "withdrawn", "rejected"]
        assert [one["verdict"] for one in queue_verdicts.my_verdicts(database, actor)] == ["rejected"]


def test_two_people_do_not_read_the_same_output_for_one_verdict(actor: Actor) -> None:
    first, second = output(actor), output(actor)
    lou = colleague(actor, "Lou")
    with connect() as database:
        review_queue.claim(database, actor, first)
        review_queue.claim(database, actor, first)
        with pytest.raises(Overtaken, match="Somebody else"):
            review_queue.claim(database, lou, first)
        assert review_queue.next_waiting(database, lou, Wanted()) == second
        assert review_queue.next_waiting(database, lou, Wanted(), [second]) is None
        with pytest.raises(Overtaken, match="Somebody else"):
            queue_verdicts.give(database, lou, first, YES)
        review_queue.release(database, actor, first)
        review_queue.claim(database, lou, first)
        lapsed = (dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)).isoformat(timespec="milliseconds")
        database.execute("update queue_claims set until = ?", [lapsed])
        review_queue.claim(database, actor, first)


def test_an_output_put_again_waits_again_and_what_was_said_is_kept(actor: Actor) -> None:
    run = output(actor)
    give(actor, run)
    lou = colleague(actor, "Lou")
    with connect() as database:
        review_queue.put(database, actor, run, 1, "A client complained")
    assert waits(lou) == waits(actor) == [run]
    give(lou, run, NO)
    assert [verdict for verdict, _person in standing(actor, run)] == ["approved", "withdrawn", "rejected"]


def test_a_sealed_verdict_stays_where_more_people_are_asked(actor: Actor) -> None:
    run, lou, mia = output(actor), colleague(actor, "Lou"), colleague(actor, "Mia")
    with connect() as database:
        review_queue.put(database, actor, run, 2)
    give(lou, run, NO)
    with connect() as database:
        review_queue.put(database, actor, run, 3)
    assert waits(lou) == [] and waits(mia) == [run]
    give(mia, run, NO)
    assert waits(actor) == [run] and standing(actor, run) == []
    with connect() as database:
        review_queue.put(database, actor, run, 2)
    assert waits(lou) == [run], "with fewer people than verdicts it begins anew"


def test_ten_thousand_waiting_outputs_come_a_page_at_a_time(actor: Actor) -> None:
    run = output(actor)
    with connect() as database:
        row = next(database.query("select * from runs where id = ?", [run]))
        database.table("runs").insert_all({**row, "id": f"many{at:05}"} for at in range(10_000))
        last = review_queue.waiting(database, actor, Wanted(), offset=10_000)
        assert last.total == 10_001 and len(last.items) == 1
        assert len(review_queue.waiting(database, actor, Wanted()).items) == 20


def bulk(actor: Actor, count: int) -> tuple[str, list[str]]:
    """A job and the runs of its rows."""
    rows = [NewItem(str(at), "en", {"product": {"name": str(at)}}) for at in range(count)]
    with connect() as database:
        job = create_rows_job(
            database, actor, use_case="product_descriptions", task="t", title="Rows", title_values={},
            engine="built-in", prompt_hash=None, seed=1, items=rows,
        )  # fmt: skip
    runs = [output(actor, Verdict.FAIL if at < 2 else None) for at in range(count)]
    with connect() as database:
        for run in runs:
            database.execute("update runs set job_id = ? where id = ?", [job, run])
        database.execute("update job_items set status = 'done' where job_id = ?", [job])
    return job, runs


def test_rows_of_a_job_wait_only_where_they_are_sampled_or_asked_for(actor: Actor, stranger: Actor) -> None:
    job, runs = bulk(actor, 6)
    assert waits(actor) == [] and waits(actor, bulk=True) == runs
    with connect() as database:
        rows = queue_samples.population(database, actor, job)
        assert [row["run"] for row in rows] == runs
        assert [row["checks"] for row in rows[:3]] == ["fail", "fail", "pass"] and rows[0]["product_kind"] == "dresses"
        strata = {"fail": (2, runs[:1]), "pass": (4, runs[2:4])}
        made = queue_samples.add(database, actor, job, 7, {"by": ["checks"], "size": 3}, strata)
    assert waits(actor) == waits(actor, sample=made) == [runs[0], runs[2], runs[3]]
    give(actor, runs[0], NO)
    with connect() as database:
        add_review(database, actor, runs[2], "approved")
        (row,) = queue_samples.listing(database, actor)
        assert (row["size"], row["judged"], row["population"], row["seed"]) == (3, 2, 6, 7)
        found = {one["name"]: (one["population"], one["size"], one["outcomes"])
                 for one in queue_samples.results(database, actor, made)}  # fmt: skip
        assert found == {"fail": (2, 1, ["rejected"]), "pass": (4, 2, ["approved"])}
        assert queue_samples.listing(database, stranger) == []
        for act in (
            lambda: queue_samples.results(database, stranger, made),
            lambda: queue_samples.population(database, stranger, job),
            lambda: queue_samples.add(database, stranger, job, 1, {}, strata),
        ):
            with pytest.raises(NotFound):
                act()
        with pytest.raises(InputError, match="would be empty"):
            queue_samples.add(database, actor, job, 1, {}, {"all": (6, [])})


def test_texts_that_were_asked_for_wait_for_everybody_who_reviews(actor: Actor, stranger: Actor) -> None:
    job, runs = bulk(actor, 3)
    lou = colleague(actor, "Lou", Role.PARTICIPANT)
    give(actor, runs[0])
    with connect() as database:
        review_queue.set_rule(database, actor, 2)
        with pytest.raises(NotAllowed):
            queue_samples.take_in(database, lou, job)
        with pytest.raises(NotFound):
            queue_samples.take_in(database, stranger, job)
        assert queue_samples.take_in(database, actor, job) == 2
        assert queue_samples.take_in(database, actor, job) == 0
        review_queue.set_rule(database, actor, 3)
        assert {one["reviewers"] for one in review_queue.waiting(database, lou, Wanted()).items} == {3}
    assert waits(lou) == waits(actor) == runs[1:]
    give(lou, runs[1])
    assert waits(actor) == runs[1:]
