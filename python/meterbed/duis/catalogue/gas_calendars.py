"""Calendars, tariff and prepayment configuration of the GSME (4.11.1, 4.13)."""

from __future__ import annotations

from lxml import etree

from meterbed.duis.catalogue.convert import INTEGER, clock_text, constant, gas_date, word
from meterbed.duis.catalogue.datum import Datum
from meterbed.duis.catalogue.gas_rows import ATTRIBUTES, NAMES, attribute, first, leave_out, unused, volumes
from meterbed.duis.catalogue.rows import Fill, Row, add, entries, row

DAY, WEEK, SEASONS, SPECIAL_DAYS = (
    "Publish Day Profile",
    "Publish Week Profile",
    "Publish Seasons",
    "Publish Special Days",
)
DAYS_OF_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CURRENCY = word({0x033A: "GBP", 0x03D2: "ECB"})


def _week(reference: str) -> Fill:
    def fill(element: etree._Element, datum: Datum) -> None:
        name = datum.at("Week ID")
        if name is not None:
            add(element, "WeekName", name.number)
        for place, day in enumerate(DAYS_OF_WEEK, 1):
            found = datum.at(f"Day ID Ref {day}")
            if found is not None:
                add(element, reference, found.number, index=place)

    return fill


def _tariff_day(element: etree._Element, datum: Datum) -> None:
    """One entry a day: its price tier, or 0 where blocks apply (DUIS and command side by side)."""
    name, schedule = datum.at("Day ID"), datum.at("Day Schedule Entries")
    if name is not None:
        add(element, "DayName", name.number)
    for entry in schedule or ():
        entry.ignore("Start Time")  # the whole day
        tier = entry.at("Price Tier")
        if tier is not None:
            add(element, "TOUTariffAction", tier.number) if tier.number else add(element, "BlockTariff")
        break


SEASON = [row("SeasonStartDate", "Season Start Date", gas_date), row("ReferencedWeekName", "Week ID Ref", INTEGER)]


def _special_days(reference: str) -> list[Row]:
    return [row("Date", "Special Day Date", gas_date), row(reference, "Day ID Ref", INTEGER)]


def _each(name: str, fill: Fill) -> Fill:
    return entries(name, [row("", (), fill)])


BLOCK_PRICES = tuple(f"Price/NoTierBlock{n}Price" for n in range(1, 5))
TIER_PRICES = tuple(f"Price/Tier{n}Block1Price" for n in range(1, 5))


def _prices(holder: str, name: str, attributes: tuple[str, ...]) -> Row:
    def fill(element: etree._Element, root: Datum) -> None:
        found = [(n, root.at(ATTRIBUTES, NAMES[key])) for n, key in enumerate(attributes, 1)]
        if any(price is not None for _, price in found):
            place = add(element, holder)
            for n, price in found:
                if price is not None:
                    add(place, name, price.number, index=n)

    return row("", (), fill)


def _scale(element: etree._Element, datum: Datum) -> None:
    """Price trailing digit: upper four bits; prices are in its negative power of ten."""
    element.text = str(-(datum.number >> 4))


