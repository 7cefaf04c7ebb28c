"""What an exported picture says of itself: read back with other software, the pixels untouched, the signature whole."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lib.errors import SettingsError
from lib.files.pictures import read_picture, written
from lib.files.provenance import Provenance, SourceType, packet, with_provenance
from lib.files.signing import check_signing, signed
from lib.settings import settings

EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
TOILE = "{urn:toile:provenance:1}"
DAY = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
SAID = Provenance("diffusers", "house/checkpoint", "run0123", DAY, SourceType.TRAINED, "Robe d’été <rouge> & lin")
PIXELS = np.random.default_rng(3).integers(0, 255, (40, 60, 3), dtype=np.uint8)
ALPHA = np.full((40, 60), 120, dtype=np.uint8)
SVG = b'<?xml version="1.0"?>\n<!-- a > b --><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g/></svg>'


def pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    page = Canvas(file, pagesize=(200, 100))
    page.drawString(20, 50, "A page")
    page.save()
    return file.getvalue()


KINDS = {
    "image/png": written(PIXELS),
    "image/jpeg": written(PIXELS, kind="jpeg"),
    "image/webp": written(PIXELS, kind="webp"),
    "image/svg+xml": SVG,
    "application/pdf": pdf(),
}


def xmp_of(content: bytes, media_type: str) -> Any:
    """The packet's description, read with Pillow, pypdf or an XML parser."""
    if media_type == "application/pdf":
        from pypdf import PdfReader

        said = PdfReader(BytesIO(content)).trailer["/Root"]["/Metadata"].get_data()
    elif media_type == "image/svg+xml":
        root = ElementTree.fromstring(content)
        return root.find(".//{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")
    else:
        with Image.open(BytesIO(content)) as found:
            said = found.info["xmp"]
    root = ElementTree.fromstring(said if isinstance(said, bytes) else said.encode())
    return root.find(".//{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")


