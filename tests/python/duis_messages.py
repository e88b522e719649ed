"""Answers of devices made from values, for use cases that the reference data do not show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from meterbed import gbcs

DEVICE, USER = "00-DB-12-34-56-78-90-A0", "90-B3-D5-1F-30-01-00-00"
NOW = "07EA010FFF090000008000FF"
NOW_TEXT = "2026-01-15T09:00:00Z"
SECONDS = 473385600  # 2015-01-01


def value(item: Any) -> dict[str, Any]:
    """A DLMS value: int is uint32, bytes an octet-string, str a UTF-8 string, list a structure; "0101" after # bits."""
    if item is None:
        return {"type": "null"}
    if isinstance(item, dict):
        return item
    if isinstance(item, bool):
        return {"type": "boolean", "value": int(item)}
    if isinstance(item, int):
        return {"type": "int32" if item < 0 else "uint32", "value": item}
    if isinstance(item, bytes):
        return {"type": "octet-string", "value": item.hex()}
    if isinstance(item, str) and item.startswith("#"):
        bits = item[1:]
        octets = int(bits.ljust((len(bits) + 7) // 8 * 8, "0") or "0", 2).to_bytes((len(bits) + 7) // 8)
        return {"type": "bit-string", "value": octets.hex(), "bits": len(bits)}
    if isinstance(item, str):
        return {"type": "utf8-string", "value": item.encode().hex()}
    return {"type": "structure", "value": [value(entry) for entry in item]}


def message(code: int, kind: str, body: dict[str, Any], **header: Any) -> bytes:
    """A message of the ESME to the Supplier, counter 1000."""
    tree = {
        "kind": kind,
        "code": f"0x{code:04X}",
        "counter": 1000,
        "originator": DEVICE,
        "recipient": USER,
        "body": body,
    }
    return gbcs.Message.from_dict({**tree, **header}).octets


def access_response(code: int, values: Iterable[Any], failing: Sequence[int] = (), access: str = "get") -> bytes:
    """An access-response: the items at `failing` have hardware faults."""
    data = [value(None if place in failing else item) for place, item in enumerate(values)]
    results = [{"access": access, "result": 1 if place in failing else 0} for place in range(len(data))]
    body = {"family": "DLMS", "type": "access-response", "invoke_id": 0x200003E8, "data": data, "results": results}
    return message(code, "response", body)


def notification(code: int, alert: int, *more: Any) -> bytes:
    """An alert of a DLMS device."""
    head = [{"type": "uint16", "value": alert}, bytes.fromhex(NOW)]
    body = {"family": "DLMS", "type": "data-notification", "invoke_id": 0x200003E8, "value": value([*head, *more])}
    return message(code, "alert", body)


def gas_response(code: int, *components: tuple[int, int, int, str]) -> bytes:
    """Components of cluster, frame control, command, payload in hexadecimal."""
    rows = [
        {
            "cluster": f"0x{cluster:04X}",
            "frame_control": control,
            "sequence": place,
            "command": command,
            "payload": payload,
        }
        for place, (cluster, control, command, payload) in enumerate(components)
    ]
    return message(code, "response", {"family": "GBZ", "type": "frame", "components": rows})


def attributes(*read: tuple[int, int, int, int]) -> str:
    """A Read Attributes Response: attribute, type, octets, value."""
    return "".join(
        number.to_bytes(2, "little").hex()
        + "00"
        + f"{kind:02x}"
        + content.to_bytes(size, "little", signed=content < 0).hex()
        for number, kind, size, content in read
    )


def asn1(code: int, kind: str, name: str, content: Any) -> bytes:
    """An ASN.1 answer or alert."""
    return message(code, kind, {"family": "ASN.1", "type": name, "value": content})
