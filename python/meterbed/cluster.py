"""The points of a sweep on Dask workers, which may stand on other machines."""

from __future__ import annotations

import contextlib
import logging
import queue
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from meterbed import _core, memory, parallel
from meterbed.errors import MeterbedError
from meterbed.points import Point, content_digest, tables_of
from meterbed.scenario import Scenario

if TYPE_CHECKING:
    from distributed import Client, Future

POLL_SECONDS = 0.2
CONNECT_SECONDS = 10
ASK_SECONDS = 2  # from one look for workers to the next
WORKERLESS_SECONDS = 120  # a sweep without workers waits so long for one
# A process holds one SystemC world at a time, however many threads a worker has.
_one_world = threading.Lock()


@dataclass(frozen=True)
class Errand:
    """One world as plain values: its scenario is loaded where it runs."""

    file: str
    text: str
    seed: int
    variant: str
    repeat: int
    kernel: str
    version: str


@dataclass(frozen=True)
class Failure:
    """Why an errand has no result; exceptions of the core do not travel whole."""

    text: str


def run_points(
    points: Sequence[Point],
    kernel: str,
    address: str,
    finished: Callable[[int, parallel.Result], None],
    failed: Callable[[int, str], None],
    progress: Callable[[float], None] | None = None,
) -> None:
    """As `parallel.run_jobs`, on the workers of the scheduler at `address`.

    A point whose worker dies goes to another one. Raises MeterbedError when there is no such
    scheduler, or no more, or no worker for two minutes.
    """
    with _connected(address) as client:
        ended: queue.SimpleQueue[tuple[int, Future]] = queue.SimpleQueue()
        futures = _submit(client, points, kernel)
        try:
            for number, future in enumerate(futures):
                future.add_done_callback(lambda future, number=number: ended.put((number, future)))
            for count in range(1, len(points) + 1):
                number, future = _next(ended, client)
                _tell(number, future, finished, failed)
                future.release()  # the scheduler need not keep what is written here
                if progress is not None:
                    progress(count / len(points))
        except BaseException:
            with contextlib.suppress(Exception):
                client.cancel(futures, force=True)
            raise


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        from distributed import Client
        from distributed.comm.addressing import parse_address
        from distributed.comm.registry import get_backend
    except ImportError as error:
        raise MeterbedError(f"--scheduler needs Dask: pip install 'dask[distributed]' ({error})") from error
    try:
        get_backend(parse_address(address, strict=True)[0])
    except ValueError as error:
        raise MeterbedError(f"{address} is no address of a Dask scheduler, as tcp://host:8786 is: {error}") from error
    with _quiet():
        try:
            client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise MeterbedError(f"no Dask scheduler answers at {address}: {error}") from error
        with client:
            yield client


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """What Dask logs with tracebacks is told here in a sentence."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client", "tornado.application")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _submit(client: Client, points: Sequence[Point], kernel: str) -> list[Future]:
    """Tables travel as results of tasks of their own, which Dask computes again when a worker that has them dies."""
    stories: dict[int, tuple[str, dict[str, Future]]] = {}
    futures = []
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Sending large graph")  # tables are meant to travel
        for point in points:
            core = point.scenario
            if id(core) not in stories:
                stories[id(core)] = (core.text, _send_tables(client, core))
            text, tables = stories[id(core)]
            errand = Errand(core.file, text, point.seed, point.variant, point.repeat, kernel, _core.__version__)
            futures.append(client.submit(run_errand, errand, tables, key=f"meterbed-{point.key}", pure=False))
    return futures


def _send_tables(client: Client, scenario: _core.Scenario) -> dict[str, Future]:
    return {
        name: client.submit(bytes, path.read_bytes(), key=f"meterbed-table-{content_digest(path)}")
        for name, path in tables_of(scenario).items()
    }


def _next(ended: queue.SimpleQueue[tuple[int, Future]], client: Client) -> tuple[int, Future]:
    """Waits in short steps, so that Ctrl-C is heard. Raises MeterbedError when nobody is left to wait for."""
    seen = asked = time.monotonic()
    while True:
        with contextlib.suppress(queue.Empty):
            return ended.get(timeout=POLL_SECONDS)
        now = time.monotonic()
        if now - asked < ASK_SECONDS:
            continue
        asked = now
        with contextlib.suppress(OSError):  # a scheduler that is gone cancels the futures
            if client.nthreads():
                seen = now
        if now - seen >= WORKERLESS_SECONDS:
            raise MeterbedError(f"no Dask worker has been there for {now - seen:.0f} s")


def _tell(
    number: int,
    future: Future,
    finished: Callable[[int, parallel.Result], None],
    failed: Callable[[int, str], None],
) -> None:
    from distributed import KilledWorker

    if future.status == "cancelled":
        raise MeterbedError("the Dask scheduler went away")
    try:
        answer = future.result()
    except KilledWorker:
        failed(number, "its worker died each time it was tried; is there enough memory?")
    except Exception as error:  # from Dask itself, or a worker without meterbed
        failed(number, f"{type(error).__name__}: {error}")
    else:
        if isinstance(answer, Failure):
            failed(number, answer.text)
        else:
            finished(number, answer)


def run_errand(errand: Errand, tables: Mapping[str, bytes]) -> parallel.Result | Failure:
    """On the worker: one world."""
    if errand.version != _core.__version__:
        return Failure(f"its worker has meterbed {_core.__version__}, not {errand.version}")
    try:
        with _one_world, tempfile.TemporaryDirectory(prefix="meterbed-") as folder:
            story = _load(errand, tables, Path(folder))
            memory.check(story, 1, "this point")
            return parallel.run_job(parallel.Job(story, errand.variant, errand.repeat, errand.kernel))
    except MeterbedError as error:
        return Failure(str(error))
    except Exception as error:
        return Failure(f"{type(error).__name__}: {error}")


def _load(errand: Errand, tables: Mapping[str, bytes], folder: Path) -> _core.Scenario:
    """The scenario in a folder of its own, with its tables where it names them."""
    for name, content in tables.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    path = folder / Path(errand.file).name
    path.write_text(errand.text, encoding="utf-8")
    return Scenario(path, seed=errand.seed).core
