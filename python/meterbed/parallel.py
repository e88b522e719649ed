"""Many worlds at once: one process each, because a process holds one SystemC world at a time."""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for
from typing import Any

from meterbed import _core, worlds
from meterbed.errors import MeterbedError

POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Job:
    """One world to run.

    target: where its records and outages go; None when only the figures matter.
    seed: instead of the scenario's own.
    part: only this part of the world, to be judged with the others; None: all of it.
    """

    scenario: _core.Scenario
    variant: str
    repeat: int
    kernel: str
    target: worlds.Target | None = None
    seed: int | None = None
    part: int | None = None


@dataclass(frozen=True)
class Result:
    """What one world left behind, records apart."""

    variant: str
    repeat: int
    metrics: dict[str, float]
    expectations: list[dict[str, Any]]
    invariants: list[dict[str, Any]]
    records_sha256: str


def run_job(job: Job, progress: Callable[[float], None] | None = None) -> Result:
    """Simulates one world in this process. `progress` gets the share done, from 0 to 1."""
    scenario = job.scenario if job.seed is None else job.scenario.with_seed(job.seed)
    if job.part is not None:
        found = worlds.simulate(scenario, job.variant, job.repeat, job.kernel, job.part, job.target, progress)
        return result_of(job.variant, job.repeat, found.judgement, [found.records_sha256])
    judgement, hashes = worlds.simulate_whole(scenario, job.variant, job.repeat, job.kernel, progress)
    return result_of(job.variant, job.repeat, judgement, hashes)


def result_of(variant: str, repeat: int, judgement: worlds.Judgement, hashes: Sequence[str]) -> Result:
    """`hashes`: of the records of the parts."""
    expectations = [item for item in judgement["expectations"] if item["variant"] == variant]
    records_sha256 = worlds.hash_of_parts(hashes)
    return Result(variant, repeat, judgement["metrics"], expectations, judgement["invariants"], records_sha256)


def cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0))


def processes(jobs: int, workers: int | None) -> int:
    """In how many processes so many jobs run. workers: None: one a core."""
    return min(workers or cores(), jobs)


def run_jobs(
    jobs: Sequence[Job],
    workers: int | None,
    finished: Callable[[int, Result], None],
    progress: Callable[[float], None] | None = None,
    failed: Callable[[int, Exception], None] | None = None,
) -> None:
    """Runs all jobs and calls `finished(index, result)` in this process as each ends, in any order.

    workers: processes; None: one a core; 1: no other process.
    failed: told of a job that raises, and the others go on; None: the first one ends everything.
    Ctrl-C leaves as KeyboardInterrupt within a second, with every worker gone.
    """
    workers = processes(len(jobs), workers)
    if workers <= 1:
        _run_here(jobs, finished, progress, failed)
    else:
        _run_in_processes(jobs, workers, finished, progress, failed)


def _run_here(
    jobs: Sequence[Job],
    finished: Callable[[int, Result], None],
    progress: Callable[[float], None] | None,
    failed: Callable[[int, Exception], None] | None,
) -> None:
    for index, job in enumerate(jobs):

        def tell(share: float, before: int = index) -> None:
            if progress is not None:
                progress((before + share) / len(jobs))

        _settle(index, functools.partial(run_job, job, tell), finished, failed)
        tell(1.0)


def _settle(
    index: int,
    result: Callable[[], Result],
    finished: Callable[[int, Result], None],
    failed: Callable[[int, Exception], None] | None,
) -> None:
    try:
        answer = result()
    except BrokenProcessPool:
        raise
    except Exception as error:
        if failed is None:
            raise
        failed(index, error)
    else:
        finished(index, answer)


def _take_what_ended(
    ended: queue.SimpleQueue[tuple[int, Future[Result]]], finished: Callable[[int, Result], None]
) -> None:
    """Ctrl-C may come while jobs are still handed out: what ended meanwhile is finished all the same."""
    with contextlib.suppress(queue.Empty):
        while True:
            index, future = ended.get_nowait()
            if not future.cancelled() and future.exception() is None:
                finished(index, future.result())


def _run_in_processes(
    jobs: Sequence[Job],
    workers: int,
    finished: Callable[[int, Result], None],
    progress: Callable[[float], None] | None,
    failed: Callable[[int, Exception], None] | None,
) -> None:
    context = multiprocessing.get_context("spawn")
    shares = context.Array("d", len(jobs), lock=False)  # each worker writes the slots of its own jobs
    others = set(multiprocessing.active_children())
    ended: queue.SimpleQueue[tuple[int, Future[Result]]] = queue.SimpleQueue()
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_worker, initargs=(shares,))
    try:
        for number, job in enumerate(jobs):

            def note(future: Future[Result], number: int = number) -> None:
                ended.put((number, future))

            with _interrupts_held():
                future = pool.submit(_work, number, job)
            future.add_done_callback(note)
        left = len(jobs)
        while left:
            with contextlib.suppress(queue.Empty):
                index, future = ended.get(timeout=POLL_SECONDS)
                _settle(index, future.result, finished, failed)
                left -= 1
            if progress is not None:
                progress(sum(shares) / len(jobs))
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            _take_what_ended(ended, finished)
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()
        pool.shutdown(wait=True, cancel_futures=True)
        if isinstance(error, BrokenProcessPool):
            raise MeterbedError("a worker process died; is there enough memory? try fewer --workers") from error
        raise
    pool.shutdown()


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Holds Ctrl-C back meanwhile; processes started inside never see it, so that only the parent reacts."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_shares: Any = None


def _begin_worker(shares: Any) -> None:
    global _shares
    _shares = shares
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _work(index: int, job: Job) -> Result:
    def tell(share: float) -> None:
        _shares[index] = share

    result = run_job(job, tell)
    tell(1.0)
    return result
