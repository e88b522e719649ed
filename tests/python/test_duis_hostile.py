"""Hostile DUIS XML: nothing is expanded, nothing is fetched, and whatever is wrong is a DuisError."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from meterbed import _core, duis

NAMESPACE = "http://www.dccinterface.co.uk/ServiceUserGateway"
SERVICES = sorted({(row["srv"], row["body"]) for row in _core.duis_table()})
SUPPLIER, ESME = "90-B3-D5-1F-30-01-00-00", "00-DB-12-34-56-78-90-A0"


def request(srv: str = "7.2", body: str = "<sr:DisableSupply/>", variant: int = 4, prologue: str = "") -> bytes:
    reference = ".".join(srv.split(".")[:2])
    return f"""{prologue}<sr:Request xmlns:sr="{NAMESPACE}" schemaVersion="5.4"><sr:Header>
<sr:RequestID>{SUPPLIER}:{ESME}:1000</sr:RequestID><sr:CommandVariant>{variant}</sr:CommandVariant>
<sr:ServiceReference>{reference}</sr:ServiceReference><sr:ServiceReferenceVariant>{srv}</sr:ServiceReferenceVariant>
</sr:Header><sr:Body>{body}</sr:Body></sr:Request>""".encode()


def outcome(content: bytes) -> duis.Transformed | duis.DuisError:
    """What becomes of a document; any exception but DuisError is a failure of the test."""
    try:
        return duis.transform(duis.parse(content))
    except duis.DuisError as error:
        return error


def refusal(content: bytes) -> str:
    with pytest.raises(duis.DuisError) as caught:
        duis.parse(content)
    return str(caught.value)


def test_the_harmless_request_is_transformed() -> None:
    made = outcome(request())
    assert isinstance(made, duis.Transformed)
    assert made.use_case == "ECS43"


# Entities and the network.


def test_entities_that_would_fill_the_memory_are_refused() -> None:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    dtd = f'<!DOCTYPE r [<!ENTITY l0 "lol">{laughs}]>'
    assert "DTD" in refusal(request(body="<sr:DisableSupply>&l9;</sr:DisableSupply>", prologue=dtd))
    long = f'<!DOCTYPE r [<!ENTITY a "{"a" * 50_000}">]>'
    assert "DTD" in refusal(request(body=f"<sr:DisableSupply>{'&a;' * 50_000}</sr:DisableSupply>", prologue=long))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"])
def test_a_dtd_is_refused_in_every_encoding(encoding: str) -> None:
    dtd = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE r [<!ENTITY x "y">]>'
    assert isinstance(outcome(request(prologue=dtd).decode().encode(encoding)), duis.DuisError)


def test_files_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("do-not-tell")
    for dtd in (
        f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>',
        f'<!DOCTYPE r [<!ENTITY % x SYSTEM "{secret.as_uri()}"> %x;]>',
        f'<!DOCTYPE r SYSTEM "{secret.as_uri()}">',
    ):
        told = refusal(request(body="<sr:DisableSupply>&x;</sr:DisableSupply>", prologue=dtd))
        assert "DTD" in told
        assert "do-not-tell" not in told
    include = f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>'
    made = outcome(request(body=f"<sr:DisableSupply>{include}</sr:DisableSupply>"))
    assert "do-not-tell" not in str(made)


@contextmanager
def listener() -> Iterator[tuple[str, socket.socket]]:
    """A web server that nobody should call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x", server


def test_the_network_is_left_alone() -> None:
    with listener() as (address, server):
        for content in (
            request(prologue=f'<!DOCTYPE r SYSTEM "{address}">'),
            request(prologue=f'<!DOCTYPE r [<!ENTITY % x SYSTEM "{address}"> %x;]>'),
            request(prologue=f'<?xml-stylesheet href="{address}"?>'),
            request().replace(
                b'schemaVersion="5.4"',
                f'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="{NAMESPACE} {address}"'.encode()
                + b' schemaVersion="5.4"',
            ),
            request(body=f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{address}"/>'),
        ):
            outcome(content)
        with pytest.raises(BlockingIOError):
            server.accept()


# Size and depth.


def test_depth_and_number_of_elements_are_bounded() -> None:
    deep = "<sr:a>" * 5000 + "</sr:a>" * 5000
    assert "deep" in refusal(request(body=deep)) or "depth" in refusal(request(body=deep)).lower()
    assert "more than" in refusal(request(body="<sr:a>" + "<sr:b/>" * 100_000 + "</sr:a>"))
    assert "octets" in refusal(b"<" + b"a" * 20_000_001)


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 100, b"<", b"<a", b"<a/>", b"<?xml version='1.0' encoding='nonsense'?><a/>", b"\xff\xfe<\0a\0/\0>\0"]
    + [b"<a>" * 100_000, b"<a " + b"b='1' " * 100_000 + b"/>", b"<!--" * 1000, b"<![CDATA[" * 1000],
)
def test_what_is_no_request_is_a_sentence(content: bytes) -> None:
    assert refusal(content)


