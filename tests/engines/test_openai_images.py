"""OpenAI's image API against a real server on loopback: what is sent, what is read, and every way it can go wrong."""

from __future__ import annotations

import logging
import threading

import numpy as np
import pytest

from lib.engines.images.model import ImageRequest, ImageUsage, Watch
from lib.errors import Cancelled, EngineError, EngineNotConfigured, EngineRefused, EngineUnavailable, InputError
from tests.loopback import images as i
from tests.loopback import server as s
from tests.loopback.engine import KEY, QUICK
from tests.loopback.server import ABSENT, LoopbackServer

SIZES = {"capabilities": {"sizes": ["1024x1024", "1536x1024", "1024x1536"], "quality": "low", "output_format": "png"}}
NOISE = np.random.default_rng(2).integers(0, 255, (96, 64, 3), dtype=np.uint8)


def mask() -> np.ndarray:
    found = np.zeros((96, 64), dtype=np.uint8)
    found[20:50, 10:40] = 255
    return found


def test_words_become_pictures_of_the_size_that_was_asked_for() -> None:
    with LoopbackServer(i.pictures()) as server:
        drawn = i.engine(server, **SIZES).draw(ImageRequest(prompt="a linen dress", size=(300, 500), count=3), Watch())
    assert [one.shape for one in drawn.pictures] == [(500, 300, 3)] * 3 and drawn.seeds == (None,) * 3
    assert [int(one[0, 0, 0]) for one in drawn.pictures] == [0, 20, 40]
    assert drawn.usage == ImageUsage(20, 0, 1000)
    (call,) = server.calls
    assert call.path == "/v1/images/generations" and call.headers["authorization"] == f"Bearer {KEY}"
    assert call.body == {
        "model": "loop-1",
        "prompt": "a linen dress",
        "n": 3,
        "size": "1024x1536",
        "quality": "low",
        "output_format": "png",
    }


def test_a_server_that_takes_less_is_sent_less() -> None:
    with LoopbackServer(i.pictures(usage=ABSENT)) as server:
        drawn = i.engine(server).draw(ImageRequest(prompt="a dress", negative="text", size=(64, 64)), Watch())
    assert set(server.calls[0].body) == {"model", "prompt", "n", "size"}
    assert server.calls[0].body["prompt"] == "a dress\nAvoid: text" and drawn.usage is None


def test_a_picture_is_sent_whole_with_its_edges_carried_on() -> None:
    with LoopbackServer(i.pictures()) as server:
        request = ImageRequest("image_to_image", "in wool", size=(64, 96), image=NOISE)
        drawn = i.engine(server, **SIZES).draw(request, Watch())
    assert drawn.pictures[0].shape == (96, 64, 3)
    (call,) = server.calls
    assert call.path == "/v1/images/edits" and "mask" not in call.body
    (sent,) = call.body["image[]"] if "image[]" in call.body else [call.body["image"]]
    assert i.read(sent).shape == (1536, 1024, 3)


def test_only_the_marked_part_is_drawn_anew() -> None:
    with LoopbackServer(i.pictures()) as server:
        request = ImageRequest("inpaint", "a pocket", size=(64, 96), image=NOISE, mask=mask())
        (found,) = i.engine(server, **SIZES).draw(request, Watch()).pictures
    assert np.array_equal(found[mask() == 0], NOISE[mask() == 0])
    assert (found[mask() == 255] == (0, 120, 90)).all()
    hole = i.read(server.calls[0].body["mask"])
    assert hole.shape == (1536, 1024, 4)
    assert hole[600, 400, 3] == 0 and hole[20, 20, 3] == 255  # transparent where it is drawn anew


def test_more_than_ten_pictures_take_two_calls() -> None:
    with LoopbackServer(i.pictures()) as server:
        drawn = i.engine(server).draw(ImageRequest(prompt="a dress", size=(64, 64), count=12), Watch())
    assert len(drawn.pictures) == 12 and [call.body["n"] for call in server.calls] == [10, 2]
    assert drawn.usage == ImageUsage(40, 0, 2000)


def test_an_overloaded_server_is_asked_again() -> None:
    with LoopbackServer(s.error(503), s.error(429, retry_after="0"), i.pictures()) as server:
        drawn = i.engine(server).draw(ImageRequest(prompt="a dress", size=(64, 64)), Watch())
    assert len(drawn.pictures) == 1 and len(server.calls) == 3


