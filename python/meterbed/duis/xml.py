"""Reading XML that may be hostile: no DTD, no entities, no network, bounded size, depth and number of elements."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

# DUIS: a firmware image of 10,240,000 octets is 13.7 MB of base64, beside a list of 1.2 MB.
MAXIMUM_SIZE = 20_000_000
# The deepest element of the schema is 14 below Request.
MAXIMUM_DEPTH = 32
MAXIMUM_ELEMENTS = 20_000


class XmlError(ValueError):
    """The octets are not XML that is read here; `line` is 0 when no line is to blame."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Element:
    """An element without its namespace; text without surrounding white space."""

    name: str
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Element, ...] = ()
    line: int = 0

    def plain(self) -> tuple[Any, ...]:
        """As the compiled core takes it."""
        return (self.name, self.text, list(self.attributes), [child.plain() for child in self.children], self.line)

    @classmethod
    def of_plain(cls, plain: tuple[Any, ...]) -> Element:
        """From what the compiled core hands out."""
        name, text, attributes, children, line = plain
        return cls(name, text, tuple(attributes), tuple(cls.of_plain(child) for child in children), line)

    def child(self, name: str) -> Element | None:
        """The first child of this name."""
        return next((child for child in self.children if child.name == name), None)


def read_tree(content: bytes) -> Any:
    """The root of the document, nothing resolved or fetched; raises XmlError."""
    if len(content) > MAXIMUM_SIZE:
        raise XmlError(f"the document has {len(content)} octets, more than {MAXIMUM_SIZE}")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=True, recover=False
    )
    # A DTD is refused before libxml2 acts on it: expansion of entities starts there.
    if _declares_type(content):
        raise XmlError("the document has a DTD, which is refused")
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise XmlError(f"not well-formed XML: {error.msg}", error.lineno or 0) from None
    if root.getroottree().docinfo.doctype:
        raise XmlError("the document has a DTD, which is refused")
    return root


def _declares_type(content: bytes) -> bool:
    """Whether "<!DOCTYPE" stands anywhere, in any of the encodings that XML parsers guess (spread by zero octets)."""
    return b"<!DOCTYPE" in content.replace(b"\0", b"").upper()


def to_element(root: Any) -> Element:
    """The tree without namespaces, comments and processing instructions; raises XmlError when it is too deep or large."""
    return _Copy().element(root, 1)


class _Copy:
    def __init__(self) -> None:
        self.count = 0

    def element(self, node: Any, depth: int) -> Element:
        self.count += 1
        line = _line(node)
        if depth > MAXIMUM_DEPTH:
            raise XmlError(f"elements are nested more than {MAXIMUM_DEPTH} deep", line)
        if self.count > MAXIMUM_ELEMENTS:
            raise XmlError(f"the document has more than {MAXIMUM_ELEMENTS} elements", line)
        text = [node.text or ""]
        children: list[Element] = []
        for child in node:
            if child.tag is etree.Entity:
                raise XmlError(f"entity {child.text} is refused", _line(child))
            if isinstance(child.tag, str):
                children.append(self.element(child, depth + 1))
            text.append(child.tail or "")
        attributes = tuple((_local(str(key)), str(value)) for key, value in node.attrib.items())
        return Element(_local(str(node.tag)), "".join(text).strip(), attributes, tuple(children), line)


def _line(node: Any) -> int:
    return int(node.sourceline or 0)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def validate(root: Any, schema: Path) -> list[tuple[int, str]]:
    """(line, message) for everything the published schema does not allow; raises XmlError when it is no schema."""
    rules = _rules(schema)
    rules.validate(root)
    return [(entry.line, entry.message) for entry in rules.error_log]


@lru_cache(maxsize=4)
def _rules(schema: Path) -> Any:
    """Read once: the published schema takes longer than any message."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.XMLSchema(etree.parse(str(schema), parser))
    except (etree.XMLSyntaxError, etree.XMLSchemaParseError, OSError) as error:
        raise XmlError(f"{schema} is not an XML schema: {error}") from None


def schema_setting() -> Path | None:
    """The schema that METERBED_DUIS_SCHEMA names, None when it names none."""
    named = os.environ.get("METERBED_DUIS_SCHEMA")
    return Path(named) if named else None
