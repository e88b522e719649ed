"""Electricity and hub services: requests against the messages of the public reference test data, and bodies drawn from
the published schema."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from duis_pairs import KEYS, REQUESTS, SCHEMA, Pair, comparable, needs_pairs, pairs, read_frame
from duis_schema import SR, Bodies
from lxml import etree
from typer.testing import CliRunner

from meterbed import _core, duis
from meterbed.cli.app import app

ACB = 0x90B3D51F30000002

# The record that the DCC holds of the replaced hub.
HUB_LOG = [
    (0x00DB1234567890A0, bytes.fromhex("83fed3407a939723a5c639b26916d506")),
    (0x00DB1234567890A1, bytes.fromhex("83fed3407a939723a5c639b26916d505")),
]
# Its unknown party's certificate was issued again.
OTHER_CERTIFICATE = {"ECS21b_4.14_URP_SUCCESS"}


def electricity_pairs() -> list[Pair]:
    return [pair for pair in pairs() if pair.name.startswith(("ECS", "CCS", "DBCH"))]


def use_case_of(name: str) -> str:
    found = re.match(r"CCS05CCS04|CCS\d+|DBCH\d+|ECS\d+[a-z]?\d?", name)
    assert found
    return found[0]


@needs_pairs
@pytest.mark.parametrize("pair", electricity_pairs(), ids=lambda pair: pair.name)
def test_a_request_becomes_the_reference_message_octet_for_octet(pair: Pair) -> None:
    wanted = read_frame(pair.octets)
    options = duis.Options(
        use_case=use_case_of(pair.name),
        acb_counter=wanted.counter if wanted.originator == ACB else None,
        han=0x140,
        hub_log=HUB_LOG,
    )
    made = duis.transform(duis.parse(pair.request), KEYS, options).octets
    if pair.name in OTHER_CERTIFICATE:
        assert comparable(made) == comparable(pair.octets)
    else:
        assert made == pair.octets


@needs_pairs
def test_there_are_pairs_of_the_meter_and_of_the_hub() -> None:
    names = {pair.name.split("_")[0] for pair in electricity_pairs()}
    assert len(electricity_pairs()) == 97
    assert {"ECS01a", "ECS17b", "ECS46c", "CCS01", "DBCH04"} <= names


@needs_pairs
def test_the_command_transforms_every_request_and_names_those_the_dcc_answers_itself() -> None:
    files = sorted(str(file) for file in REQUESTS.glob("*.XML"))
    result = CliRunner().invoke(app, ["duis", "transform", *files, "--keys", str(KEYS), "--json"])
    assert result.exit_code == 0
    rows = json.loads(result.stdout)
    unanswered = [row for row in rows if row["hex"] is None]
    assert len(rows) == len(files)
    assert all("the DCC answers service" in row["error"] for row in unanswered)
    assert {row["srv"] for row in unanswered}.isdisjoint({row["srv"] for row in _core.duis_table()})


@needs_pairs
def test_a_file_name_an_option_or_the_device_decides_between_use_cases(tmp_path: Path) -> None:
    request = (REQUESTS / "ECS26k_6.2.1_SUCCESS_REQUEST_DUIS.XML").read_bytes()
    plain = tmp_path / "request.xml"
    named = tmp_path / "ECS26k_again.xml"
    plain.write_bytes(request)
    named.write_bytes(request)

    def use_case(file: Path, *words: str) -> tuple[str, str]:
        result = CliRunner().invoke(app, ["duis", "transform", str(file), "--keys", str(KEYS), "--json", *words])
        row = json.loads(result.stdout)[0]
        return row["use_case"], row["chosen_by"]

    assert use_case(plain) == ("ECS26b", "device")
    assert use_case(named) == ("ECS26k", "file name")
    assert use_case(named, "--use-case", "ECS26b") == ("ECS26b", "option")
    assert use_case(plain, "--device", "00-DB-12-34-56-78-90-A0=ESME,polyphase") == ("ECS26k", "device")


# Services whose command has one size whatever the body says, and that size (public request matrix).
SIZES = {
    "4.1.2": {158},
    "4.4.3": {240},
    "4.4.5": {112},
    "4.8.2": {112},
    "4.13": {269},
    "4.16": {79},
    "6.2.2": {101},
    "6.2.5": {79},
    "6.29": {96},
    "7.15": {179},
}


def drawn(bodies: Bodies, service: dict[str, object], device: int) -> bytes:
    root = etree.Element(f"{{{SR}}}Request", nsmap={"sr": SR})
    root.set("schemaVersion", "5.4")
    header = etree.SubElement(root, f"{{{SR}}}Header")
    fields = {
        "RequestID": f"90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A{device}:1000",
        "CommandVariant": "4" if service["critical"] else "1",
        "ServiceReference": ".".join(str(service["srv"]).split(".")[:2]),
        "ServiceReferenceVariant": str(service["srv"]),
    }
    for name, text in fields.items():
        etree.SubElement(header, f"{{{SR}}}{name}").text = text
    etree.SubElement(root, f"{{{SR}}}Body").append(bodies.draw(str(service["body"])))
    return etree.tostring(root)


def electricity_services() -> list[dict[str, object]]:
    critical = {service["name"]: service["critical"] for service in _core.vocabulary()["services"]}
    found: dict[tuple[str, str], dict[str, object]] = {}
    for row in _core.duis_table():
        if row["use_case"].startswith(("ECS", "CCS", "DBCH")):
            hub = row["use_case"].startswith(("CCS", "DBCH"))
            found[row["srv"], row["body"]] = {
                "srv": row["srv"],
                "body": row["body"],
                "critical": critical[row["srv"]],
                "device": 2 if hub else 0,
            }
    return list(found.values())


# Bodies of other devices, and rules over several elements that the schema does not know.
OTHER_FORMS = re.compile(
    "Gas|GSME|ImportMP|has no form that service|AddDeviceToCHFWhitelist|ReadSecurityDetails|Elec.* is missing|is not expected here"
)


@pytest.mark.skipif(not (SCHEMA.is_file() and KEYS.is_dir()), reason="the DUIS schema is not beside the repository")
@pytest.mark.parametrize("service", electricity_services(), ids=lambda service: str(service["srv"]))
def test_whatever_the_schema_allows_is_transformed(service: dict[str, object]) -> None:
    bodies, keys, made = Bodies(SCHEMA, seed=7), duis.KeyFolder(KEYS), []
    for _ in range(20):
        request = drawn(bodies, service, int(str(service["device"])))
        try:
            made.append(duis.transform(duis.parse(request), keys))
        except duis.DuisError as error:
            for mistake in error.mistakes:
                assert OTHER_FORMS.search(str(mistake)), str(mistake)
    assert made
    sizes = {len(one.octets) for one in made}
    assert sizes >= SIZES.get(str(service["srv"]), set())


def request_of(body: str, target: str = "A0", variant: int = 1, srv: str = "7.4") -> bytes:
    return f"""<Request schemaVersion="5.4"><Header>
        <RequestID>90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-{target}:1000</RequestID>
        <CommandVariant>{variant}</CommandVariant><ServiceReference>{srv}</ServiceReference>
        <ServiceReferenceVariant>{srv}</ServiceReferenceVariant></Header><Body>{body}</Body></Request>""".encode()


def test_all_mistakes_come_at_once_with_file_line_and_path(tmp_path: Path) -> None:
    file = tmp_path / "limits.xml"
    body = """<UpdateDeviceConfigurationLoadLimitingGeneralSettings>
        <LoadLimitPeriod>-1</LoadLimitPeriod>
        <LoadLimitPowerThreshold>many</LoadLimitPowerThreshold>
        <LoadLimitSupplyState>Off</LoadLimitSupplyState>
        <Surprise/>
        </UpdateDeviceConfigurationLoadLimitingGeneralSettings>"""
    file.write_bytes(request_of(body, variant=4, srv="6.4.1"))
    with pytest.raises(duis.DuisError) as caught:
        duis.transform(duis.parse(file))
    said = [(mistake.line, mistake.path.rpartition("/")[2], mistake.message) for mistake in caught.value.mistakes]
    assert (5, "LoadLimitPeriod", "'-1' is not a whole number from 0 to 4294967295") in said
    assert (6, "LoadLimitPowerThreshold", "'many' is not a whole number from 0 to 4294967295") in said
    assert (7, "LoadLimitSupplyState", "'Off' is not one of Disable, Unchanged") in said
    assert (8, "Surprise", "is not expected here") in said
    assert any("LoadLimitRestorationPeriod is missing" in message for _, _, message in said)
    assert str(caught.value).startswith(f"{file}:")


def test_mistakes_of_the_header_are_listed_too() -> None:
    request = request_of("<ReadSupplyStatus/>").replace(b":1000<", b":99999999999999999999<").replace(b"7.4", b"seven")
    with pytest.raises(duis.DuisError, match="counter is not from 0 to 9223372036854775807"):
        duis.parse(request)
    with pytest.raises(duis.DuisError, match="there is no service 'seven'"):
        duis.transform(duis.parse(request.replace(b":99999999999999999999<", b":1<")))


def test_an_unknown_device_needs_its_type() -> None:
    request = duis.parse(request_of("<EnableSupply/>", target="77", variant=4, srv="7.1"))
    with pytest.raises(duis.DuisError, match="name it"):
        duis.transform(request)
    options = duis.Options(devices={request.target: duis.DeviceKind("ESME")})
    assert duis.transform(request, options=options).kind == "pre-command"


def test_a_command_needs_keys() -> None:
    with pytest.raises(duis.DuisError, match="keys are needed"):
        duis.transform(duis.parse(request_of("<ReadSupplyStatus/>")))


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><Request>&b;</Request>', "DTD"),
        (b'<!DOCTYPE a SYSTEM "http://localhost/a.dtd"><Request/>', "DTD"),
        (b'<?xml version="1.0"?><!DOCTYPE Request [<!ENTITY x SYSTEM "file:///etc/passwd">]><Request>&x;</Request>', "DTD"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><Request>&b;</Request>'.encode("utf-16"), "DTD"),
        (b"<Request>&unknown;</Request>", "not well-formed"),
        (b"<Request>" + b"<a>" * 100 + b"</a>" * 100 + b"</Request>", "nested more than 32 deep"),
        (b"<Request>" + b"<a/>" * 30_000 + b"</Request>", "more than 20000 elements"),
        (b"<Request>" + b" " * 20_000_001 + b"</Request>", "more than 20000000"),
        (b"<Request>", "not well-formed"),
        (b"", "not well-formed"),
        (b"\x00\xff\xfe", "not well-formed"),
        (b"<Other/>", "not a Request"),
    ],
    ids=["entity", "external dtd", "external entity", "utf-16", "unknown entity", "deep", "many", "large", "open", "empty",
         "octets", "other"],
)  # fmt: skip
def test_hostile_documents_are_refused_with_a_sentence(document: bytes, message: str) -> None:
    with pytest.raises(duis.DuisError, match=message):
        duis.parse(document)


def test_entities_do_not_grow() -> None:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE a [<!ENTITY l0 "lol">{lines}]><Request>&l11;</Request>'
    with pytest.raises(duis.DuisError, match="DTD"):
        duis.parse(bomb.encode())


@pytest.mark.skipif(not SCHEMA.is_file(), reason="the DUIS schema is not beside the repository")
def test_the_published_schema_checks_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    request = request_of("<ReadSupplyStatus/>")
    duis.parse(request)
    with pytest.raises(duis.DuisError, match="No matching global declaration"):
        duis.parse(request, schema=SCHEMA)
    monkeypatch.setenv("METERBED_DUIS_SCHEMA", str(SCHEMA))
    with pytest.raises(duis.DuisError, match="No matching global declaration"):
        duis.parse(request)
