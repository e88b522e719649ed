"""Files and folders appear whole or not at all, whenever Ctrl-C comes."""

from __future__ import annotations

import pathlib
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from meterbed import folder

# An interrupted opening leaves its file to the collector, which closes it.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

FILES = (folder.__file__, pathlib.__file__, tempfile.__file__)


class Interrupt:
    """Raises KeyboardInterrupt at the nth line of what makes names and files; what removes them again is let be."""

    def __init__(self, nth: int) -> None:
        self.left = nth

    def __call__(self, frame: FrameType, event: str, arg: Any) -> Interrupt:
        if event == "line" and frame.f_code.co_filename in FILES:
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt
        return self


def interrupted_at(nth: int, work: Callable[[], None]) -> bool:
    before = sys.gettrace()
    sys.settrace(Interrupt(nth))
    try:
        work()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False


def hidden(path: Path) -> list[Path]:
    return list(path.glob(".*"))


def test_ctrl_c_at_any_line_of_writing_a_file_leaves_it_old_or_new(tmp_path: Path) -> None:
    target = tmp_path / "point.json"
    moments = 0
    while True:
        target.write_bytes(b"old")
        if not interrupted_at(moments + 1, lambda: folder.write_whole(target, b"new")):
            break
        moments += 1
        assert target.read_bytes() in (b"old", b"new")
        assert hidden(tmp_path) == [], f"left at moment {moments}"
    assert moments > 5
    assert target.read_bytes() == b"new"


def test_ctrl_c_at_any_line_of_working_in_a_folder_leaves_all_or_nothing(tmp_path: Path) -> None:
    target = tmp_path / "run"

    def work() -> None:
        with folder.unfinished(target) as place:
            (place / "records").write_bytes(b"whole")
            folder.publish(place, target, force=False)

    moments = 0
    while interrupted_at(moments + 1, work):
        moments += 1
        if target.exists():
            assert (target / "records").read_bytes() == b"whole"
            shutil.rmtree(target)
        assert list(tmp_path.iterdir()) == [], f"left at moment {moments}"
    assert moments > 5
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(folder.RunFolderError, match="cannot write"), folder.unfinished(tmp_path / "file" / "run"):
        raise AssertionError("there is no folder to work in")
