"""Every gas use case that a Service Request can mean: valid DUIS, and the layout that GBCS gives its command.

The layouts are those of `gbz_fields.csv` (use case documents of GBCS): components in order, their cluster, command, frame
control and, where it is fixed, length. The reference is not part of the repository; without it these tests are skipped.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from duis_pairs import SCHEMA, SHARED, read_frame, request_xml

from meterbed import duis

FIELDS = SHARED / "reference" / "gbz_fields.csv"
needs_layouts = pytest.mark.skipif(
    not (FIELDS.is_file() and SCHEMA.is_file()), reason="the reference tables are not beside the repository"
)

GSME, GPF = "A1", "A3"
PERIOD = "<ReadLogPeriod><StartDateTime>2015-01-01T00:00:00Z</StartDateTime><EndDateTime>2015-01-03T00:00:00Z</EndDateTime></ReadLogPeriod>"
LATER = "<ExecutionDateTime>2030-01-15T09:00:00Z</ExecutionDateTime>"
DAYS = "".join(f'<ReferencedDayName index="{day}">1</ReferencedDayName>' for day in range(1, 8))
WEEKS = f"<WeekProfiles><WeekProfile><WeekName>1</WeekName>{DAYS}</WeekProfile></WeekProfiles>"
DATE = (
    "<GasYearWithWildcards><NonSpecifiedYear/></GasYearWithWildcards>"
    "<GasMonthWithWildcards><NonSpecifiedMonth/></GasMonthWithWildcards>"
    "<GasDayOfMonthWithWildcards><GasNonSpecifiedDayOfMonth/></GasDayOfMonthWithWildcards>"
    "<GasDayOfWeekWithWildcards><SpecifiedDayOfWeek>7</SpecifiedDayOfWeek></GasDayOfWeekWithWildcards>"
)
SEASON = f"<Season><SeasonStartDate>{DATE}</SeasonStartDate><ReferencedWeekName>1</ReferencedWeekName></Season>"
SPECIAL_DAYS = (
    f"<SpecialDays><SpecialDay><Date>{DATE}</Date><ReferencedDayName>1</ReferencedDayName></SpecialDay></SpecialDays>"
)
TOU = '<TOUTariff><TOUPrice index="1">9600</TOUPrice></TOUTariff>'
BLOCKS = '<BlockTariff><BlockPrice index="1">1</BlockPrice><BlockPrice index="2">2</BlockPrice><NumberOfThresholds>1</NumberOfThresholds></BlockTariff>'


def prices(tariff: str) -> str:
    elements = f"<CurrencyUnits>ECB</CurrencyUnits><StandingCharge>1</StandingCharge>{tariff}"
    return f"<PriceElements><GasPriceElements>{elements}</GasPriceElements></PriceElements>"


def tariff(day: str, price: str) -> str:
    table = f"<DayProfiles><DayProfile><DayName>1</DayName>{day}</DayProfile></DayProfiles>{WEEKS}<Seasons>{SEASON}</Seasons>"
    thresholds = '<ThresholdMatrix><BlockThreshold index="1">5</BlockThreshold></ThresholdMatrix>'
    elements = f"<SwitchingTable>{table}</SwitchingTable>{SPECIAL_DAYS}{thresholds}"
    return f"<UpdateImportTariffPrimaryElement><GasTariffElements>{elements}</GasTariffElements>{prices(price)}</UpdateImportTariffPrimaryElement>"


NON_DISABLEMENT = (
    "<DayProfiles><GasNonDisablementDayProfile><TimeStartAction><StartTime>06:30:00Z</StartTime>"
    "<NonDisablementAction>STOP</NonDisablementAction></TimeStartAction><GasDayName>1</GasDayName></GasNonDisablementDayProfile>"
    f"</DayProfiles>{WEEKS}<SeasonProfiles>{SEASON}</SeasonProfiles>{SPECIAL_DAYS}"
)
PREPAYMENT = (
    "<DebtRecoveryRateCap>1</DebtRecoveryRateCap><EmergencyCreditLimit>2</EmergencyCreditLimit>"
    "<EmergencyCreditThreshold>3</EmergencyCreditThreshold><LowCreditThreshold>4</LowCreditThreshold>"
    f"<GasNonDisablementCalendar>{NON_DISABLEMENT}</GasNonDisablementCalendar>"
    "<MaxMeterBalance>5</MaxMeterBalance><MaxCreditThreshold>6</MaxCreditThreshold>"
)
RECOVERY = "<DebtRecoveryRate>3</DebtRecoveryRate><DebtRecoveryRatePeriod>DAILY</DebtRecoveryRatePeriod>"
FLOW = (
    "<SupplyDepletionState>Locked</SupplyDepletionState><SupplyTamperState>Unchanged</SupplyTamperState>"
    "<StabilisationPeriod>1</StabilisationPeriod><MeasurementPeriod>2</MeasurementPeriod>"
)


@dataclass(frozen=True)
class Case:
    use_case: str
    srv: str
    body: str
    critical: bool = False
    target: str = GSME

    @property
    def request(self) -> bytes:
        return request_xml(self.srv, self.body, self.critical, self.target)


def balance(mode: str, change: str) -> str:
    return f"<UpdateMeterBalance><{mode}>{change}</{mode}></UpdateMeterBalance>"


ADJUST, RESET = "<AdjustMeterBalance>-5</AdjustMeterBalance>", "<ResetMeterBalance/>"


def log(name: str, extra: str = "") -> str:
    return f"<{name}>{PERIOD}{extra}</{name}>"


def billing(periodicity: str) -> str:
    calendar = f"<BillingPeriodStart>2015-01-01T00:00:00Z</BillingPeriodStart><Periodicity>{periodicity}</Periodicity>"
    return f"<UpdateDeviceConfigurationBillingCalendar><GasBillingCalendar>{calendar}</GasBillingCalendar></UpdateDeviceConfigurationBillingCalendar>"


def flow(rate: str) -> str:
    return f"<UpdateDeviceConfigurationGasFlow>{rate}{FLOW}</UpdateDeviceConfigurationGasFlow>"


def payment(mode: str, later: str = "") -> str:
    return f"<UpdatePaymentMode>{later}{mode}</UpdatePaymentMode>"


CREDIT = "<Credit/>"
PREPAY = "<Prepayment><SuspendDebtDisabled>1</SuspendDebtDisabled><SuspendDebtEmergency>0</SuspendDebtEmergency><DisablementThreshold>-7</DisablementThreshold></Prepayment>"
DEBT = (
    "<UpdateDebt><TimeDebtRegister1>1</TimeDebtRegister1><TimeDebtRegister2>2</TimeDebtRegister2><PaymentDebtRegister>3</PaymentDebtRegister>"
    f"<DebtRecoveryPerPayment>4</DebtRecoveryPerPayment><GasDebtRecovery1>{RECOVERY}</GasDebtRecovery1><GasDebtRecovery2>{RECOVERY}</GasDebtRecovery2></UpdateDebt>"
)
ALERTS = "<ConfigureAlertBehaviour><GasSupplierAlerts><x810D>Enable</x810D><x8145>Disable</x8145></GasSupplierAlerts></ConfigureAlertBehaviour>"
SETTINGS = "<WANAlert>Enable</WANAlert><HANAlert>Disable</HANAlert><EventLog>Enable</EventLog><Alarm>Disable</Alarm>"
EVENTS = f"<ConfigureAlertBehaviour><GasSupplierAlertEventSettings><x81C6>{SETTINGS}</x81C6></GasSupplierAlertEventSettings></ConfigureAlertBehaviour>"

CASES = [
    Case("GCS01a", "1.1.1", tariff("<TOUTariffAction>1</TOUTariffAction>", TOU), True),
    Case("GCS01a", "1.1.1", tariff("<BlockTariff/>", BLOCKS), True),
    Case("GCS01b", "1.2.1", f"<UpdatePricePrimaryElement>{LATER}{prices(TOU)}</UpdatePricePrimaryElement>", True),
    Case("GCS01b", "1.2.1", f"<UpdatePricePrimaryElement>{prices(BLOCKS)}</UpdatePricePrimaryElement>", True),
    Case("GCS40a", "1.5", balance("PrepaymentMode", ADJUST), True),
    Case("GCS40b", "1.5", balance("PrepaymentMode", RESET), True),
    Case("GCS40c", "1.5", balance("CreditMode", ADJUST), True),
    Case("GCS40d", "1.5", balance("CreditMode", RESET), True),
    Case("GCS02", "1.6", payment(CREDIT, LATER), True),
    Case("GCS03", "1.6", payment(PREPAY), True),
    Case(
        "GCS05",
        "2.1",
        f"<UpdatePrepayConfiguration><UpdatePrepayConfigGas>{PREPAYMENT}</UpdatePrepayConfigGas></UpdatePrepayConfiguration>",
        True,
    ),
    Case("CS01b", "2.2", "<TopUpDevice><UTRN>73943333457189043313</UTRN></TopUpDevice>"),
    Case("GCS04", "2.3", DEBT, True),
    Case("GCS06", "2.5", "<ActivateEmergencyCredit/>", True),
    Case("GCS07", "3.1", f"<DisplayMessage>{LATER}<SupplierMessage>Boil the kettle</SupplierMessage></DisplayMessage>"),
    Case(
        "GCS09",
        "3.2",
        "<RestrictAccessForChangeOfTenancy><RestrictionDateTime>2020-01-01T00:00:00Z</RestrictionDateTime></RestrictAccessForChangeOfTenancy>",
        target=GPF,
    ),
    Case("CS11", "3.3", "<ClearEventLog/>"),
    Case("CS11", "3.3", "<ClearEventLog/>", target=GPF),
    Case(
        "GCS44",
        "3.4",
        "<UpdateSupplierName><SupplierName>Gas Works</SupplierName><SupplierTelephoneNumber>0207</SupplierTelephoneNumber></UpdateSupplierName>",
    ),
    Case("GCS11", "3.5", "<DisablePrivacyPIN/>"),
    Case(
        "GCS13a", "4.1.1", f"<ReadInstantaneousImportRegisters>{LATER}</ReadInstantaneousImportRegisters>", target=GPF
    ),
    Case("GCS13c", "4.1.2", "<ReadInstantaneousImportTOUMatrices/>"),
    Case("GCS13b", "4.1.4", "<ReadInstantaneousImportBlockCounters/>", target=GPF),
    Case("GCS14", "4.3", "<ReadInstantaneousPrepayValues/>", target=GPF),
    Case("GCS15b", "4.4.2", log("RetrieveCoMOrTariffTriggeredBillingDataLog")),
    Case("GCS15c", "4.4.3", log("RetrieveBillingCalendarTriggeredBillingDataLog"), target=GPF),
    Case("GCS15d", "4.4.4", log("RetrieveBillingDataLogDebtPayments")),
    Case("GCS15e", "4.4.5", log("RetrieveBillingDataLogPrepaymentCredits"), target=GPF),
    Case("GCS16a", "4.6.1", log("RetrieveImportDailyReadLog"), target=GPF),
    Case("GCS17", "4.8.1", log("ReadActiveImportProfileData"), target=GPF),
    Case("GCS18", "4.10", log("ReadNetworkData")),
    Case("GCS21f", "4.11.1", "<ReadTariffPrimaryElement/>", target=GPF),
    Case("GCS21b", "4.13", "<ReadPrepaymentConfiguration/>", target=GPF),
    Case("GCS16b", "4.14", log("ReadPrepaymentDailyReadLog")),
    Case("GCS61", "4.17", log("RetrieveDailyConsumptionLog"), target=GPF),
    Case("GCS60", "4.18", "<ReadMeterBalance/>"),
    Case("GCS21k", "6.2.3", "<ReadDeviceConfigurationBillingCalendar/>"),
    Case("GCS21m", "6.2.4", "<ReadDeviceConfigurationIdentityExcMPxN/>"),
    Case("GCS46", "6.2.7", "<ReadDeviceConfigurationMPxN/>"),
    Case("GCS21a", "6.2.8", "<ReadDeviceConfigurationGas/>"),
    Case("GCS21j", "6.2.9", "<ReadDeviceConfigurationPaymentMode/>"),
    Case("GCS20r", "6.2.10", "<ReadDeviceConfigurationEventAndAlertBehaviours/>"),
    Case(
        "GCS23",
        "6.6",
        "<UpdateDeviceConfigurationGasConversion><CalorificValue>39.5</CalorificValue><ConversionFactor>1.02264</ConversionFactor></UpdateDeviceConfigurationGasConversion>",
        True,
    ),
    Case("GCS24a", "6.7", flow("<UncontrolledGasFlowRateDecimal>0.0001</UncontrolledGasFlowRateDecimal>"), True),
    Case("GCS25a", "6.8", billing("Quarterly"), True),
    Case("GCS25", "6.8", billing("Daily"), True),
    Case("CS10a", "6.13", log("ReadEventOrSecurityLog", "<LogToRead>Event</LogToRead>")),
    Case("CS10a", "6.13", log("ReadEventOrSecurityLog", "<LogToRead>GSMEEvent</LogToRead>"), target=GPF),
    Case("CS10b", "6.13", log("ReadEventOrSecurityLog", "<LogToRead>Security</LogToRead>"), target=GPF),
    Case("CS10b", "6.13", log("ReadEventOrSecurityLog", "<LogToRead>GSMESecurity</LogToRead>"), target=GPF),
    Case(
        "GCS41",
        "6.20.1",
        "<SetDeviceConfigurationImportMPxN><ImportMPRN>1234567890</ImportMPRN></SetDeviceConfigurationImportMPxN>",
    ),
    Case("GCS20", "6.22", ALERTS),
    Case("GCS20", "6.22", EVENTS),
    Case("GCS32", "7.2", "<DisableSupply/>", True),
    Case("GCS39", "7.3", "<ArmSupply/>", True),
    Case("GCS33", "7.4", "<ReadSupplyStatus/>", target=GPF),
    Case("GCS36", "9.1", "<RequestCustomerIdentificationNumber/>"),
    Case("GCS38", "11.2", "<ReadFirmwareVersion/>"),
    Case("GCS31", "14.1", "<RecordNetworkDataGAS/>"),
]


@dataclass(frozen=True)
class Component:
    """What is fixed of a component; `length` None where it depends."""

    control: int
    cluster: int
    length: int | None
    frame_control: int
    command: int
    fields: tuple[tuple[int | None, frozenset[int]], ...] = ()  # octets, values it may have (none: any)


HEADER = {"Control Field", "Cluster ID", "GBZ Command Length", "Frame control", "Command identifier"}
HEADER |= {"Transaction sequence number", "From Date Time"}


def layouts(use_case: str) -> list[set[Component]]:
    """Components of the command in order; several in one place where the document gives a choice of control."""
    with FIELDS.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["use_case"] == use_case and row["message"] == "command"]
    found: list[dict[str, str]] = []
    fields: list[list[tuple[int | None, frozenset[int]]]] = []
    for row in rows:
        element = row["element"].removeprefix("Extended Header ")
        if element == "Control Field":
            found.append({})
            fields.append([])
        if found and element in HEADER:
            found[-1].setdefault(element, row["value"])
        elif found:
            fields[-1].append(_field(row))
    return [_components(header, tuple(payload)) for header, payload in zip(found, fields, strict=True)]


def _field(row: dict[str, str]) -> tuple[int | None, frozenset[int]]:
    octets = int(row["octets"]) if row["octets"].isdigit() else None
    texts = row["value"].split(" or ")
    known = all(re.fullmatch(r"0x[0-9A-F]+|0b[01]+|[0-9]+", text) for text in texts)
    known = known and len({len(text) for text in texts}) == 1  # the table cuts long cells short
    return octets, frozenset(int(text, 0) for text in texts) if known else frozenset()


def _components(header: dict[str, str], fields: tuple[tuple[int | None, frozenset[int]], ...]) -> set[Component]:
    length = header["GBZ Command Length"]
    return {
        Component(
            int(control, 16),
            int(header["Cluster ID"], 16),
            int(length, 16) if length.startswith("0x") else None,
            int(header["Frame control"], 2),
            int(header["Command identifier"], 16),
            fields,
        )
        for control in re.findall(r"0x[0-9A-F]{2}", header["Control Field"])
    }


def has_fixed_values(payload: bytes, layout: Component) -> bool:
    """Fields in order, as far as their places are fixed."""
    at = 0
    for octets, values in layout.fields:
        if octets is None:
            return True
        value = int.from_bytes(payload[at : at + octets], "little")
        if values and value not in values:
            return False
        at += octets
    return at == len(payload)


def components(payload: bytes) -> list[tuple[Component, bytes]]:
    """Components of a command with their payloads."""
    assert payload[:2] == b"\x01\x09"
    at, found = 3, []
    while at < len(payload):
        control, cluster, length = (
            payload[at],
            int.from_bytes(payload[at + 1 : at + 3]),
            int.from_bytes(payload[at + 3 : at + 5]),
        )
        frame = payload[at + 5 + (4 if control & 0x10 else 0) : at + 5 + length]
        assert frame[1] == len(found), "sequence numbers count from 0"
        found.append((Component(control, cluster, length, frame[0], frame[2]), frame[3:]))
        at += 5 + length
    assert at == len(payload)
    assert len(found) == payload[2]
    return found


def fits(made: Component, payload: bytes, wanted: set[Component]) -> bool:
    return any(
        (made.cluster, made.frame_control, made.command) == (one.cluster, one.frame_control, one.command)
        and made.control | 1 == one.control | 1
        and one.length in (None, made.length)
        and has_fixed_values(payload, one)
        for one in wanted
    )


@needs_layouts
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.use_case}-{case.srv}-{case.target}")
def test_a_command_has_the_layout_of_its_use_case(case: Case, tmp_path: Path) -> None:
    request = duis.parse(case.request, SCHEMA)
    made = duis.transform(request, SHARED / "rtds" / "keystore", duis.Options(use_case=case.use_case))
    assert (made.use_case, made.kind) == (case.use_case, "pre-command" if case.critical else "command")
    wanted = layouts(case.use_case)
    place = 0
    for component, payload in components(read_frame(made.octets).payload):
        while not fits(component, payload, wanted[place]):  # a repeated component, or an optional one that is absent
            place += 1
            assert place < len(wanted), f"{component} is not in the layout"


def test_every_gas_use_case_of_a_service_has_a_case() -> None:
    from meterbed import _core

    tested = {case.use_case for case in CASES}
    gas = {row["use_case"] for row in _core.duis_table() if re.match(r"GCS|CS1", row["use_case"])}
    # GCS21d, GCS24, GCS60a are read and set like their successors; the others are no GBZ.
    assert gas - tested <= {"GCS21d", "GCS21e", "GCS24", "GCS28", "GCS59", "GCS60a"}
