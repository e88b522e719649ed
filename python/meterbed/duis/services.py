"""Which service a GBCS message answers: it is not in the message.

The rule, in this order: what the caller says; the request; the one service that the use case has; where it has several,
a row of `DECIDERS`; else the first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from meterbed.duis.received import Received

# Message code of the command -> service reference variants.
SERVICES: Mapping[int, tuple[str, ...]] = {
    0x0001: ("8.11",),  # CCS01
    0x0002: ("8.11",),  # CCS02
    0x0003: ("8.12.1",),  # CCS03
    0x0004: ("8.9",),  # CCS05CCS04
    0x0007: ("2.2",),  # CS01a
    0x0008: ("6.24.1",),  # CS02a
    0x000A: ("6.17",),  # CS02c
    0x000B: ("6.15.2",),  # CS02d
    0x000C: ("6.24.2",),  # CS02e
    0x000D: ("8.7.1",),  # CS03A1
    0x000E: ("8.7.2",),  # CS03B
    0x000F: ("8.8.1", "8.8.2"),  # CS04AC
    0x0010: ("8.8.2",),  # CS04B
    0x0012: ("11.3",),  # CS06
    0x0013: ("8.9",),  # CS07
    0x0014: ("6.13",),  # CS10a
    0x0015: ("3.3",),  # CS11
    0x0019: ("1.1.1",),  # ECS01a
    0x001A: ("1.6",),  # ECS02
    0x001B: ("1.6",),  # ECS03
    0x001C: ("1.5",),  # ECS04a
    0x001D: ("1.7",),  # ECS05
    0x001E: ("2.3",),  # ECS07
    0x001F: ("2.1",),  # ECS08
    0x0020: ("2.5",),  # ECS09
    0x0021: ("3.1",),  # ECS10
    0x0022: ("3.2",),  # ECS12
    0x0023: ("3.5",),  # ECS14
    0x0024: ("3.3",),  # ECS15a
    0x0025: ("3.4",),  # ECS16
    0x0026: ("4.2",),  # ECS17a
    0x0027: ("4.1.1",),  # ECS17b
    0x0028: ("4.16",),  # ECS17c
    0x0029: ("4.1.2",),  # ECS17d
    0x002A: ("4.1.3",),  # ECS17e
    0x002B: ("4.12.2",),  # ECS18a
    0x002C: ("4.12.1",),  # ECS18b
    0x002D: ("4.3",),  # ECS19
    0x002E: ("4.4.4",),  # ECS20a
    0x002F: ("4.4.2",),  # ECS20b
    0x0030: ("4.4.3",),  # ECS20c
    0x0033: ("4.6.1",),  # ECS21a
    0x0034: ("4.14",),  # ECS21b
    0x0035: ("4.6.2",),  # ECS21c
    0x0036: ("4.8.3",),  # ECS22a
    0x0037: ("4.8.1",),  # ECS22b
    0x0038: ("4.8.2",),  # ECS22c
    0x0039: ("4.10",),  # ECS23
    0x003A: ("4.11.1",),  # ECS24
    0x003B: ("4.13",),  # ECS26a
    0x003C: ("6.2.1",),  # ECS26b
    0x003D: ("6.2.2",),  # ECS26c
    0x003E: ("6.2.3",),  # ECS26d
    0x003F: ("6.2.4",),  # ECS26e
    0x0040: ("6.2.5",),  # ECS26f
    0x0042: ("4.15",),  # ECS27
    0x0043: ("6.4.1",),  # ECS28a
    0x0044: ("6.4.2",),  # ECS28b
    0x0045: ("6.5",),  # ECS29a
    0x0046: ("6.8",),  # ECS30
    0x0047: ("6.12",),  # ECS34
    0x0048: ("6.13",),  # ECS35a
    0x0049: ("6.13",),  # ECS35b
    0x004A: ("6.18.1",),  # ECS37
    0x004B: ("7.12",),  # ECS38
    0x004C: ("6.20.1",),  # ECS39a
    0x004D: ("6.20.2",),  # ECS39b
    0x004E: ("6.2.7",),  # ECS40
    0x004F: ("7.1",),  # ECS42
    0x0050: ("7.2",),  # ECS43
    0x0051: ("7.3",),  # ECS44
    0x0052: ("7.4",),  # ECS45
    0x0053: ("6.14.1",),  # ECS46a
    0x0054: ("6.14.2",),  # ECS46c
    0x0055: ("7.5", "7.6", "7.8"),  # ECS47
    0x0058: ("9.1",),  # ECS50
    0x0059: ("11.2",),  # ECS52
    0x005A: ("6.18.2",),  # ECS57
    0x005E: ("7.11",),  # ECS61c
    0x005F: ("7.9", "7.10"),  # ECS62
    0x0060: ("4.17",),  # ECS66
    0x0062: ("6.11", "8.1.1"),  # ECS70
    0x0068: ("6.25",),  # ECS81
    0x0069: ("4.18",),  # ECS82
    0x006B: ("1.1.1",),  # GCS01a
    0x006C: ("1.6",),  # GCS02
    0x006D: ("1.6",),  # GCS03
    0x006E: ("2.3",),  # GCS04
    0x006F: ("2.1",),  # GCS05
    0x0070: ("2.5",),  # GCS06
    0x0071: ("3.1",),  # GCS07
    0x0072: ("3.2",),  # GCS09
    0x0073: ("3.5",),  # GCS11
    0x0074: ("4.1.1",),  # GCS13a
    0x0075: ("4.3",),  # GCS14
    0x0076: ("4.4.3",),  # GCS15c
    0x0077: ("4.6.1",),  # GCS16a
    0x0078: ("4.8.1",),  # GCS17
    0x0079: ("4.10",),  # GCS18
    0x007B: ("6.2.8",),  # GCS21a
    0x007C: ("6.6",),  # GCS23
    0x007D: ("6.7",),  # GCS24
    0x007E: ("6.8",),  # GCS25
    0x007F: ("6.11", "8.1.1"),  # GCS28
    0x0080: ("14.1",),  # GCS31
    0x0081: ("7.2",),  # GCS32
    0x0082: ("7.4",),  # GCS33
    0x0083: ("9.1",),  # GCS36
    0x0084: ("11.2",),  # GCS38
    0x0085: ("7.3",),  # GCS39
    0x0086: ("1.5",),  # GCS40a
    0x0087: ("6.20.1",),  # GCS41
    0x0088: ("3.4",),  # GCS44
    0x0089: ("6.2.7",),  # GCS46
    0x008C: ("8.12.2",),  # GCS59
    0x008D: ("4.18",),  # GCS60
    0x0092: ("6.2.4",),  # ECS26i
    0x0093: ("6.13",),  # ECS35c
    0x0094: ("6.13",),  # ECS35d
    0x0096: ("4.14",),  # GCS16b
    0x0097: ("2.2",),  # CS01b
    0x009D: ("6.2.3",),  # GCS21d
    0x009E: ("6.2.4",),  # GCS21e
    0x009F: ("4.11.1",),  # GCS21f
    0x00A0: ("4.17",),  # GCS61
    0x00A1: ("6.13",),  # CS10b
    0x00A2: ("1.2.1",),  # ECS01b
    0x00A3: ("1.2.1",),  # GCS01b
    0x00AB: ("8.7.1", "8.7.2"),  # CS03A2
    0x00AC: ("6.22",),  # ECS25a
    0x00AD: ("6.22",),  # GCS20
    0x00AE: ("6.5",),  # ECS29b
    0x00AF: ("8.7.1", "8.7.2"),  # CS03C
    0x00B0: ("6.22",),  # ECS25b
    0x00B3: ("1.5",),  # ECS04b
    0x00B4: ("1.5",),  # GCS40b
    0x00B5: ("4.13",),  # GCS21b
    0x00B6: ("4.1.2",),  # GCS13c
    0x00B7: ("1.1.2",),  # ECS01c
    0x00B8: ("4.1.4",),  # GCS13b
    0x00B9: ("6.13",),  # ECS35e
    0x00BA: ("6.13",),  # ECS35f
    0x00BB: ("7.7",),  # ECS61a
    0x00BC: ("4.10",),  # ECS23b
    0x00BD: ("4.11.2",),  # ECS24b
    0x00BE: ("6.2.9",),  # ECS26j
    0x00BF: ("6.2.9",),  # GCS21j
    0x00C0: ("1.5",),  # GCS40c
    0x00C1: ("3.3",),  # ECS15c
    0x00C2: ("1.5",),  # GCS40d
    0x00C3: ("4.4.2",),  # GCS15b
    0x00C4: ("4.4.4",),  # GCS15d
    0x00C5: ("4.4.5",),  # GCS15e
    0x00C6: ("6.2.1",),  # ECS26k
    0x00C7: ("1.2.2",),  # ECS01d
    0x00C9: ("4.4.5",),  # ECS20d
    0x00D1: ("6.5",),  # ECS29c
    0x00D2: ("6.5",),  # ECS29d
    0x00D3: ("6.27",),  # ECS29e
    0x00D4: ("6.27",),  # ECS29f
    0x00D7: ("6.8",),  # ECS30a
    0x00D8: ("6.8",),  # GCS25a
    0x00D9: ("6.2.3",),  # ECS26l
    0x00DA: ("6.2.3",),  # GCS21k
    0x00DB: ("6.26",),  # ECS48
    0x00DE: ("2.1",),  # ECS08a
    0x00EA: ("6.22",),  # ECS25a1
    0x00EB: ("6.22",),  # ECS25a2
    0x00EC: ("6.22",),  # ECS25a3
    0x00ED: ("6.22",),  # ECS25b3
    0x00EE: ("6.2.10",),  # ECS25r1
    0x00EF: ("6.2.10",),  # ECS25r2
    0x00F1: ("6.2.10",),  # GCS20r
    0x00F9: ("6.2.4",),  # ECS26m
    0x00FA: ("6.2.4",),  # ECS26n
    0x00FB: ("6.2.4",),  # GCS21m
    0x00FC: ("6.7",),  # GCS24a
    0x00FD: ("6.13",),  # ECS35g
    0x00FE: ("8.9",),  # CCS07
    0x0102: ("6.15.1", "6.21"),  # CS02b
    0x0103: ("6.15.1", "6.21"),  # CS02b
    0x0104: ("8.5",),  # CS02b
    0x0107: ("6.23",),  # CS02b
    0x010A: ("6.31",),  # DBCH01
    0x010B: ("6.32",),  # DBCH02
    0x010C: ("6.30",),  # DBCH03
    0x010D: ("6.28",),  # DBCH04
    0x010E: ("6.29",),  # DBCH05
    0x010F: ("8.9",),  # CCS06
    0x011A: ("6.14.3",),  # ECS46d
    0x011B: ("6.24.1",),  # CS02f
    0x011C: ("7.14",),  # ECS61d
    0x011D: ("7.15",),  # ECS61e
    0x011E: ("7.13",),  # ECS47a
    0x011F: ("7.16",),  # ECS47e
    0x0125: ("6.15.1",),  # CS02g
    0x0126: ("6.15.1",),  # CS02g
    0x0129: ("11.2",),  # CS08
    0x012A: ("4.18",),  # GCS60a
}


def _by_signer(received: Received) -> int:
    """8.7.1 and 8.8.1 are the user's own; the ACB sends 8.7.2 and 8.8.2 and names the user as supplementary party."""
    return 1 if received.message.supplementary_party is not None else 0


def _by_handover(received: Received) -> int:
    """6.21 hands cells that the recipient (the ACB) held to another party; 6.15.1 replaces a party's own credentials."""
    outcome = received.values.get("executionOutcome") if isinstance(received.values, dict) else None
    recipient = received.message.recipient.replace("-", "").upper()
    for replacement in (outcome or {}).get("replacementOutcomes", []):
        existing, replacing = (replacement[f"{which}SubjectUniqueID"].upper() for which in ("existing", "replacing"))
        if existing == recipient and replacing != existing:
            return 1
    return 0


# Services of a use case that the message itself tells apart.
DECIDERS: Mapping[tuple[str, ...], Callable[[Received], int]] = {
    ("8.7.1", "8.7.2"): _by_signer,
    ("8.8.1", "8.8.2"): _by_signer,
    ("6.15.1", "6.21"): _by_handover,
}


def service_of(received: Received, code: int | None = None) -> str | None:
    """The service by the message alone; None when no service request leads to it. `code`: of the command, for alerts."""
    services = SERVICES.get(received.message.code if code is None else code)
    if not services:
        return None
    decide = DECIDERS.get(services)
    return services[decide(received) if decide else 0]
