"""Whatever is done to a genuine message or certificate: never accepted, never a crash, nothing changed."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import meterbed as mb
from meterbed import pki

Mutation = tuple[str, Any]

settings.register_profile(
    "meterbed",
    derandomize=True,  # the same examples everywhere
    database=None,
    deadline=None,
    max_examples=500,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("meterbed")

_PLACE = st.floats(min_value=0, max_value=1, exclude_max=True)
MUTATIONS: st.SearchStrategy[Mutation] = st.one_of(
    st.tuples(st.just("flip"), st.lists(st.tuples(_PLACE, st.integers(0, 7)), min_size=1, max_size=3, unique=True)),
    st.tuples(st.just("cut"), _PLACE),
    st.tuples(st.just("extend"), st.binary(min_size=1, max_size=40)),
    st.tuples(st.just("insert"), st.tuples(_PLACE, st.binary(min_size=1, max_size=8))),
    st.tuples(st.just("splice"), st.tuples(_PLACE, _PLACE)),
    st.tuples(st.just("replace"), st.binary(max_size=400)),
)


def mutated(octets: bytes, mutation: Mutation, other: bytes) -> bytes:
    """The octets after the mutation; splice joins the head of one message to the tail of another."""
    kind, how = mutation
    at = lambda place, size: int(place * size)  # noqa: E731
    if kind == "flip":
        out = bytearray(octets)
        for place, bit in how:
            out[at(place, len(out))] ^= 1 << bit
        return bytes(out)
    if kind == "cut":
        return octets[: at(how, len(octets))]
    if kind == "extend":
        return octets + bytes(how)
    if kind == "insert":
        place = at(how[0], len(octets))
        return octets[:place] + bytes(how[1]) + octets[place:]
    if kind == "splice":
        return octets[: at(how[0], len(octets))] + other[at(how[1], len(other)) :]
    return bytes(how)


class Bench:
    """One meter, two genuine commands for it that were never delivered, and a look at its state."""

    def __init__(self) -> None:
        self.world = mb.World(seed=3, start="2020-02-09 17:00")
        home = self.world.add_home(network_operator="east-midlands", supplier="supplier-a")
        assert home.esme is not None
        self.meter = home.esme
        self.operator = self.world.user("east-midlands")
        self.fresh = self.world.authority.organisation(self.operator.eui, "networkOperator")
        self.update = self.operator.command("6.15.1", to=self.meter, certificates=[self.fresh])
        self.read = self.operator.command("4.10", to=self.meter)
        self.anchors = self.meter.trust_anchors

    def hand(self, octets: bytes) -> None:
        done = self.meter.deliver(octets)
        assert not [what for what, _ in done if what == "command executed"], done
        assert self.meter.trust_anchors == self.anchors


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench()


@given(mutation=MUTATIONS)
def test_no_mutated_update_is_accepted(bench: Bench, mutation: Mutation) -> None:
    octets = mutated(bench.update, mutation, bench.read)
    if octets not in (bench.update, bench.read):
        bench.hand(octets)


@given(mutation=MUTATIONS)
def test_no_mutated_read_is_accepted(bench: Bench, mutation: Mutation) -> None:
    octets = mutated(bench.read, mutation, bench.update)
    if octets not in (bench.update, bench.read):
        bench.hand(octets)


@given(mutation=MUTATIONS)
def test_a_mutated_certificate_is_read_or_refused(bench: Bench, mutation: Mutation) -> None:
    octets = mutated(bench.fresh.der, mutation, bench.world.authority.root.der)
    for content in (octets, mutated(bench.fresh.pem.encode(), mutation, b"-----END CERTIFICATE-----\n")):
        fields: dict[str, Any] | None = None
        with contextlib.suppress(ValueError):  # anything else is a bug
            fields = pki.read(content).fields
        assert fields is None or fields["octets"] > 0


@given(mutation=MUTATIONS)
def test_no_mutated_certificate_replaces_a_cell(bench: Bench, mutation: Mutation) -> None:
    """In a command that is itself genuine: signed by the operator, MACed by the ACB."""
    octets = mutated(bench.fresh.der, mutation, bench.world.authority.root.der)
    if octets == bench.fresh.der:
        return
    verdict = pki.validate(
        pki.Certificate(octets), [bench.world.authority.issuing], bench.world.authority.root, at="2020-02-09"
    )
    assert not verdict or pki.read(octets).fields["kind"] == "authority"
    bench.meter.deliver(bench.operator.command("6.15.1", to=bench.meter, certificates=[pki.Certificate(octets)]))
    assert bench.meter.trust_anchors == bench.anchors


def test_the_genuine_ones_are_accepted() -> None:
    """Else the tests above would say nothing."""
    bench = Bench()
    assert [what for what, _ in bench.meter.deliver(bench.update) if what == "command executed"]
    assert bench.meter.trust_anchors != bench.anchors
