"""Electricity tariffs (4.11.1, 4.11.2): prices, thresholds, switching tables; classes 113, 21, 20 and 11 of DLMS."""

from __future__ import annotations

from lxml import etree

from meterbed.duis.catalogue.convert import INTEGER, characters, constant, date, time_text, word
from meterbed.duis.catalogue.datum import Datum
from meterbed.duis.catalogue.rows import Fill, Row, add, entries, inside, row, text

# Script selectors of the tariff actions (DUIS request and command side by side in the reference test data).
BLOCK_ACTION, SECONDARY_ACTION = 100, 200
FIRST_BLOCK_INDEX = 0xA0  # charge table index: A1..A8 block 1, B1..B8 block 2, and so on; 01..30 time of use


def _identifier(datum: Datum) -> int:
    """Week names are octet-strings of one octet."""
    return int.from_bytes(datum.octets)


def _schedule(element: etree._Element, datum: Datum) -> None:
    start, selector = datum.at(0), datum.at(2)
    datum.ignore(1)  # the script table
    if start is not None:
        add(element, "StartTime", time_text(start.octets))
    if selector is not None:
        action = selector.number
        name = "BlockTariffAction" if BLOCK_ACTION < action < SECONDARY_ACTION else "TOUTariffAction"
        add(element, name, action % 100)


DAY = [
    row("Day", 0, INTEGER),
    row("", 1, entries("ProfileSchedule", [row("", (), _schedule)])),
]


def _week(element: etree._Element, datum: Datum) -> None:
    name = datum.at(0)
    if name is not None:
        add(element, "WeekName", _identifier(name))
    for place in range(1, 8):
        day = datum.at(place)
        if day is not None:
            add(element, "ReferencedElecDay", day.number, index=place)


SEASON = [
    row("SeasonName", 0, text(characters)),
    row("SeasonStartDate", 1, date),
    row("ReferencedWeekName", 2, text(_identifier)),
]
SPECIAL_DAY = [
    row("Date", 1, date),
    row("ReferencedDay", 2, INTEGER),
    row("", 0, constant),  # its number
]


def _switching_table(seasons: int, weeks: int, days: int) -> list[Row]:
    return [
        row("TariffSwitchingTable/DayProfiles", days, entries("DayProfile", DAY)),
        row("TariffSwitchingTable/WeekProfiles", weeks, entries("WeekProfile", [row("", (), _week)])),
        row("TariffSwitchingTable/Seasons", seasons, entries("Season", SEASON)),
    ]


def _charges(datum: Datum) -> list[tuple[int, int]]:
    found = []
    for charge in datum:
        index, price = charge.at(0), charge.at(1)
        if index is not None and price is not None:
            found.append((int.from_bytes(index.octets), price.number))
    return found


def _block_prices(element: etree._Element, datum: Datum) -> None:
    """By time of use, then block."""
    blocks = [
        (index & 0xF, (index - FIRST_BLOCK_INDEX) // 16 + 1, price)
        for index, price in _charges(datum)
        if index > FIRST_BLOCK_INDEX
    ]
    for tou in sorted({tou for tou, _, _ in blocks}):
        place = add(element, "TariffBlockPrices", index=tou)
        for _, block, price in (entry for entry in blocks if entry[0] == tou):
            add(place, "BlockPrice", price, index=block)


def _tou_prices(element: etree._Element, datum: Datum) -> None:
    for index, price in _charges(datum):
        if index < FIRST_BLOCK_INDEX:
            add(element, "TariffTOUPrice", price, index=index)


def _price_matrix(position: int) -> list[Row]:
    """What the prices are charged for (class, OBIS, attribute, scale of the commodity) is constant."""
    return [row("", (position, 0, 0), constant), row("", (position, 1), constant)]


def _thresholds(first: int, count: int) -> Fill:
    def fill(element: etree._Element, datum: Datum) -> None:
        for place in range(count):
            thresholds = datum.at(first + place)
            if thresholds is None:
                continue
            holder = add(inside(element, "TariffThresholdMatrix"), "ElecTariffThresholds", index=place + 1)
            for block, threshold in enumerate(thresholds, 1):
                add(holder, "BlockThreshold", threshold.number, index=block)

    return fill


CURRENCY = {1: "GBP", 0: "ECB"}
CURRENCY_NAMES = {1: "Millipence", 0: "Millicent"}

PRIMARY = [
    row("PrimaryActiveTariffPrice", 0, INTEGER),
    row("", 1, constant),
    row("CurrencyUnitsLabel", 14, word(CURRENCY)),
    row("CurrencyUnitsName", 14, word(CURRENCY_NAMES)),
    row("StandingCharge", (15, 2, 0, 1), INTEGER),
    row("StandingChargeScale", (15, 0, 1), INTEGER),
    row("", (15, 2, 0, 0), constant),
    *_price_matrix(15),
    row("PriceScale", (16, 0, 1), INTEGER),
    *_price_matrix(16),
    row("TariffBlockPriceMatrix", (16, 2), _block_prices),
    row("TariffTOUPriceMatrix", (16, 2), _tou_prices),
    *_switching_table(seasons=2, weeks=3, days=4),
    row("TariffSwitchingTableSpecialDays", 5, entries("SpecialDay", SPECIAL_DAY)),
    row("", (), _thresholds(6, 8)),
]
SECONDARY = [
    row("SecondaryActiveTariffPrice", 1, INTEGER),
    row("", 2, constant),
    row("PriceScale", (0, 0, 1), INTEGER),
    *_price_matrix(0),
    row("TariffTOUPriceMatrix", (0, 2), _tou_prices),
    *_switching_table(seasons=4, weeks=5, days=6),
    row("TariffSwitchingTableSpecialDays", 3, entries("SpecialDay", SPECIAL_DAY)),
]