@pytest.mark.parametrize(
    "behaviour, error, said, calls",
    [
        (s.error(503), EngineUnavailable, "overloaded", QUICK.tries),
        (s.error(401), EngineRefused, "key", 1),
        (s.error(404), EngineRefused, "no model", 1),
        (s.error(429, code="insufficient_quota"), EngineRefused, "credit", 1),
        (s.error(400, "rejected by the safety system", "moderation_blocked"), EngineRefused, "would not", 1),
        (s.error(400, "size is not supported"), EngineRefused, "size is not supported", 1),
        (i.says({"data": []}), EngineUnavailable, "cannot be read", 1),
        (i.says({"data": [{"b64_json": "%%%"}]}), EngineUnavailable, "cannot be read", 1),
        (i.says({"data": [{"b64_json": "aGVsbG8="}]}), EngineUnavailable, "cannot be read", 1),
        (i.says({"data": [None]}), EngineUnavailable, "cannot be read", 1),
        (i.says({"data": [{"url": "http://127.0.0.1:9/a.png"}]}), EngineNotConfigured, "b64_json", 1),
        (i.says({"error": {"message": "busy", "code": 503}}), EngineUnavailable, "overloaded", QUICK.tries),
        (i.says(b"[1, 2]"), EngineUnavailable, "cannot be read", 1),
        (i.says(b"{not json"), EngineUnavailable, "cannot be read", 1),
        (i.says(b"<html>hello</html>", kind="text/html"), EngineNotConfigured, "model server", 1),
        (i.says(b"", 302), EngineNotConfigured, "another one", 1),
        (i.pictures(fewer=1), EngineUnavailable, "fewer", 1),
    ],
)
def test_each_fault_is_one_clear_error(behaviour: s.Behaviour, error: type, said: str, calls: int) -> None:
    with LoopbackServer(behaviour) as server, pytest.raises(error) as caught:
        i.engine(server).draw(ImageRequest(prompt="a dress", size=(64, 64), count=2), Watch())
    assert said in caught.value.text("en") and caught.value.text("fr") != caught.value.text("en")
    assert len(server.calls) == calls


def test_a_bomb_in_an_answer_is_refused() -> None:
    from tests.files.test_pictures import head_of_png

    bomb = i.base64.b64encode(head_of_png(30_000, 30_000)).decode()
    with LoopbackServer(i.says({"data": [{"b64_json": bomb}]})) as server, pytest.raises(EngineUnavailable):
        i.engine(server).draw(ImageRequest(prompt="a dress", size=(64, 64)), Watch())


def test_the_key_is_nowhere_but_in_the_header(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with LoopbackServer(s.echo_of_the_key(400)) as server, pytest.raises(EngineError) as caught:
        i.engine(server).draw(ImageRequest(prompt="a dress", size=(64, 64)), Watch())
    told = [caught.value.text(), repr(caught.value), repr(caught.value.__cause__), repr(caught.value.__context__)]
    assert KEY not in " ".join(told) and KEY not in caplog.text
    assert KEY not in str(server.calls[0].body) and KEY not in repr(i.engine(server).settings)


def test_a_person_can_stop_it_while_the_server_draws() -> None:
    stop = threading.Event()

    def slow(exchange: s.Exchange) -> None:
        stop.set()
        exchange.wait(30)

    with LoopbackServer(slow) as server, pytest.raises(Cancelled):
        i.engine(server).draw(ImageRequest(prompt="a dress", size=(64, 64)), Watch(cancelled=stop.is_set))


@pytest.mark.parametrize("changes, error", [({"base_url": "http://10.0.0.1/v1", "local": False}, EngineNotConfigured)])
def test_an_inner_address_is_not_called_without_leave(changes: dict, error: type) -> None:
    with pytest.raises(error, match="private network"):
        i.engine("http://10.0.0.1/v1", **changes).draw(ImageRequest(prompt="a dress", size=(64, 64)), Watch())


@pytest.mark.parametrize(
    "request_, error",
    [
        (ImageRequest(prompt="  "), InputError),
        (ImageRequest("control", "a dress", control=NOISE), EngineRefused),
        (ImageRequest("inpaint", "a dress", image=NOISE), InputError),
        (ImageRequest("inpaint", "a dress", image=NOISE, mask=mask()[:-1]), InputError),
        (ImageRequest("inpaint", "a dress", image=NOISE, mask=mask() * 0), InputError),
        (ImageRequest("image_to_image", "a dress"), InputError),
        (ImageRequest(prompt="a dress", size=(20, 1000)), InputError),
        (ImageRequest(prompt="a dress", count=0), InputError),
    ],
)
def test_a_request_that_does_not_fit_together_is_not_sent(request_: ImageRequest, error: type) -> None:
    with LoopbackServer(i.pictures()) as server, pytest.raises(error) as caught:
        i.engine(server).draw(request_, Watch())
    assert not server.calls and caught.value.text("fr") != caught.value.text("en")


def test_a_server_without_edits_says_so() -> None:
    with LoopbackServer(i.pictures()) as server, pytest.raises(EngineRefused, match="start from a picture"):
        found = i.engine(server, capabilities={"edits": False})
        found.draw(ImageRequest("image_to_image", "a dress", image=NOISE), Watch())
