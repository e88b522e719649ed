"""The form of the mapping tables: rows in the order of the MMC schema, each naming path, source and converter."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from lxml import etree

from meterbed.duis.catalogue.datum import Datum

NAMESPACE = "http://www.dccinterface.co.uk/ResponseAndAlert"

Fill = Callable[[etree._Element, Datum], None]


@dataclass(frozen=True)
class Row:
    """`path` names elements below the body, "/" between; `source` leads to the value from the payload's top.

    Elements on the way are shared by rows that follow each other; the last one is made anew. A path that is
    empty or ends in "/" names none: the converter adds children to what is there.
    """

    path: str
    source: tuple[Hashable, ...]
    fill: Fill
    index: int | None = None
    index_name: str = "index"


Rows = Sequence[Row]


def row(path: str, source: Hashable | tuple[Hashable, ...], fill: Fill, index: int | None = None) -> Row:
    """A row of a table."""
    return Row(path, source if isinstance(source, tuple) else (source,), fill, index)


def write(parent: etree._Element, rows: Rows, datum: Datum) -> None:
    """Fill `parent`; what the payload has not stays out."""
    for item in rows:
        found = datum.at(*item.source)
        if found is None:
            continue
        element = _place(parent, item.path)
        if item.index is not None:
            element.set(item.index_name, str(item.index))
        item.fill(element, found)


def add(parent: etree._Element, name: str, text: object = None, /, **attributes: object) -> etree._Element:
    """A new last child in the MMC namespace."""
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if text is not None:
        child.text = str(text)
    for key, value in attributes.items():
        child.set(key, str(value))
    return child


def inside(parent: etree._Element, name: str) -> etree._Element:
    """The last child when it has this name, else a new one."""
    last = parent[-1] if len(parent) else None
    if last is not None and last.tag == f"{{{NAMESPACE}}}{name}":
        return last
    return add(parent, name)


def _place(parent: etree._Element, path: str) -> etree._Element:
    if not path:
        return parent
    *containers, name = path.split("/")
    for container in containers:
        parent = inside(parent, container)
    return add(parent, name) if name else parent


def entries(name: str, rows: Rows) -> Fill:
    """An element for each item of a list."""

    def fill(element: etree._Element, datum: Datum) -> None:
        for item in datum:
            write(add(element, name), rows, item)

    return fill


def indexed(name: str, text: Callable[[Datum], object]) -> Fill:
    """An element for each item of a list, numbered from 1."""

    def fill(element: etree._Element, datum: Datum) -> None:
        for place, item in enumerate(datum, 1):
            add(element, name, text(item), index=place)

    return fill


def text(convert: Callable[[Datum], object]) -> Fill:
    """The element's text."""

    def fill(element: etree._Element, datum: Datum) -> None:
        element.text = str(convert(datum))

    return fill
