"""A world you step yourself: a few homes, the users, one clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self, overload

from meterbed import _core, pki, utrn
from meterbed.execute import Kernel
from meterbed.objects import Objects
from meterbed.units import from_microseconds, to_duration, to_microseconds, to_time

if TYPE_CHECKING:
    import pyarrow as pa

    from meterbed.duis import Element

_MICROSECOND = timedelta(microseconds=1)
_UNITS_PER_PENNY = 1000  # money on devices is in 10^-5 GBP


@dataclass(frozen=True)
class TrustAnchor:
    """One cell of a device: whom it obeys in one role."""

    cell: str
    subject: str
    role: str
    key_identifier: str
    not_after: str


@dataclass(frozen=True)
class TopUp:
    """What a meter did with a UTRN typed in; money in pence. `reason`: why it was refused, empty when it was not."""

    accepted: bool
    reason: str
    event: int  # logged with it (GBCS 16), 0 when none was
    credit: float
    balance: float
    counter: int  # UTRN counter deduced, 0 when it came to none


@dataclass(frozen=True)
class Credit:
    """The registers of a prepayment meter, in pence."""

    balance: float
    emergency_credit: float  # what is left of it while it is active
    accumulated_debt: float
    time_debt_1: float
    time_debt_2: float
    payment_debt: float


@dataclass(frozen=True)
class Device:
    """A device of a home, named by its EUI-64 (GBCS 4.3.1)."""

    world: World
    kind: str  # esme, gsme, chf, gpf, ppmid
    eui: int

    def deliver(self, message: bytes) -> list[tuple[str, str]]:
        """Hands it octets now, as if its hub had: (what, verdict) of everything it did with them.

        Raises ValueError for a SMETS1 meter, which does not speak GBCS.
        """
        return self.world.core.deliver(self.eui, message)

    @overload
    def enter_utrn(self, code: str) -> TopUp: ...
    @overload
    def enter_utrn(self, code: str, meter: Device) -> None: ...
    def enter_utrn(self, code: str, meter: Device | None = None) -> TopUp | None:
        """Types the digits of a prepayment top-up, now: at a meter, or at a PPMID for a `meter` of its home.

        A PPMID hands them on over the HAN, and a gas meter takes them when it wakes; so there is no answer yet. What the
        meter did stands in the records ("top-up entered", with the reason of a refusal) and in its alerts.
        Raises ValueError for a device that takes none, and for a meter of another home.
        """
        if meter is not None:
            self.world.core.enter_utrn_at_ppmid(self.eui, meter.eui, code)
            return None
        if self.kind == "ppmid":
            raise ValueError("a PPMID tops up the electricity or the gas meter: name one, enter_utrn(code, home.esme)")
        found = self.world.core.enter_utrn(self.eui, code)
        if found is None:
            return TopUp(False, "no power", 0, 0.0, 0.0, 0)
        return TopUp(
            not found["refusal"],
            found["refusal"],
            found["event"],
            found["credit"] / _UNITS_PER_PENNY,
            found["balance"] / _UNITS_PER_PENNY,
            found["counter"],
        )

    def set_load(self, watts: int) -> None:
        """Consumption at a meter from now on, while its supply is enabled. Its prepayment ledger begins with the first.

        Raises ValueError for a device that is no meter, for the meter of a prepayment customer, who decides what it
        uses, and for a load that is negative or above 100,000 W.
        """
        if watts < 0:
            raise ValueError("a load is at least 0 W")
        _core.set_load(self.world.core, self.eui, watts)

    @property
    def load(self) -> int | None:
        """The load it was given, W; None while it has none and counts nothing."""
        return _core.load_of(self.world.core, self.eui)

    @property
    def supply(self) -> str | None:
        """Enabled, Disabled or Armed; None for a device without a switch or valve."""
        return _core.supply(self.world.core, self.eui)

    @property
    def credit(self) -> Credit:
        """What its prepayment registers hold now. Raises ValueError for a device that is no meter."""
        held = _core.credit(self.world.core, self.eui)
        return Credit(**{name: amount / _UNITS_PER_PENNY for name, amount in held.items()})

    @property
    def prepayment_problems(self) -> list[str]:
        """What is wrong with what its supplier configured, a sentence each: tariffs that overlap or leave a gap,
        thresholds in the wrong order. The meter itself takes all of it and does what it can.

        Raises ValueError for a device that is no SMETS2 meter.
        """
        return _core.plan_problems(self.world.core, self.eui)

    def enable_supply(self) -> None:
        """The customer switches the supply on at the meter, which works when it is Armed."""
        _core.enable_supply(self.world.core, self.eui)

    def activate_emergency_credit(self) -> bool:
        """The customer takes emergency credit at the meter; False when none is on offer."""
        return _core.activate_emergency_credit(self.world.core, self.eui)

    @property
    def objects(self) -> Objects:
        """Its DLMS objects now; empty on devices that speak GBZ only.

        Raises ValueError for a SMETS1 meter.
        """
        return Objects(self.world.core, self.eui)

    def raise_event(self, code: int) -> None:
        """Makes an event of GBCS 16 happen now: it is logged, and its alert sent to whom the table names.

        Raises ValueError for a code GBCS does not list.
        """
        if not _core.raise_event(self.world.core, self.eui, code):
            raise ValueError(f"GBCS lists no event 0x{code:04X}")

    @property
    def trust_anchors(self) -> list[TrustAnchor]:
        """What its cells hold now."""
        return [TrustAnchor(**item) for item in self.world.core.trust_anchors(self.eui)]

    def __str__(self) -> str:
        return "-".join(f"{byte:02x}" for byte in self.eui.to_bytes(8, "big"))

    def __repr__(self) -> str:
        return f"<{self.kind} {self}>"


@dataclass(frozen=True)
class Customer:
    """A prepayment customer at this moment. Payments count from 1; 0 stands for none."""

    channel: str  # shop, app, phone
    pounds: int  # of a usual top-up
    wakes: datetime | None  # when it acts next
    payments: int  # so far
    waiting_for: int  # paid and not credited yet
    has_code: bool  # its UTRN is in hand ...
    code: str  # ... these digits
    fault: str  # none, never had WAN, lost WAN, intermittent WAN, HAN fault


class Home:
    """A premises with its devices; a device it does not have is None."""

    def __init__(self, world: World, core: _core.Home) -> None:
        self.number = core.number
        self.esme = _device(world, "esme", core.esme)
        self.gsme = _device(world, "gsme", core.gsme)
        self.chf = _device(world, "chf", core.chf)
        self.gpf = _device(world, "gpf", core.gpf)
        self.ppmid = _device(world, "ppmid", core.ppmid)
        self._world = world

    @property
    def customer(self) -> Customer | None:
        """Who prepays there, and what for it waits; None for a home added without prepayment."""
        found = self._world.core.customer(self.number)
        if found is None:
            return None
        wakes = found.pop("wakes")
        return Customer(wakes=None if wakes is None else from_microseconds(wakes), **found)

    def power_off(self) -> None:
        """Cuts the mains now."""
        self._world.core.power(self.number, False)

    def power_on(self) -> None:
        """Restores the mains now."""
        self._world.core.power(self.number, True)

    def __repr__(self) -> str:
        return f"<home {self.number}>"


def _device(world: World, kind: str, eui: int | None) -> Device | None:
    return None if eui is None else Device(world, kind, eui)


@dataclass(frozen=True)
class Clocks:
    """How long a request took. `inclusive`: from sending it to its completion, None while it is under way."""

    inclusive: timedelta | None


@dataclass(frozen=True)
class Done:
    """The moment a ticket's request completes; `World.run_until` takes it."""

    ticket: Ticket