@pytest.mark.parametrize("media_type", KINDS)
def test_each_kind_says_where_it_comes_from(media_type: str) -> None:
    content = with_provenance(KINDS[media_type], media_type, SAID)
    said = xmp_of(content, media_type)
    assert said.findtext(EXT + "DigitalSourceType") == (
        "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    )
    assert said.findtext(TOILE + "engine") == "diffusers" and said.findtext(TOILE + "run") == "run0123"
    assert said.findtext(TOILE + "model") == said.findtext(EXT + "AISystemUsed") == "house/checkpoint"
    assert said.findtext("{http://ns.adobe.com/xap/1.0/}CreateDate") == "2026-11-22T09:30:00Z"
    assert "Robe d’été <rouge> & lin" in "".join(said.itertext())


@pytest.mark.parametrize("media_type", KINDS)
def test_a_second_statement_takes_the_first_ones_place(media_type: str) -> None:
    other = Provenance("atelier", "", "run9", DAY, SourceType.ALGORITHMIC)
    content = with_provenance(with_provenance(KINDS[media_type], media_type, SAID), media_type, other)
    said = xmp_of(content, media_type)
    assert said.findtext(TOILE + "run") == "run9" and said.find(TOILE + "model") is None
    assert said.find(EXT + "AISystemUsed") is None
    if media_type != "application/pdf":  # which keeps its older state behind the new one
        assert content.count(b"DigitalSourceType>") == 2 and b"run0123" not in content


@pytest.mark.parametrize("media_type", list(KINDS)[:4])
def test_the_picture_itself_is_untouched(media_type: str) -> None:
    before, after = (
        read_picture(data).pixels for data in (KINDS[media_type], with_provenance(KINDS[media_type], media_type, SAID))
    )
    assert np.array_equal(before, after)


@pytest.mark.parametrize("kind", ["png", "webp"])
def test_transparency_is_untouched(kind: str) -> None:
    plain = written(PIXELS, ALPHA, kind)
    found = read_picture(with_provenance(plain, f"image/{kind}", SAID))
    assert found.alpha is not None and np.array_equal(found.alpha, ALPHA)


def test_a_pdf_still_reads() -> None:
    from pypdf import PdfReader

    found = PdfReader(BytesIO(with_provenance(KINDS["application/pdf"], "application/pdf", SAID)), strict=True)
    assert "A page" in found.pages[0].extract_text()


def test_an_svg_without_content_gets_a_statement_too() -> None:
    content = with_provenance(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "image/svg+xml", SAID)
    assert xmp_of(content, "image/svg+xml").findtext(TOILE + "run") == "run0123"


def test_other_kinds_of_files_pass_as_they_are() -> None:
    assert with_provenance(b"solid ring", "model/stl", SAID) == b"solid ring"


@pytest.mark.parametrize(
    "model, photo, term",
    [
        (False, False, "algorithmicMedia"),
        (False, True, "compositeSynthetic"),
        (True, False, "trainedAlgorithmicMedia"),
        (True, True, "compositeWithTrainedAlgorithmicMedia"),
    ],
)
def test_the_source_type_is_iptcs_term(model: bool, photo: bool, term: str) -> None:
    assert SourceType.of(model=model, photo=photo).uri.rsplit("/", 1)[1] == term


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_a_model_or_title_is_called_the_packet_is_xml(model: str, title: str) -> None:
    said = packet(Provenance("openai", model, "r", DAY, SourceType.TRAINED, title))
    ElementTree.fromstring(said.encode())


# The signature


def chain(folder: Path) -> Path:
    """A root, an intermediate and a signer's certificate as C2PA wants them; returns the root's path."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    def issue(name: str, key: Any, above: Any, above_key: Any, *, authority: bool) -> Any:
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Maison Solène"),
                x509.NameAttribute(NameOID.COMMON_NAME, name),
            ]
        )
        now = dt.datetime.now(dt.UTC)
        usage = dict.fromkeys(
            (
                "content_commitment",
                "key_encipherment",
                "data_encipherment",
                "key_agreement",
                "encipher_only",
                "decipher_only",
            ),
            False,
        )
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(above.subject if above else subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=30))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(
                x509.KeyUsage(digital_signature=not authority, key_cert_sign=authority, crl_sign=authority, **usage),
                critical=True,
            )
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above_key.public_key()), critical=False)
        )
        if not authority:
            made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        return made.sign(above_key, hashes.SHA256())

    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(3)]
    root = issue("Root", keys[0], None, keys[0], authority=True)
    middle = issue("Intermediate", keys[1], root, keys[0], authority=True)
    leaf = issue("Signer", keys[2], middle, keys[1], authority=False)
    pem = serialization.Encoding.PEM
    (folder / "chain.pem").write_bytes(leaf.public_bytes(pem) + middle.public_bytes(pem))
    (folder / "root.pem").write_bytes(root.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        keys[2].private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "root.pem"


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A secrets.toml to write into; the settings are read afresh."""
    path = tmp_path / "secrets.toml"
    monkeypatch.setenv("TOILE_SECRETS", str(path))
    settings.cache_clear()
    yield path
    settings.cache_clear()


def table(folder: Path, **more: str) -> str:
    fields = {"certificate": str(folder / "chain.pem"), "key": str(folder / "key.pem"), **more}
    return "[signing]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in fields.items())


def manifest_of(content: bytes, media_type: str, root: Path) -> tuple[dict[str, Any], str]:
    """The active manifest and whether it holds, for a reader who trusts the root."""
    from c2pa import Context, Reader

    trusted = {"trust": {"user_anchors": root.read_text()}, "verify": {"verify_trust": True}}
    with Context.from_dict(trusted) as context, Reader(media_type, BytesIO(content), context=context) as reader:
        said = json.loads(reader.json())
        return said["manifests"][said["active_manifest"]], said["validation_state"]


@pytest.mark.parametrize("media_type", KINDS)
def test_where_a_certificate_is_configured_the_file_carries_a_manifest(media_type: str, secrets: Path) -> None:
    root = chain(secrets.parent)
    secrets.write_text(table(secrets.parent), encoding="utf-8")
    content = with_provenance(KINDS[media_type], media_type, SAID)
    said, state = manifest_of(content, media_type, root)
    assert state == "Trusted"
    assert said["signature_info"]["issuer"] == "Maison Solène"
    facts = {assertion["label"]: assertion["data"] for assertion in said["assertions"]}
    (action,) = facts["c2pa.actions.v2"]["actions"]
    assert action["action"] == "c2pa.created" and action["digitalSourceType"] == SourceType.TRAINED.uri
    assert facts["toile.run"] == {"engine": "diffusers", "model": "house/checkpoint", "run": "run0123"}
    assert xmp_of(content, media_type).findtext(TOILE + "run") == "run0123"  # the first layer is there as well


def test_a_change_of_the_pixels_shows(secrets: Path) -> None:
    root = chain(secrets.parent)
    secrets.write_text(table(secrets.parent), encoding="utf-8")
    content = bytearray(with_provenance(KINDS["image/png"], "image/png", SAID))
    content[content.rindex(b"IDAT") + 300] ^= 1
    assert manifest_of(bytes(content), "image/png", root)[1] == "Invalid"


def test_without_a_certificate_nothing_is_signed(secrets: Path) -> None:
    assert signed(b"as it is", "image/png", {}) == b"as it is" and settings().signing is None
    check_signing()


def test_a_certificate_that_serves_passes_the_check(secrets: Path) -> None:
    chain(secrets.parent)
    secrets.write_text(table(secrets.parent), encoding="utf-8")
    check_signing()
    (secrets.parent / "key.pem").write_text("no key any more")
    os.utime(secrets.parent / "key.pem", ns=(1, 1))
    with pytest.raises(SettingsError):
        check_signing()


@pytest.mark.parametrize(
    "change, said",
    [
        ({"certificate": "missing.pem"}, "missing.pem"),
        ({"key": "root.pem"}, "can’t be signed"),
        ({"algorithm": "rot13"}, "can’t be signed"),
        ({"certificate": "root.pem"}, "can’t be signed"),
    ],
)
def test_a_certificate_that_does_not_serve_is_said_and_nothing_is_exported(
    change: dict[str, str], said: str, secrets: Path
) -> None:
    chain(secrets.parent)
    more = {name: value if name == "algorithm" else str(secrets.parent / value) for name, value in change.items()}
    secrets.write_text(table(secrets.parent, **more), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        with_provenance(KINDS["image/png"], "image/png", SAID)
    assert said in caught.value.text("en") and caught.value.text("fr") != caught.value.text("en")
    with pytest.raises(SettingsError):
        check_signing()  # told before anybody asks for a file
    key = (secrets.parent / "key.pem").read_text().splitlines()[1]
    assert key not in caught.value.text("en") and key not in str(caught.value.__cause__)


@pytest.mark.parametrize(
    "text",
    ["[signing]\nkey = 'a'", "[signing]\ncertificate='a'\nkey='b'\ncolour='c'", "[signing]\ncertificate=1\nkey='b'"],
)
def test_a_table_that_makes_no_sense_is_explained(text: str, secrets: Path) -> None:
    secrets.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="certificate and key"):
        settings()
