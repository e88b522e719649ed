"""The body of a request, written as XML or as plain Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from meterbed.duis.request import DuisError, Mistake, Request
from meterbed.duis.xml import Element, XmlError, read_tree, to_element

Value = Mapping[str, "Value"] | Sequence["Value"] | str | int | float | bool | datetime | None
Source = Request | Element | Mapping[str, Value] | str | bytes | Path


def body_of(source: Source) -> Element:
    """The one element inside Body.

    source: a request or its XML (text, octets or a file), the XML of the body alone, or a mapping of its name to its
        content. In a mapping a list repeats an element, "@index" is an attribute, "#" the text beside attributes, None an
        element without content.

    body_of({"ReadEventOrSecurityLog": {"ReadLogPeriod": {"StartDateTime": start, "EndDateTime": end}, "LogToRead": "Event"}})
    """
    if isinstance(source, Request):
        return source.body
    if isinstance(source, Element):
        return source
    if isinstance(source, Mapping):
        made = [element for name, content in source.items() for element in _elements(name, content)]
        if len(made) != 1:
            raise DuisError([Mistake("", 0, "Body", f"holds {len(made)} elements, not one")])
        return made[0]
    return _from_xml(source)


def _from_xml(source: str | bytes | Path) -> Element:
    if isinstance(source, str):
        source = source.encode() if source.lstrip().startswith("<") else Path(source)
    file = str(source) if isinstance(source, Path) else ""
    try:
        root = to_element(read_tree(source.read_bytes() if isinstance(source, Path) else source))
    except XmlError as error:
        raise DuisError([Mistake(file, error.line, "", str(error))]) from None
    if root.name != "Request":
        return root
    body = root.child("Body")
    if body is None or len(body.children) != 1:
        raise DuisError([Mistake(file, root.line, "Request/Body", "does not hold one element")])
    return body.children[0]


def _elements(name: str, content: Value) -> list[Element]:
    if isinstance(content, Sequence) and not isinstance(content, str):
        return [element for item in content for element in _elements(name, item)]
    if not isinstance(content, Mapping):
        return [Element(name, _text(content))]
    attributes = tuple((key[1:], _text(value)) for key, value in content.items() if key.startswith("@"))
    children = [
        element for key, value in content.items() if key[:1] not in ("@", "#") for element in _elements(key, value)
    ]
    return [Element(name, _text(content.get("#")), attributes, tuple(children))]


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value)