class Ticket:
    """The sender's handle on one Service Request; every attribute tells of the present moment."""

    def __init__(self, world: World, number: int) -> None:
        self.number = number
        self._world = world

    def _state(self) -> dict[str, Any]:
        return self._world.core.ticket(self.number)

    @property
    def done(self) -> Done:
        """What `World.run_until` waits for."""
        return Done(self)

    @property
    def is_done(self) -> bool:
        return self._state()["inclusive_s"] is not None

    @property
    def outcome(self) -> str | None:
        """delivered, refused, failed, timed out; None while it is under way."""
        return self._state()["outcome"] or None

    @property
    def code(self) -> str | None:
        """Response code (DUIS 3.5) or verdict; None while it is under way."""
        return self._state()["code"] or None

    @property
    def clocks(self) -> Clocks:
        seconds = self._state()["inclusive_s"]
        return Clocks(None if seconds is None else timedelta(seconds=seconds))

    @property
    def response(self) -> bytes | None:
        """The device's GBCS response, None when there is none (yet)."""
        return self._state()["response"] or None

    @property
    def answer(self) -> Element | None:
        """What the DCC answered where it answers alone: the inventory (8.2), the WAN matrix (12.1). None otherwise."""
        from meterbed.duis import Element  # lxml is only needed here

        found = self._state()["answer"]
        return None if found is None else Element.of_plain(found)

    @property
    def command(self) -> bytes | None:
        """The GBCS command while it is on its way to the device, None before and after."""
        return self._state()["command"] or None

    @property
    def path(self) -> list[str]:
        """What happened to it, a line for each record."""
        return list(self._state()["path"])

    def __repr__(self) -> str:
        return f"<ticket {self.number}, {self.outcome or 'under way'}>"


