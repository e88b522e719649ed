"""The test SMKI seen by the OpenSSL command line, by a meter, and against the public test certificates."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import meterbed as mb
from meterbed import pki

SUBJECT = "90-B3-D5-1F-30-02-00-00"
DEVICE = "00-DB-12-34-56-78-90-A0"
NOW = "2020-03-02 06:00"
NOW_SECONDS = 1583128800


@pytest.fixture(scope="module")
def smki() -> pki.Authority:
    return pki.Authority(seed=5, founded="2016-01-01")


def openssl(*words: object, feed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(["openssl", *map(str, words)], input=feed, capture_output=True, text=True, check=False)


def text_of(certificate: pki.Certificate) -> str:
    shown = openssl("x509", "-noout", "-text", feed=certificate.pem)
    assert shown.returncode == 0, shown.stderr
    return " ".join(shown.stdout.split())


def verified(folder: Path, leaf: pki.Certificate, issuing: pki.Certificate, root: pki.Certificate) -> tuple[bool, str]:
    for name, one in (("leaf", leaf), ("issuing", issuing), ("root", root)):
        (folder / f"{name}.pem").write_text(one.pem)
    found = openssl(
        "verify",
        *("-attime", NOW_SECONDS, "-ignore_critical", "-CAfile", folder / "root.pem"),
        *("-untrusted", folder / "issuing.pem", folder / "leaf.pem"),
    )
    return found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize("usage", ["digitalSignature", "keyAgreement"])
def test_openssl_shows_an_organisation_certificate(smki: pki.Authority, usage: str, tmp_path: Path) -> None:
    good = smki.organisation(SUBJECT, "networkOperator", usage)
    shown = text_of(good)
    for part in (
        "Version: 3 (0x2)",
        "Signature Algorithm: ecdsa-with-SHA256",
        "Issuer: OU = 07, CN = M1",
        "Subject: OU = 03, x500UniqueIdentifier",
        "ASN1 OID: prime256v1",
        "Not Before: Jan 1 00:00:00 2016 GMT Not After : Dec 31 23:59:59 2025 GMT",
        f"X509v3 Key Usage: critical {'Digital Signature' if usage == 'digitalSignature' else 'Key Agreement'} X509v3",
        "X509v3 Certificate Policies: critical Policy: 1.2.826.0.1.8641679.1.2.1.4",
    ):
        assert part in shown, f"{part} is missing in {shown}"
    holds, said = verified(tmp_path, good, smki.issuing, smki.root)
    assert holds, said
    assert openssl("asn1parse", feed=good.pem).returncode == 0


def test_openssl_shows_a_device_certificate(smki: pki.Authority, tmp_path: Path) -> None:
    good = smki.device(DEVICE)
    shown = text_of(good)
    for part in (
        "Issuer: CN = MD01",
        "Dec 31 23:59:59 9999 GMT",
        "X509v3 Subject Alternative Name: critical othername:",
    ):
        assert part in shown, f"{part} is missing in {shown}"
    holds, said = verified(tmp_path, good, smki.device_issuing, smki.device_root)
    assert holds, said
    parsed = openssl("asn1parse", "-strparse", _offset_of(good, "X509v3 Subject Alternative Name"), feed=good.pem)
    assert "00DB1234567890A0" in parsed.stdout


def _offset_of(certificate: pki.Certificate, extension: str) -> int:
    """Of the OCTET STRING that holds the extension's value."""
    lines = iter(openssl("asn1parse", feed=certificate.pem).stdout.splitlines())
    next(line for line in lines if extension in line)
    return int(next(line for line in lines if "OCTET STRING" in line).split(":")[0])


def test_openssl_shows_the_authorities(smki: pki.Authority) -> None:
    assert "Subject: OU = 00, CN = MA" in text_of(smki.root)
    issuing = text_of(smki.issuing)
    assert "X509v3 Basic Constraints: critical CA:TRUE, pathlen:0" in issuing
    assert "X509v3 Key Usage: critical Certificate Sign, CRL Sign" in issuing


@pytest.mark.parametrize(
    ("misbehaviour", "openssl_says", "code"),
    [
        ("none", "OK", "accepted"),
        ("wrong role", "OK", "accepted"),
        ("wrong EUI", "OK", "accepted"),
        ("wrong usage", "OK", "accepted"),
        ("wrong issuer", "unable to get local issuer", "no path to the root"),
        ("wrong policy", "OK", "wrong policy"),  # OpenSSL asks for no policy unless told to
        ("expired", "has expired", "expired"),
        ("not yet valid", "not yet valid", "not yet valid"),
        ("bad signature", "signature failure", "bad certificate signature"),
        ("oversize", "OK", "certificate too large"),
        ("decimal OU", "OK", "accepted"),
        ("no key identifier", "OK", "accepted"),
        ("policies not critical", "OK", "accepted"),
    ],
)
def test_openssl_and_a_device_agree(
    smki: pki.Authority, tmp_path: Path, misbehaviour: str, openssl_says: str, code: str
) -> None:
    leaf = smki.organisation(SUBJECT, "networkOperator", start="2018-04-06", misbehaviour=misbehaviour)
    holds, said = verified(tmp_path, leaf, smki.issuing, smki.root)
    assert openssl_says in said
    assert holds == (openssl_says == "OK")
    assert pki.validate(leaf, [smki.issuing], smki.root, at=NOW).code == code


