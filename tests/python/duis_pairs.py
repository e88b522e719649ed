"""Pairs of a DUIS request and the GBCS message it stands for, from the public reference test data beside the repository.

Certificates in requests were issued again since, with the same keys: `comparable` keeps their public keys only, drops the
lengths around them and random signatures, and leaves everything else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
REQUESTS, MESSAGES = SHARED / "duis" / "requests", SHARED / "rtds" / "messages"
KEYS, SCHEMA = SHARED / "rtds" / "keystore", SHARED / "duis" / "schema" / "duis-5.4.xsd"

needs_pairs = pytest.mark.skipif(
    not (REQUESTS.is_dir() and MESSAGES.is_dir() and KEYS.is_dir()),
    reason="the reference test data is not beside the repository",
)

SIGNER_OF_CERTIFICATE = bytes.fromhex("300A06082A8648CE3D040302")


@dataclass(frozen=True)
class Pair:
    request: Path
    message: Path

    @property
    def name(self) -> str:
        return self.request.name.removesuffix("_REQUEST_DUIS.XML")

    @property
    def octets(self) -> bytes:
        return bytes.fromhex(self.message.read_text())


def pairs() -> list[Pair]:
    """Requests with the pre-command (critical) or the command (others) of the same scenario."""
    found = []
    for request in sorted(REQUESTS.glob("*_REQUEST_DUIS.XML")):
        scenario = request.name.removesuffix("_REQUEST_DUIS.XML")
        use_case, srv = scenario.split("_")[:2]
        for kind in ("PRECOMMAND", "COMMAND"):
            message = MESSAGES / f"{srv}_{use_case}" / f"{scenario}_{kind}_GBCS.HEX"
            if message.is_file():
                found.append(Pair(request, message))
                break
    return found


@dataclass(frozen=True)
class Frame:
    """A GBCS message in its parts; `protection` is what follows the payload."""

    counter: int
    originator: int
    recipient: int
    other: bytes
    payload: bytes
    protection: bytes


def read_frame(octets: bytes) -> Frame:
    at = 0
    if octets[0] == 0xDD:
        _, at = _length(octets, 7)
        at += 5
    assert octets[at : at + 3] == b"\xdf\x09\x01"
    counter, originator, recipient = (int.from_bytes(octets[at + i : at + i + 8]) for i in (3, 12, 21))
    assert octets[at + 29] == 0
    other, at = _length(octets, at + 30)
    payload, start = _length(octets, at + other)
    return Frame(
        counter,
        originator,
        recipient,
        octets[at : at + other],
        octets[start : start + payload],
        octets[start + payload :],
    )


def comparable(octets: bytes, with_keys: bool = True) -> dict[str, Any]:
    """Everything of a message but what differs each time it is made."""
    frame = read_frame(octets)
    is_der = frame.payload[:1] in (b"\x30", b"\x04") and frame.payload[:2] != b"\x01\x09"
    return {
        "counter": frame.counter,
        "originator": frame.originator,
        "recipient": frame.recipient,
        "other": (frame.other[:18], _certificates(frame.other[18:], with_keys)),
        "payload": _certificates(frame.payload, with_keys) if is_der else frame.payload,
        "signed": frame.protection[:1],
        "protection": len(frame.protection),
    }


def _length(octets: bytes, at: int) -> tuple[int, int]:
    first = octets[at]
    if first < 0x80:
        return first, at + 1
    size = first & 0x7F
    return int.from_bytes(octets[at + 1 : at + 1 + size]), at + 1 + size


def _certificates(octets: bytes, with_keys: bool) -> list[Any]:
    """DER elements as a tree; in place of a certificate its public key."""
    found: list[Any] = []
    at = 0
    while at < len(octets):
        tag = octets[at]
        length, start = _length(octets, at + 1)
        content = octets[start : start + length]
        at = start + length
        if (
            tag == 0x30
            and SIGNER_OF_CERTIFICATE in content
            and content[:2] == b"\x30\x82"
            and b"\xa0\x03\x02\x01\x02" in content[:12]
        ):
            key = content.index(b"\x03\x42\x00\x04")
            found.append(("certificate", content[key : key + 68] if with_keys else b""))
        else:
            found.append((tag, _certificates(content, with_keys) if tag & 0x20 else content))
    return found


def request_xml(srv: str, body: str, critical: bool = False, target: str = "A1", sender: str = "30-01-00-00") -> bytes:
    """A request that is valid by the schema; `body` without namespace prefix, `target` and `sender` the ends of their EUIs."""
    reference = ".".join(srv.split(".")[:2])
    prefixed = re.sub(r"<(/?)(?=\w)", r"<\1sr:", body)
    variant = 4 if critical else 1
    return REQUEST.format(
        sender=sender, target=target, variant=variant, reference=reference, srv=srv, body=prefixed
    ).encode()


REQUEST = """<sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.4"><sr:Header>
<sr:RequestID>90-B3-D5-1F-{sender}:00-DB-12-34-56-78-90-{target}:1000</sr:RequestID>
<sr:CommandVariant>{variant}</sr:CommandVariant><sr:ServiceReference>{reference}</sr:ServiceReference>
<sr:ServiceReferenceVariant>{srv}</sr:ServiceReferenceVariant></sr:Header><sr:Body>{body}</sr:Body>
<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>
<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"/><ds:Reference URI="">
<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference></ds:SignedInfo>
<ds:SignatureValue/></ds:Signature></sr:Request>"""