class User:
    """A DCC User, by name."""

    def __init__(self, world: World, name: str) -> None:
        self.name = name
        self._world = world

    @property
    def eui(self) -> int:
        """Its EUI-64; ValueError when there is no such user."""
        return self._world.core.user_eui(self.name)

    def request(self, service: str, to: Device | int | None, **options: Any) -> Ticket:
        """Sends a Service Request, by its SRV ("4.1.1"), now.

        to: the device concerned, or its EUI. Of a request that the DCC answers alone (8.14.2): the device that it is about,
            which need not exist.
        options: for requests about certificates: `certificate`, the user whose certificates are placed, `renew`, True
            for fresh ones, and `cell`, "network operator" or "supplier"; or `certificates`, up to three of `meterbed.pki`
            (signing, key agreement, top-up), and `path`, theirs to the root. The DCC refuses what its repository does not
            hold (`World.publish`). For every service with a DUIS transform: `body`, the request's body as XML or as a mapping
            (`meterbed.duis.body_of`).
        Raises ValueError for an unknown service, user or device.
        """
        return Ticket(self._world, self._world.core.request(self.name, service, _eui(service, to), **_plain(options)))

    def command(self, service: str, to: Device | int | None, **options: Any) -> bytes:
        """The GBCS command a request would become, signed and with its MACs, for `Device.deliver`.

        Nothing is sent and no gate of the DCC looks at it. Arguments and errors as for `request`; ValueError also for a
        SMETS1 meter.
        """
        return self._world.core.command(self.name, service, _eui(service, to), **_plain(options))

    def make_utrn(self, to: Device | int | None, *, value: str | None = None, pence: int | None = None) -> str:
        """Sells a prepayment top-up for a meter: 20 digits to be typed there. Only a Supplier can.

        value: pounds, "10.00"; or pence.
        """
        if to is None:
            raise ValueError("the home has no such meter to top up")
        amount, pounds = utrn.amount_of(value, pence)
        eui = to.eui if isinstance(to, Device) else to
        return self._world.core.make_utrn(self.name, eui, amount, pounds)

    def top_up_secret(self, to: Device | int) -> bytes:
        """The 32 octets that its top-up key and the key of a meter share: what `meterbed.utrn.make` and `meterbed utrn
        make --secret` need to make UTRNs with a counter of your choice. Only a Supplier has such a key.
        """
        return self._world.core.top_up_secret(self.name, to.eui if isinstance(to, Device) else to)

    def __repr__(self) -> str:
        return f"<user {self.name}>"


def _eui(service: str, to: Device | int | None) -> int:
    if to is None:
        raise ValueError(f"the home has no such device for {service}")
    return to.eui if isinstance(to, Device) else to


def _plain(options: Mapping[str, Any]) -> dict[str, Any]:
    """Certificates as their octets, a body as plain tuples, the rest as it is."""
    out = dict(options)
    for key in ("certificates", "path"):
        if key in out:
            out[key] = [one.der for one in out[key]]
    if "body" in out:
        from meterbed.duis import body_of  # lxml is only needed here

        out["body"] = body_of(out["body"]).plain()
    return out


