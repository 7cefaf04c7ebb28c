"""What the server refuses, said to it over a real socket: foreign names, foreign origins, uploads that aren't ours."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from lib.settings import ROOT
from tests.e2e.app import free_port, wait_for

LIMIT = 50 * 1024 * 1024


def status(address: str, request: str) -> int:
    """The status of the server's answer to a request written out by hand."""
    parts = urlsplit(address)
    with socket.create_connection((str(parts.hostname), int(parts.port or 80)), timeout=20) as line:
        line.sendall(request.replace("\n", "\r\n").encode())
        return int(line.makefile("rb").readline().split()[1])


def handshake(address: str, host: str, origin: str | None) -> int:
    """101 where a session would be opened."""
    said = f"GET /_stcore/stream HTTP/1.1\nHost: {host}\nConnection: Upgrade\nUpgrade: websocket\n"
    said += "Sec-WebSocket-Version: 13\nSec-WebSocket-Key: dG9pbGUgdG9pbGUgdG9pbA==\n"
    return status(address, said + (f"Origin: {origin}\n" if origin else "") + "\n")


def test_the_apps_own_name_opens_a_session(app):
    """The control of the next two."""
    host = app.removeprefix("http://")
    assert handshake(app, host, app) == 101
    assert handshake(app, host.replace("127.0.0.1", "localhost"), app.replace("127.0.0.1", "localhost")) == 101


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example", "localhost.evil.example", "a@localhost"]
)
def test_a_foreign_name_opens_no_session(app, host):
    """A site that lets its own name point at this machine (DNS rebinding) is same-origin with itself."""
    named = host.format(port=urlsplit(app).port)
    assert handshake(app, named, f"http://{named}") == 403
    assert handshake(app, named, None) == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "https://127.0.0.1.evil.example", "null", "file://"])
def test_a_foreign_origin_opens_no_session(app, origin):
    assert handshake(app, app.removeprefix("http://"), origin) == 403


@pytest.fixture
def upload(visitor, tmp_path) -> dict[str, str]:
    """Where and how a real page of this app uploads: path, token and cookie of a session that is going on."""
    small = tmp_path / "small.csv"
    small.write_text("sku,name\nA,Coat\n")
    opened = visitor()
    page = opened.open("stylist")
    page.get_by_text("Data: comments, pieces, clients, purchases").click()
    opened.settle()
    page.get_by_text("A file of your own", exact=True).first.click()
    opened.settle()
    with page.expect_request(lambda request: "upload_file" in request.url and request.method == "PUT") as sent:
        page.locator("input[type=file]").first.set_input_files(small)
    headers = sent.value.all_headers()
    sent.value.response()
    return {
        "path": urlsplit(sent.value.url).path,
        "token": headers["x-xsrftoken"],
        "cookie": headers["cookie"],
        "host": headers["host"],
    }


def put(app, upload, length, token=True, cookie=True, origin=None):
    said = f"PUT {upload['path']} HTTP/1.1\nHost: {upload['host']}\nConnection: close\nContent-Length: {length}\n"
    said += "Content-Type: multipart/form-data; boundary=x\n"
    said += f"X-Xsrftoken: {upload['token']}\n" if token else ""
    said += f"Cookie: {upload['cookie']}\n" if cookie else ""
    return status(app, said + (f"Origin: {origin}\n" if origin else "") + "\n")


def test_an_upload_needs_the_apps_own_token_and_keeps_to_the_limit(app, upload):
    body = '--x\nContent-Disposition: form-data; name="f"; filename="a.csv"\n\na\n--x--\n'
    whole = put(app, upload, 0)  # nothing in it: past the token and the limit, and then refused as no file
    assert whole == 400 and body
    assert put(app, upload, 0, token=False) == 403
    assert put(app, upload, 0, cookie=False) == 403
    assert put(app, upload, LIMIT + 1) == 413


def test_an_upload_without_a_length_is_cut_at_the_limit(app, upload):
    parts = urlsplit(app)
    line = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=60)
    head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'
    headers = {"X-Xsrftoken": upload["token"], "Cookie": upload["cookie"], "Host": upload["host"]}
    headers |= {"Content-Type": "multipart/form-data; boundary=x"}

    def much() -> Iterator[bytes]:
        yield head
        for _part in range(LIMIT // 2**20 + 3):
            yield b"a" * 2**20
        yield b"\r\n--x--\r\n"

    try:
        line.request("PUT", upload["path"], body=much(), headers=headers, encode_chunked=True)
        assert line.getresponse().status == 413
    except (BrokenPipeError, ConnectionResetError):
        pass  # cut off while it was still being sent
    finally:
        line.close()


@pytest.mark.parametrize("path", ["interact", "mcp"])
def test_no_program_drives_the_app(app, path):
    """The interface for agents is off."""
    parts = urlsplit(app)
    line = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=20)
    line.request("POST", f"/_stcore/agent/{path}", body=b"{}")
    answer = line.getresponse()
    said = answer.read()
    line.close()
    assert answer.status >= 400 and b"does not serve the agent API" in said


def test_another_name_is_allowed_by_saying_so(tmp_path: Path):
    port = free_port()
    surroundings = {**os.environ, "TOILE_DB": str(tmp_path / "toile.db"), "TOILE_WORKER": "off"}
    surroundings["STREAMLIT_SERVER_ALLOWED_HOSTS"] = "toile.example localhost"
    command = [sys.executable, "-m", "lib.shell.serve", f"--server.port={port}", "--server.address=127.0.0.1"]
    with (tmp_path / "app.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/_stcore/health", process, tmp_path / "app.log")
        assert handshake(address, f"toile.example:{port}", f"http://toile.example:{port}") == 101
        assert handshake(address, f"evil.example:{port}", f"http://evil.example:{port}") == 403
    finally:
        process.terminate()
        process.wait(20)
