"""The compiled part of meterbed. Times are int microseconds since the epoch (UTC), EUIs are int."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

__version__: str

Column = NDArray[Any] | tuple[NDArray[np.int32], list[str]]

class ScenarioProblems(Exception):
    """A scenario has mistakes; all of them are listed."""

    problems: list[dict[str, Any]]

class SimulationError(Exception):
    """The simulation contradicts itself: a bug, never bad input."""

class WorldEnded(Exception):
    """A world was used after its end."""

def vocabulary() -> dict[str, list[dict[str, Any]]]: ...
def load(path: str, overrides: list[tuple[str, str]]) -> Scenario: ...
def json_schema() -> str: ...
def read_certificate(content: bytes) -> dict[str, Any]: ...
def duis_request(root: tuple[Any, ...]) -> dict[str, Any]: ...
def duis_transform(root: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any]: ...
def duis_seal(root: tuple[Any, ...], options: dict[str, Any], keys: dict[str, str]) -> bytes: ...
def duis_table() -> list[dict[str, Any]]: ...
def utrn_read(code: str) -> dict[str, Any]: ...
def utrn_make(
    secret: bytes, supplier: int, device: int, counter: int, pence: int, pounds: bool
) -> tuple[str, str]: ...
def utrn_is_authentic(code: str, secret: bytes, supplier: int, device: int, counter: int) -> bool: ...
def utrn_deduce_counter(highest: int, counter_bits: int) -> int | None: ...
def agree(private_key: str, certificate: str) -> bytes: ...

class KeyRing:
    """Certificates and private keys by party and use."""

    certificates: int
    keys: int
    ignored: list[str]

    def __init__(self) -> None: ...
    @staticmethod
    def load(folder: str) -> KeyRing: ...

def gbcs_parse(octets: bytes, keys: KeyRing | None = None) -> dict[str, Any]: ...
def gbcs_encode(tree: dict[str, Any]) -> bytes: ...
def gbcs_check(octets: bytes, keys: KeyRing) -> dict[str, Any]: ...

class Scenario:
    file: str
    text: str
    title: str
    question: str
    source: str
    seed: int
    repeats: int
    start: str
    length_s: float
    variants: list[dict[str, Any]]
    figures: list[dict[str, Any]]
    defaults: list[str]
    expectations: list[dict[str, Any]]
    measures: list[str]
    invariants: list[str]
    report: list[str]

    def with_seed(self, seed: int) -> Scenario: ...

class Outcome:
    metrics: dict[str, float]
    expectations: list[dict[str, Any]]
    invariants: list[dict[str, Any]]
    records_sha256: str

    def columns(self) -> dict[str, Column]: ...

def simulate(
    scenario: Scenario,
    variant: str,
    repeat: int,
    kernel: str = "systemc",
    progress: Callable[[float], None] | None = None,
) -> Outcome: ...

class Home:
    number: int
    esme: int | None
    gsme: int | None
    chf: int | None
    gpf: int | None
    ppmid: int | None

class World:
    now: int

    def __init__(
        self, seed: int, start: str, kernel: str = "plain", settings: dict[str, str] = ...
    ) -> None: ...
    def add_user(self, name: str, role: str) -> None: ...
    def add_home(
        self,
        region: str = ...,
        supplier: str = ...,
        network_operator: str = ...,
        gas: bool = ...,
        ppmid: bool = ...,
        kind: str = ...,
    ) -> Home: ...
    def request(self, user: str, service: str, device_eui: int, **options: Any) -> int: ...
    def run_until(self, time_us: int) -> None: ...
    def run_until_done(self, ticket: int, limit_us: int) -> bool: ...
    def ticket(self, id: int) -> dict[str, Any]: ...
    def deliver(self, device_eui: int, message: bytes) -> list[tuple[str, str]]: ...
    def make_utrn(self, user: str, device_eui: int, pence: int, pounds: bool) -> str: ...
    def enter_utrn(self, device_eui: int, code: str) -> dict[str, Any] | None: ...
    def close(self) -> None: ...
    def trust_anchors(self, device_eui: int) -> list[dict[str, Any]]: ...
    def power(self, home: int, on: bool) -> None: ...
    def columns(self) -> dict[str, Column]: ...
    def finish(self) -> dict[str, Column]: ...