class World:
    """Homes, users, DCC and WAN under one clock.

    start: UTC, "2020-02-09 17:00" or a datetime.
    kernel: plain for many small worlds; systemc allows one living world a process: close it, or use `with`.
    settings: as in a scenario's `compare`, for example {"wan loss": "0 %"}.

    The same version, seed and calls give the same records.
    """

    def __init__(
        self,
        seed: int,
        start: str | datetime,
        *,
        kernel: Kernel = "plain",
        settings: Mapping[str, object] | None = None,
    ) -> None:
        if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 1 << 64:
            raise ValueError(f"a seed is a whole number from 0 to 2^64 - 1, not {seed!r}")
        begin = to_time(start).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
        texts = {key: str(value) for key, value in (settings or {}).items()}
        self.core = _core.World(seed, begin, kernel, texts)
        self._closed = False
        self._authority = pki.Authority._of(self.core.authority, seed)

    @classmethod
    def _of(cls, core: _core.World, seed: int) -> Self:
        """A world that has begun elsewhere."""
        world = cls.__new__(cls)
        world.core = core
        world._closed = False
        world._authority = pki.Authority._of(core.authority, seed)
        return world

    @property
    def authority(self) -> pki.Authority:
        """The test SMKI of this world, to make further certificates with."""
        return self._authority

    def publish(self, certificate: pki.Certificate) -> None:
        """Enters a certificate in the SMKI repository as In use, so that the DCC admits it in requests."""
        self.core.publish(certificate.der)

    @property
    def now(self) -> datetime:
        """Simulated time, UTC."""
        return from_microseconds(self.core.now)

    def add_user(self, name: str, role: str) -> User:
        """role: IS, ES, GS, ED, GT, RSA or OU, as in SEC Section A."""
        self.core.add_user(name, role)
        return User(self, name)

    def user(self, name: str) -> User:
        """A user by name; whether there is one shows when it acts."""
        return User(self, name)

    def add_home(
        self,
        *,
        region: str = "Central",
        supplier: str = "supplier-a",
        network_operator: str = "east-midlands",
        gas: bool = False,
        ppmid: bool = False,
        kind: str = "SMETS2",
        polyphase: bool = False,
        mpxn_known: bool = True,
        cell: int = 0,
        prepayment: bool = False,
    ) -> Home:
        """A home, commissioned, with certificates of its supplier and network operator on its devices.

        polyphase: its meter tells of restored supply with 8F37 and 8F38 instead of 8F35 and 8F36.
        mpxn_known: without it the DCC can not say whose supply failed, and sends no outage alert (AD1).
        cell: number of the radio cell of its hub; homes of one cell wait for each other.
        prepayment: a customer lives there who prepays for electricity (docs/prepayment.md).
        """
        home = self.core.add_home(
            region=region,
            supplier=supplier,
            network_operator=network_operator,
            gas=gas,
            ppmid=ppmid,
            kind=kind,
            polyphase=polyphase,
            mpxn_known=mpxn_known,
            cell=cell,
            prepayment=prepayment,
        )
        return Home(self, home)

    def pay(self, home: Home, pounds: int) -> int:
        """Its prepayment customer pays now, whatever the habit. Returns the number of the payment.

        Raises ValueError for a home without such a customer, and for less than 1 or more than 999 pounds.
        """
        if not 1 <= pounds <= 999:
            raise ValueError("a payment is 1 to 999 pounds")
        return self.core.pay(home.number, pounds)

    def run_until(self, moment: str | datetime | Done, limit: str | timedelta = "24 h") -> bool:
        """Runs to a time, or until a ticket is done but no longer than `limit` from now.

        Returns False when the limit came first.
        """
        if isinstance(moment, Done):
            return self.core.run_until_done(moment.ticket.number, to_duration(limit) // _MICROSECOND)
        self.core.run_until(to_microseconds(to_time(moment)))
        return True

    def run_for(self, duration: str | timedelta) -> None:
        """Runs for a while: "3 days" or a timedelta."""
        self.core.run_until(self.core.now + to_duration(duration) // _MICROSECOND)

    @property
    def records(self) -> pa.Table:
        """Everything that happened so far; columns as in docs/run-folder.md, without variant and repeat."""
        from meterbed import records

        return records.to_table(self.core.columns())

    def finish(self) -> pa.Table:
        """Ends the world and returns all its records; whatever comes later is a WorldEnded."""
        self.core.close()
        self._closed = True
        return self.records

    def close(self) -> None:
        """Ends the world. Its records stay; a step or a request raises WorldEnded. Does nothing the second time."""
        if not self._closed:
            self._closed = True
            self.core.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<world at {self.now:%Y-%m-%d %H:%M:%S} UTC>"