def test_huge_numbers_and_texts_are_sentences() -> None:
    for bad in ("9" * 100_000, "-1", "1e9", "0x10", "\u0663", "", " "):
        assert isinstance(outcome(request().replace(b":1000<", f":{bad}<".encode())), duis.DuisError)
        assert isinstance(outcome(request().replace(b">4<", f">{bad}<".encode())), duis.DuisError)


# Mutated requests.

WORDS = [
    "",
    "0",
    "1",
    "-1",
    "7",
    "65535",
    "4294967296",
    "9" * 40,
    "true",
    "false",
    "2030-01-15T00:00:00.00Z",
    "x" * 300,
]
WORDS += [
    "3000-12-31T00:00:00.00Z",
    "0001-01-01T00:00:00Z",
    "9999-99-99",
    "00:00:00.00Z",
    "é\u2028",
    "QUJD",
    "1.5",
    "NaN",
]
MISSING = re.compile(r"Body/(\S+) (\w+) is missing")


def grown(srv: str, body: str, words: list[str]) -> etree._Element:
    """A body to which whatever the transform misses is added, with words that need not fit."""
    root = etree.fromstring(request(srv, f"<sr:{body}/>"))
    start = root.find(f"{{{NAMESPACE}}}Body")
    assert start is not None
    for turn in range(40):
        found = outcome(etree.tostring(root))
        missing = MISSING.search(str(found))
        if not isinstance(found, duis.DuisError) or missing is None:
            break
        parent: Any = start
        for step in missing[1].split("/"):
            parent = next((child for child in parent if etree.QName(child).localname == step.split("[")[0]), parent)
        child = etree.SubElement(parent, f"{{{NAMESPACE}}}{missing[2]}")
        child.text = words[turn % len(words)] or None
        child.set("index", str(turn % 7))
    return root


@pytest.mark.parametrize(("srv", "body"), SERVICES)
def test_a_service_asked_for_with_odd_values_is_made_or_refused(srv: str, body: str) -> None:
    for shift in range(0, len(WORDS), 5):
        grown(srv, body, WORDS[shift:] + WORDS[:shift])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_grown_request_with_changed_elements_is_made_or_refused(data: st.DataObject) -> None:
    srv, body = data.draw(st.sampled_from(SERVICES))
    root = grown(srv, body, [data.draw(st.sampled_from(WORDS)) for _ in range(3)])
    for _ in range(data.draw(st.integers(1, 4))):
        elements = list(root.iter())
        chosen = data.draw(st.sampled_from(elements))
        match data.draw(st.integers(0, 4)):
            case 0:
                chosen.text = data.draw(
                    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=9)
                )
            case 1:
                chosen.tag = data.draw(st.sampled_from(elements)).tag
            case 2 if (parent := chosen.getparent()) is not None:
                parent.remove(chosen)
            case 3:
                chosen.append(etree.fromstring(etree.tostring(data.draw(st.sampled_from(elements)))))
            case _:
                chosen.set(data.draw(st.sampled_from(["index", "schemaVersion"])), data.draw(st.sampled_from(WORDS)))
    content = etree.tostring(root)
    if len(content) < 100_000:
        outcome(content)


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=6), st.integers(0, 2000), st.integers(0, 60))
def test_changed_octets_are_made_or_refused(inserted: bytes, at: int, cut: int) -> None:
    content = request("1.1.2", "<sr:UpdatePricePrimaryElement><sr:ExecutionDateTime>2030-01-15T00:00:00.00Z"
                      "</sr:ExecutionDateTime></sr:UpdatePricePrimaryElement>")  # fmt: skip
    at %= len(content)
    outcome(content[:at] + inserted + content[at + cut :])


def test_the_requests_of_the_reference_with_octets_changed(root: Path) -> None:
    folder = root.parent / "shared/duis/requests"
    if not folder.is_dir():
        pytest.skip(f"the reference requests are not at {folder}")
    for place, file in enumerate(sorted(folder.glob("*.XML"))):
        content = file.read_bytes()
        for turn in range(8):
            at = (place * 7919 + turn * 104729) % len(content)
            outcome(content[:at] + bytes([turn * 31 + 33]) + content[at + 1 :])
            outcome(content[:at] + content[at + turn + 1 :])
