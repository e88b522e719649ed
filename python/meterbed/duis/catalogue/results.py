"""Success or failure of an answer, and DebugInfo: the result of every item when one has failed."""

from __future__ import annotations

from lxml import etree

from meterbed.duis.catalogue import words
from meterbed.duis.catalogue.rows import add
from meterbed.duis.received import NOT_FOUND, SUCCESS, ClusterResult, ItemResult, Received

# "Alternate response: if no instances": these commands answer NOT_FOUND when a log or calendar is empty or shorter.
MAY_BE_EMPTY = {
    (0x0700, 0x00), (0x0702, 0x06), (0x0702, 0x08), (0x0705, 0x07), (0x0705, 0x08), (0x0705, 0x0A),
    (0x0707, 0x01), (0x0707, 0x02), (0x0707, 0x03), (0x0707, 0x04), (0x0709, 0x00),
}  # fmt: skip
CLUSTERS = {
    0x0000: "Basic",
    0x0700: "Price",
    0x0702: "Metering",
    0x0703: "Messaging",
    0x0705: "Prepayment",
    0x0707: "Calendar",
    0x0708: "DeviceManagement",
    0x0709: "Events",
}
# A member of an ASN.1 answer that is 0 on success, and where it stands.
CODES = (
    ("responseCode",),
    ("joinResponseCode",),
    ("unjoinResponseCode",),
    ("readLogResponseCode",),
    ("readResponseCode",),
    ("deviceTimeStatus",),
    ("executionOutcome", "activateImageResponseCode"),
)
OUTCOMES = (
    ("executionOutcome", "replacementOutcomes", "statusCode"),
    ("remotePartyDetails", None, "statusCode"),
    ("restoreOutcomes", None, "joinResponseCode"),
)


def succeeded(received: Received) -> bool:
    """Whether everything that was asked was done."""
    if received.items:
        return all(item.code == SUCCESS for item in received.items)
    if received.clusters:
        return all(map(_cluster_succeeded, received.clusters)) and _gas_outcome(received.values)
    return _asn1_succeeded(received.values)


def _cluster_succeeded(result: ClusterResult) -> bool:
    return all(
        status == SUCCESS or (status == NOT_FOUND and (result.cluster, result.command) in MAY_BE_EMPTY)
        for _, status in result.statuses
    )


def _gas_outcome(values: dict[str, list[dict[str, int]]]) -> bool:
    """Two commands tell failure in their own fields (GBCS 8.6, CS11)."""
    top_up = values.get("Consumer Top Up Response", [])
    cleared = values.get("Clear Event Log Response", [])
    return all(entry["Result Type"] == SUCCESS for entry in top_up) and all(
        entry["ClearedEventsLogs"] for entry in cleared
    )


def _asn1_succeeded(values: object) -> bool:
    if not isinstance(values, dict):
        return True
    for path in CODES:
        found: object = values
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        if found not in (None, 0):
            return False
    for outer, inner, code in OUTCOMES:
        entries = values.get(outer)
        if inner is not None:
            entries = entries.get(inner) if isinstance(entries, dict) else None
        for entry in entries if isinstance(entries, list) else ():
            if entry.get(code) not in ("success", 0):
                return False
    return True


def debug_info(parent: etree._Element, received: Received) -> None:
    """DebugInfo below `parent`. The ASN.1 statuses stand in the body itself."""
    if received.items:
        holder = add(add(parent, "DebugInfo"), "COSEMDebug")
        for position, item in enumerate(received.items, 1):
            _cosem(holder, position, item)
    elif received.clusters:
        holder = add(add(parent, "DebugInfo"), "ZIGBEEDebug")
        for result in received.clusters:
            _zigbee(holder, result)


def _cosem(holder: etree._Element, position: int, item: ItemResult) -> None:
    known = words.COSEM_RESULTS | (words.COSEM_ACTION if item.action else words.COSEM_DATA)
    place = add(holder, "COSEMResponse", ResponseCode=item.code, Position=position)
    add(place, "ActionResult" if item.action else "DataAccessResult", known.get(item.code, words.UNKNOWN_COSEM))


def _zigbee(holder: etree._Element, result: ClusterResult) -> None:
    place = add(holder, "ZIGBEEClusterResponse")
    add(place, "ClusterName", CLUSTERS.get(result.cluster, "Unknown"), id=f"{result.cluster:04X}")
    if result.command is not None:
        command = add(place, "ZIGBEECommandResponse")
        add(command, "CommandID", f"{result.command:02X}")
        for _, status in result.statuses:
            _status(command, status)
    else:
        for attribute, status in result.statuses:
            data = add(place, "ZIGBEEDataResponse")
            add(data, "AttributeID", f"{attribute or 0:04X}")
            _status(data, status)


def _status(parent: etree._Element, status: int) -> None:
    place = add(parent, "Status", ResponseCode=f"{status:02X}")
    add(place, "ZCLStatus", words.ZCL_STATUSES.get(status, words.UNKNOWN_ZCL))
