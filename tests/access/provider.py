"""A small OpenID Connect provider on this machine: discovery, code with PKCE and nonce, keys, userinfo, log-out.

It checks what a real one checks (client, redirect address, code used once, PKCE) and refuses otherwise. A browser meets
a page with one button for each person. ``fault`` makes it sign a token that an honest client must refuse.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "toile-test", "not-a-secret"


@dataclass
class Provider:
    """The provider's state; tests change it between two log-ins."""

    people: dict[str, dict[str, Any]]  # subject -> claims beside the usual ones
    redirect: str = ""  # the one registered redirect address
    age: int = 0  # seconds that a new token's 'iat' lies back
    fault: str = ""  # 'signature', 'nonce', 'audience', 'issuer', 'expired'
    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)  # paths, in their order

    def discovery(self) -> dict[str, Any]:
        at = self.issuer
        return {
            "issuer": at,
            "authorization_endpoint": f"{at}/authorize",
            "token_endpoint": f"{at}/token",
            "jwks_uri": f"{at}/jwks",
            "userinfo_endpoint": f"{at}/userinfo",
            "end_session_endpoint": f"{at}/logout",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def id_token(self, subject: str, nonce: str) -> str:
        made = int(time.time()) - self.age
        claims = {
            "iss": "http://elsewhere.example" if self.fault == "issuer" else self.issuer,
            "sub": subject,
            "aud": "somebody-else" if self.fault == "audience" else CLIENT,
            "iat": made,
            "exp": int(time.time()) + (-7200 if self.fault == "expired" else 3600),
            "nonce": "another" if self.fault == "nonce" else nonce,
            **self.people[subject],
        }
        stranger = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, stranger if self.fault == "signature" else self.key)

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """The answer at the token endpoint."""
        given = base64.b64decode(authorization.removeprefix("Basic ")).decode() if authorization else ""
        client = tuple(map(unquote, given.split(":"))) if given else (form.get("client_id"), form.get("client_secret"))
        code = self.codes.pop(form.get("code", ""), None)
        if client != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if code is None or code["challenge"] != challenge or form.get("redirect_uri") != self.redirect:
            return 400, {"error": "invalid_grant"}
        token = self.id_token(code["subject"], code["nonce"])
        return 200, {"access_token": secrets.token_hex(8), "token_type": "Bearer", "id_token": token, "expires_in": 60}


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def log_message(self, *_arguments: Any) -> None:
        """Silent."""

    def _send(self, code: int, body: str | dict[str, Any], **headers: str) -> None:
        content = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(code)
        self.send_header("Content-Type", "text/html" if isinstance(body, str) else "application/json")
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.provider.asked.append(parts.path)
        if parts.path == "/.well-known/openid-configuration":
            self._send(200, self.provider.discovery())
        elif parts.path == "/jwks":
            self._send(200, {"keys": [self.provider.key.as_dict(private=False)]})
        elif parts.path == "/authorize":
            self._authorize(asked)
        elif parts.path == "/logout":
            self._send(302, "", Location=asked["post_logout_redirect_uri"])
        else:
            self._send(404, "")

    def _authorize(self, asked: dict[str, str]) -> None:
        sound = asked.get("client_id") == CLIENT and asked.get("redirect_uri") == self.provider.redirect
        if not sound or asked.get("code_challenge_method") != "S256" or not asked.get("nonce"):
            self._send(400, "<p>refused</p>")
            return
        if "subject" not in asked:
            buttons = "".join(
                f'<p><a href="{escape("/authorize?" + urlencode({**asked, "subject": one}))}">{escape(one)}</a></p>'
                for one in self.provider.people
            )
            self._send(200, f"<html><body>{buttons}</body></html>")
            return
        code = secrets.token_hex(16)
        self.provider.codes[code] = {
            "subject": asked["subject"], "nonce": asked["nonce"], "challenge": asked["code_challenge"],
        }  # fmt: skip
        self._send(302, "", Location=f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    def do_POST(self) -> None:
        self.provider.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        code, answer = self.provider.token(form, self.headers.get("Authorization", ""))
        self._send(code, answer)


@contextmanager
def providing(people: dict[str, dict[str, Any]]) -> Iterator[Provider]:
    """A provider that listens while the block lasts."""
    provider = Provider(people)
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def secrets_file(provider: Provider, address: str, required: bool, hours: float = 12) -> str:
    """The installation's secrets.toml for this provider; two groups have a role in one declared house."""
    provider.redirect = f"{address}/oauth2callback"
    return f"""
[auth]
redirect_uri = "{provider.redirect}"
cookie_secret = "{secrets.token_hex(32)}"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{provider.issuer}/.well-known/openid-configuration"

[access]
login = "{"required" if required else "offered"}"
hours = {hours}

[access.houses.knitwear]
name = "Knitwear pilot"
house = "Maison Test"

[access.houses.knitwear.groups]
toile-admins = "administrator"
design = "innovator"
"""
