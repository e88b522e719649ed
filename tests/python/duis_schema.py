"""Bodies made up from the published DUIS schema: what a request may hold, drawn at random."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"
SR = "http://www.dccinterface.co.uk/ServiceUserGateway"

# Types of XML Schema itself, and texts that fit them.
PLAIN = {
    "dateTime": ["2030-01-15T09:00:00.00Z", "2014-12-01T00:00:00Z"],
    "date": ["2020-02-29", "2024-10-27Z"],
    "time": ["00:00:00.00Z", "23:30:00"],
    "boolean": ["true", "false"],
    "base64Binary": ["MDEyMw=="],
    "string": ["text"],
    "token": ["text"],
    "int": ["-100000", "0", "2147483647"],
    "short": ["-32768", "7"],
    "unsignedShort": ["0", "65535"],
    "unsignedInt": ["0", "4294967295"],
    "unsignedLong": ["12"],
    "integer": ["0"],
    "positiveInteger": ["1"],
    "nonNegativeInteger": ["0", "3"],
    "nonPositiveInteger": ["0"],
    "decimal": ["1.5"],
}
# Patterns of the schema, and a text that fits.
PATTERNS = {"[0-9]{20}": "73943333457189043313", "[0-9 ]+": "0800 123456"}


class Bodies:
    """Draws bodies of the element `Body`; the same seed gives the same bodies."""

    def __init__(self, schema: Path, seed: int = 1) -> None:
        root = etree.parse(str(schema)).getroot()
        self.types = {node.get("name"): node for node in root if node.tag in (XS + "complexType", XS + "simpleType")}
        request = self.types["Request"]
        body = next(node for node in request.iter(XS + "element") if node.get("name") == "Body")
        self.elements = {node.get("name"): node for node in body.iter(XS + "element") if node.get("name") != "Body"}
        self.random = random.Random(seed)

    def draw(self, name: str) -> etree._Element:
        return self._element(self.elements[name])

    def _element(self, declared: Any, index: int = 0) -> Any:
        made = etree.Element(f"{{{SR}}}{declared.get('name')}")
        kind = declared.get("type")
        content = self.types.get(_local(kind)) if kind else declared.find(XS + "complexType")
        if content is None:
            content = declared.find(XS + "simpleType")
        if kind and _local(kind) in PLAIN and content is None:
            made.text = self.random.choice(PLAIN[_local(kind)])
        elif content is not None and content.tag == XS + "simpleType":
            made.text = self._text(content)
        elif content is not None:
            self._fill(made, content, index)
        return made

    def _fill(self, made: Any, content: Any, index: int) -> None:
        for node in content:
            name = node.tag.removeprefix(XS) if isinstance(node.tag, str) else ""
            if name in ("sequence", "all"):
                for _ in range(self._count(node)):
                    self._fill(made, node, index)
            elif name == "choice":
                for _ in range(self._count(node)):
                    self._one(made, self.random.choice([part for part in node if isinstance(part.tag, str)]))
            elif name == "element":
                self._one(made, node)
            elif name in ("complexContent", "simpleContent"):
                self._fill(made, node, index)
            elif name in ("extension", "restriction"):
                base = _local(node.get("base"))
                if base in self.types and self.types[base].tag == XS + "complexType":
                    self._fill(made, self.types[base], index)
                elif base in self.types:
                    made.text = self._text(self.types[base])
                elif base in PLAIN:
                    made.text = self.random.choice(PLAIN[base])
                self._fill(made, node, index)
            elif name == "attribute":
                made.set(node.get("name"), str(index + 1))

    def _one(self, made: Any, node: Any) -> None:
        if node.tag != XS + "element":
            for _ in range(self._count(node)):
                self._fill(made, [node], 0)
            return
        # An index counts on over elements of one name, as in every calendar and price table.
        for _ in range(self._count(node)):
            same = sum(1 for child in made if _local(child.tag) == node.get("name"))
            child = self._element(node, same)
            phase = child.find(f"{{{SR}}}Phase")
            if phase is not None:
                phase.text = str(same + 1)
            made.append(child)

    def _count(self, node: Any) -> int:
        least, most = int(node.get("minOccurs", "1")), node.get("maxOccurs", "1")
        most = least + 3 if most == "unbounded" else min(int(most), least + 3)
        return self.random.randint(least, most)

    def _text(self, simple: Any) -> str:
        words = [node.get("value") for node in simple.iter(XS + "enumeration")]
        if words:
            return str(self.random.choice(words))
        facets = {node.tag.removeprefix(XS): node.get("value") for node in simple.iter() if node.get("value")}
        base = _local(next(simple.iter(XS + "restriction")).get("base"))
        if base in self.types:
            return self._text(self.types[base])
        if "A-Fa-f0-9" in facets.get("pattern", ""):
            return "00-DB-12-34-56-78-90-97"
        if facets.get("pattern") in PATTERNS:
            return PATTERNS[facets["pattern"]][: int(facets.get("maxLength", 40))]
        if base in ("string", "token"):
            length = int(facets.get("length", facets.get("minLength", 1)))
            return "1234567890123456"[: max(length, 1)]
        if base == "hexBinary":
            return "30" * 16
        low, high = facets.get("minInclusive"), facets.get("maxInclusive")
        if low is None and high is None:
            return self.random.choice(PLAIN[base])
        if base == "decimal":
            return low or high or "1"
        first = int(low) if low is not None else int(PLAIN[base][0] if base != "nonPositiveInteger" else "0")
        return str(self.random.choice([first, int(high)]) if high is not None else first)


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]