def test_an_end_entity_is_no_issuer(smki: pki.Authority) -> None:
    leaf = smki.organisation(SUBJECT, "networkOperator", misbehaviour="end entity issuer")
    assert pki.validate(leaf, [smki.issuing, smki.end_entity], smki.root, at=NOW).code == "issuer is not a CA"
    assert pki.validate(leaf, [smki.issuing], smki.root, at=NOW).code == "no path to the root"


def test_keys_go_to_openssl_and_back(smki: pki.Authority) -> None:
    key = smki.organisation(SUBJECT, "supplier").key
    assert key is not None
    assert openssl("pkey", "-noout", "-check", feed=key.pem).returncode == 0
    assert pki.KeyPair.from_pem(openssl("pkey", feed=key.pem).stdout).public_key == key.public_key
    for other in (("ecparam", "-name", "secp384r1", "-genkey", "-noout"), ("genpkey", "-algorithm", "ed25519")):
        with pytest.raises(ValueError, match="not a P-256 key"):
            pki.KeyPair.from_pem(openssl(*other).stdout)


def test_renewing_keeps_who_and_changes_the_key(smki: pki.Authority) -> None:
    old = smki.organisation(SUBJECT, "networkOperator")
    new = smki.renew(old, start="2024-01-01")
    assert (new.subject, new.role, new.usage) == (old.subject, old.role, old.usage)
    assert new.fields["key_identifier"] != old.fields["key_identifier"]
    assert not pki.validate(new, [smki.issuing], smki.root, at="2023-12-31")
    assert pki.validate(new, [smki.issuing], smki.root, at="2024-01-01")


def test_bad_words_are_value_errors(smki: pki.Authority) -> None:
    with pytest.raises(ValueError, match="no role 'emperor'"):
        smki.organisation(SUBJECT, "emperor")
    with pytest.raises(ValueError, match="no misbehaviour 'sloth'"):
        smki.organisation(SUBJECT, "supplier", misbehaviour="sloth")
    with pytest.raises(ValueError, match="no key usage"):
        smki.device(DEVICE, "decoration")
    with pytest.raises(ValueError, match="names no role"):
        smki.device(DEVICE, misbehaviour="wrong role")
    with pytest.raises(ValueError, match="EUI-64"):
        smki.device("12")
    with pytest.raises(ValueError, match="not PEM"):
        pki.read("-----BEGIN CERTIFICATE-----\nrubbish\n")
    with pytest.raises(ValueError, match=r"at most 1000"):
        smki.organisation(SUBJECT, "supplier", misbehaviour="oversize").fields  # noqa: B018


def _held(meter: mb.Device) -> str:
    (cell,) = [one for one in meter.trust_anchors if one.cell == "networkOperator digitalSignature management"]
    return cell.key_identifier


@pytest.mark.parametrize("misbehaviour", pki.MISBEHAVIOURS)
def test_a_meter_is_handed_each_certificate(misbehaviour: str) -> None:
    """The tester's whole way: a world, a home, a bad certificate in a genuine 6.15.1, handed to the meter."""
    world = mb.World(seed=1, start="2020-02-09 17:00")
    meter = world.add_home(network_operator="east-midlands").esme
    assert meter is not None
    operator = world.user("east-midlands")
    certificate = world.authority.organisation(operator.eui, "networkOperator", misbehaviour=misbehaviour)
    before = _held(meter)
    done = meter.deliver(operator.command("6.15.1", to=meter, certificates=[certificate]))
    assert done, "nothing disappears without a record"
    replaced = _held(meter) != before
    # The meter knows no MPAN: another EUI is another operator to it. The rest of the list are oddities it may take.
    harmless = {"none", "wrong EUI", "decimal OU", "NULL parameter", "no key identifier", "policies not critical"}
    assert replaced == (misbehaviour in harmless), done


def test_the_dcc_admits_only_what_the_repository_holds() -> None:
    world = mb.World(seed=1, start="2020-02-09 17:00", settings={"wan loss": "0 %"})
    meter = world.add_home(network_operator="east-midlands").esme
    assert meter is not None
    operator = world.user("east-midlands")
    good = world.authority.organisation(operator.eui, "networkOperator")
    refused = operator.request("6.15.1", to=meter, certificates=[good])
    world.run_until(refused.done)
    assert (refused.outcome, refused.code) == ("refused", "E061504")
    world.publish(good)
    taken = operator.request("6.15.1", to=meter, certificates=[good])
    world.run_until(taken.done)
    assert taken.outcome == "delivered"
    assert _held(meter) == good.fields["key_identifier"]


def test_every_public_test_certificate_is_read(root: Path) -> None:
    store = root.parent / "shared/rtds/keystore"
    if not store.is_dir():
        pytest.skip("the reference test data are not beside the checkout")
    files = sorted(store.glob("*.pem"))
    odd = {file.name: pki.read(file.read_bytes()).oddities for file in files}
    assert len(odd) > 400
    told = {words for oddities in odd.values() for words in oddities}
    assert told <= {"a number of the signature is not in its shortest form", "no authorityKeyIdentifier"}
