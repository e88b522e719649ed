"""A DUIS Service Request as a typed value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from meterbed import _core
from meterbed.duis.xml import Element, XmlError, read_tree, schema_setting, to_element, validate
from meterbed.errors import MeterbedError
from meterbed.eui import eui_text


@dataclass(frozen=True)
class Mistake:
    """Something wrong in a request; `line` 0 means the file as a whole."""

    file: str
    line: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.path} {self.message}".replace(":  ", ": ")


class DuisError(MeterbedError):
    """A request has mistakes; `mistakes` lists all of them. `dcc_only`: none, but the DCC answers it itself."""

    def __init__(self, mistakes: list[Mistake], dcc_only: bool = False) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes
        self.dcc_only = dcc_only


@dataclass(frozen=True)
class Request:
    """A Service Request; EUIs are int. `root` is the whole document, its namespaces stripped."""

    originator: int
    target: int
    counter: int
    command_variant: int
    service_reference: str
    srv: str
    root: Element
    file: str = ""

    @property
    def request_id(self) -> str:
        """originator:target:counter, as DUIS writes it."""
        return f"{eui_text(self.originator)}:{eui_text(self.target)}:{self.counter}"

    @property
    def body(self) -> Element:
        """The one element inside Body."""
        body = self.root.child("Body")
        assert body is not None
        return body.children[0]


def parse(source: Path | str | bytes, schema: Path | None = None) -> Request:
    """Read a request from a file or from its octets; raises DuisError with all mistakes.

    `schema` is the published DUIS schema to check against as well; without it METERBED_DUIS_SCHEMA may name one.
    """
    file = "" if isinstance(source, bytes) else str(source)
    content = source if isinstance(source, bytes) else Path(source).read_bytes()
    try:
        tree = read_tree(content)
        root = to_element(tree)
        schema = schema or schema_setting()
        complaints = validate(tree, schema) if schema else []
    except XmlError as error:
        raise DuisError([Mistake(file, error.line, "", str(error))]) from None
    if complaints:
        raise DuisError([Mistake(file, line, "", message) for line, message in complaints])
    fields = _core.duis_request(root.plain())
    if "mistakes" in fields:
        raise DuisError(mistakes_of(file, fields["mistakes"]))
    return Request(**fields, root=root, file=file)


def mistakes_of(file: str, rows: list[dict[str, object]]) -> list[Mistake]:
    """What the compiled core found wrong, with the file's name."""
    return [Mistake(file, int(str(row["line"])), str(row["path"]), str(row["message"])) for row in rows]