PRICE = "Publish Price"
TARIFF = [
    first(PRICE, "PrimaryActiveTariffPrice", "Price", INTEGER),
    first(PRICE, "PrimaryActiveTariffPriceScale", "Price Trailing Digit & Price Tier", _scale),
    attribute("CurrencyUnitsLabel", "Price/Currency", CURRENCY),
    attribute("StandingCharge", "Price/StandingCharge", INTEGER),
    row("TariffSwitchingTable/DayProfiles", DAY, _each("DayProfile", _tariff_day)),
    row("TariffSwitchingTable/WeekProfiles", WEEK, _each("WeekProfile", _week("ReferencedDay"))),
    row("TariffSwitchingTable/Seasons", (SEASONS, 0, "Season Entries"), entries("Season", SEASON)),
    row("TariffSwitchingTableSpecialDays", (SPECIAL_DAYS, 0, "Special Day Entries"),
        entries("SpecialDay", _special_days("ReferencedDay"))),
    volumes(
        {f"TariffThresholds/BlockThreshold#{n}": f"Price/Block{n}Threshold" for n in range(1, 4)},
        "Price/ThresholdMultiplier", "Price/ThresholdDivisor",
    ),
    _prices("TOUTariff", "TariffTOUPrice", TIER_PRICES),
    _prices("BlockTariff", "BlockPrice", BLOCK_PRICES),
    *unused("Price/UnitOfMeasure", "Price/PriceTrailingDigit"),
    *(first(PRICE, "", field, constant) for field in (
        "Rate Label", "Current Time", "Unit of Measure", "Currency", "Number of Price Tiers & Register Tier", "Start Time",
        "Duration In Minutes",
    )),
    first(SPECIAL_DAYS, "", "Start Time", constant),
    *leave_out(DAY, WEEK, SEASONS, SPECIAL_DAYS, PRICE),
]  # fmt: skip

PERIOD = word({0: "HOURLY", 1: "DAILY"})
CALENDAR = "Gas/NonDisablementCalendar"


def _non_disablement_day(element: etree._Element, datum: Datum) -> None:
    schedule, name = datum.at("Day Schedule Entries"), datum.at("Day ID")
    for place, entry in enumerate(schedule or (), 1):
        action = add(element, "TimeStartAction", index=place)
        minutes, enable = entry.at("Start Time"), entry.at("Friendly Credit Enable")
        if minutes is not None:
            hour, minute = divmod(minutes.number, 60)
            add(action, "StartTime", clock_text(hour, minute))
        if enable is not None:
            add(action, "NonDisablementAction", "START" if enable.flag else "STOP")
    if name is not None:
        add(element, "GasDayName", name.number)


def _debt(n: int) -> list[Row]:
    return [
        attribute(f"Gas/DebtRecovery{n}/DebtRecoveryRate", f"Prepayment/DebtRecoveryAmount#{n}", INTEGER),
        attribute(f"Gas/DebtRecovery{n}/DebtRecoveryRatePeriod", f"Prepayment/DebtRecoveryFrequency#{n}", PERIOD),
    ]


PREPAYMENT = [
    attribute("DebtRecoveryPerPayment", "Prepayment/DebtRecoveryTopUpPercentage#3", INTEGER),
    attribute("DebtRecoveryRateCap", "Prepayment/OverallDebtCap", INTEGER),
    attribute("DisablementThreshold", "Prepayment/CutOffValue", INTEGER),
    attribute("EmergencyCreditLimit", "Prepayment/EmergencyCreditLimitAllowance", INTEGER),
    attribute("EmergencyCreditThreshold", "Prepayment/EmergencyCreditThreshold", INTEGER),
    attribute("LowCreditThreshold", "Prepayment/LowCreditWarningLevel", INTEGER),
    attribute("CreditMaxCreditThreshold", "Prepayment/MaxCreditPerTopUp", INTEGER),
    attribute("MaxCreditMaxMeterBalance", "Prepayment/MaxCreditLimit", INTEGER),
    row(f"{CALENDAR}/DayProfiles", DAY, _each("GasNonDisablementDayProfile", _non_disablement_day)),
    row(f"{CALENDAR}/WeekProfiles", WEEK, _each("WeekProfile", _week("ReferencedDayName"))),
    row(f"{CALENDAR}/SeasonProfiles", (SEASONS, 0, "Season Entries"), entries("Season", SEASON)),
    row(f"{CALENDAR}/SpecialDays", (SPECIAL_DAYS, 0, "Special Day Entries"),
        entries("SpecialDay", _special_days("ReferencedDayName"))),
    *_debt(1),
    *_debt(2),
    *unused("Price/PriceTrailingDigit"),
    first(SPECIAL_DAYS, "", "Start Time", constant),
    *leave_out(DAY, WEEK, SEASONS, SPECIAL_DAYS),
]  # fmt: skip
