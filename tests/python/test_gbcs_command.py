"""meterbed gbcs decode and check: what they print, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Meterbed
from test_gbcs import ECS45, shared


def test_decode_shows_names_and_values(meterbed: Meterbed) -> None:
    done = meterbed("gbcs", "decode", ECS45)
    assert done.returncode == 0, done.stderr
    assert "ECS45 Read Status of Load Switch in the ESME, command" in done.stdout
    assert "class 70, 0-0:96.3.10.255, attribute 3" in done.stdout


def test_decode_reads_a_file_and_gives_json(meterbed: Meterbed, tmp_path: Path) -> None:
    (tmp_path / "read.hex").write_text(ECS45[:20] + "\n" + ECS45[20:].lower() + "\n")
    done = meterbed("gbcs", "decode", tmp_path / "read.hex", "--json")
    answer = json.loads(done.stdout)
    assert answer["message"]["use_case"] == "ECS45"
    assert answer["description"]["name"] == "Message"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["decode", "no-such-file"], "there is no file 'no-such-file'"),
        (["decode", ECS45[:-2]], "offset 7: ciphered-service length is not what follows"),
        (["decode", ECS45, "--keys", "absent"], "there is no folder of keys at absent"),
        (["check", "absent"], "there is no file or folder absent"),
    ],
)
def test_bad_input_is_a_sentence_and_exit_code_2(meterbed: Meterbed, words: list[str], sentence: str) -> None:
    done = meterbed("gbcs", *words)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_check_lists_what_failed_and_leaves_with_1(meterbed: Meterbed, tmp_path: Path) -> None:
    folder = tmp_path / "messages" / "below"
    folder.mkdir(parents=True)
    (folder / "good.HEX").write_text(ECS45)
    (folder / "cut.HEX").write_text(ECS45[:-2])
    (folder / "binary.hex").write_bytes(b"\xff\xfe")
    (folder / "huge.hex").write_text("00" * 500_000)
    (folder / "empty.hex").write_text("")
    (folder / "notes.txt").write_text("not looked at")
    done = meterbed("gbcs", "check", tmp_path / "messages", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert (report["messages"], report["decoded"], report["identical"]) == (5, 1, 1)
    assert report["mac"] == {"ok": 0, "bad": 0, "no_key": 1, "none": 4}
    assert [Path(row["file"]).name for row in report["failed"]] == ["binary.hex", "cut.HEX", "empty.hex", "huge.hex"]
    assert all(row["reason"] for row in report["failed"])


def test_check_of_good_messages_leaves_with_0(meterbed: Meterbed, tmp_path: Path) -> None:
    (tmp_path / "good.HEX").write_text(ECS45)
    done = meterbed("gbcs", "check", tmp_path / "good.HEX")
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("1 messages: 1 decoded, 1 identical; MAC 1 no_key")


def test_the_reference_messages_hold(meterbed: Meterbed, root: Path) -> None:
    folder = shared(root)
    done = meterbed("gbcs", "check", folder / "messages", "--keys", folder / "keystore", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 0, report["failed"]
    assert report["messages"] == report["decoded"] == report["identical"] >= 780
    assert report["mac"]["bad"] == report["signature"]["bad"] == report["signature"]["no_key"] == 0
    assert report["mac"]["no_key"] == 4
    assert report["ciphered"] == report["decrypted"] > 0


def test_a_turned_bit_in_a_reference_message_is_found(meterbed: Meterbed, root: Path, tmp_path: Path) -> None:
    folder = shared(root)
    for number, path in enumerate(sorted((folder / "messages").rglob("*_RESPONSE_GBCS.HEX"))[:40]):
        octets = bytearray.fromhex(path.read_text().strip())
        octets[-20] ^= 1
        (tmp_path / f"{number}.hex").write_text(octets.hex())
    done = meterbed("gbcs", "check", tmp_path, "--keys", folder / "keystore", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert len(report["failed"]) == report["messages"] == 40
