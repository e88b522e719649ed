"""Run folders appear whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from meterbed.errors import RunFolderError


def default_folder(scenario_file: str | os.PathLike[str], seed: int, root: Path = Path("runs")) -> Path:
    """runs/<scenario>-<seed>, with -2, -3 and so on when that exists."""
    first = root / f"{Path(scenario_file).stem}-{seed}"
    folder, number = first, 1
    while folder.exists():
        number += 1
        folder = first.with_name(f"{first.name}-{number}")
    return folder


def check_target(target: Path, force: bool) -> None:
    """Says before a long run what would go wrong after it."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise RunFolderError(f"{target} is not a folder")
    if not target.exists() or (force and _replaceable(target)):
        return
    if not force:
        raise RunFolderError(f"{target} exists already; choose another --out, or --force to replace it")
    raise RunFolderError(f"{target} is not a run folder (no manifest.yaml), so --force leaves it alone")


def _replaceable(folder: Path) -> bool:
    return (folder / "manifest.yaml").is_file() or not any(folder.iterdir())


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """A folder beside the target to work in; gone in the end, unless it was given another name."""
    folder = unfinished_name(target)
    try:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(0o700)
        except OSError as error:
            raise RunFolderError(f"cannot write {target}: {error.strerror}") from error
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unfinished_name(target: Path) -> Path:
    """A hidden name beside the target that nobody else takes; known before anything has it, so that Ctrl-C at no
    moment leaves something behind that nobody would remove."""
    return target.with_name(f".{target.name}.{uuid.uuid4().hex[:12]}")


def write_whole(target: Path, content: bytes) -> None:
    """Under another name first, so that nobody ever sees half a file."""
    unfinished = unfinished_name(target)
    try:
        unfinished.write_bytes(content)
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def publish(folder: Path, target: Path, force: bool) -> None:
    """Gives the finished folder its name, in one step."""
    folder.chmod(0o755)
    if force and target.exists():
        with unfinished(target) as old:
            target.rename(old / "replaced")
            folder.rename(target)
        return
    try:
        folder.rename(target)
    except OSError as error:
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
            raise
        raise RunFolderError(f"{target} has appeared meanwhile; nothing was written") from error
