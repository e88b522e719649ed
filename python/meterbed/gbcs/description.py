"""A message in words, as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any


@dataclass(frozen=True)
class Description:
    """A part of a message: `text` says it with its unit, `number` is what stands on the wire where there is one."""

    name: str
    text: str
    number: int | None
    unit: str
    children: tuple[Description, ...]

    @classmethod
    def of(cls, tree: dict[str, Any]) -> Description:
        children = tuple(cls.of(child) for child in tree["children"])
        return cls(tree["name"], tree["text"], tree["number"], tree["unit"], children)

    def to_dict(self) -> dict[str, Any]:
        """Plain values; what is empty is left out."""
        out: dict[str, Any] = {"name": self.name, "text": self.text}
        if self.number is not None:
            out["number"] = self.number
        if self.unit:
            out["unit"] = self.unit
        if self.children:
            out["children"] = [child.to_dict() for child in self.children]
        return out

    def lines(self, depth: int = 0) -> Iterator[str]:
        """One line a part, indented."""
        yield "  " * depth + (f"{self.name}: {self.text}" if self.text else self.name)
        for child in self.children:
            yield from child.lines(depth + 1)

    def find(self, name: str) -> Description | None:
        """The first part of this name, depth first; None when there is none."""
        if self.name == name:
            return self
        return next((found for child in self.children if (found := child.find(name))), None)

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def _repr_html_(self) -> str:
        return f'<div class="meterbed-message" style="font-family:monospace">{self._html(depth=0)}</div>'

    def _html(self, depth: int) -> str:
        label = f"<b>{escape(self.name)}</b>" + (f" {escape(self.text)}" if self.text else "")
        if not self.children:
            return f'<div style="margin-left:1.5em">{label}</div>'
        inner = "".join(child._html(depth + 1) for child in self.children)
        shown = " open" if depth < 3 else ""
        return (
            f'<details{shown} style="margin-left:{1.5 if depth else 0}em"><summary>{label}</summary>{inner}</details>'
        )
