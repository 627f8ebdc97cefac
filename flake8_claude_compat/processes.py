"""Work on files in one or several processes, as many as pay."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

from .discovery import File, shown

#: seconds in one process, after which it is asked whether several pay
_ALONE = 0.3
ENDED = "the process ended that was to check it"

#: what a process of a pool does with a file
_work: list[Callable[[File], Any]] = []

R = TypeVar("R")


def over_files(
    work: Callable[[File], R], files: Sequence[File], jobs: int, lost: Callable[[str, str], R]
) -> Iterator[R]:
    """What ``work`` makes of files, in their order; ``jobs`` 0: as many processes as pay.

    ``work`` goes to other processes, as ``lost`` does: the result for a file,
    by its name, and why there is none: it ended its process, or was too much
    for us.
    """
    work = partial(_survived, work, lost)
    jobs = jobs or processors()
    total = sum(file.size for file in files) or 1
    started, done = time.process_time(), 0
    for index, file in enumerate(files):
        if jobs > 1 and (spent := time.process_time() - started) > _ALONE:
            if _worth_it(spent * (total - done) / max(1, done)):
                yield from _in_processes(work, files[index:], jobs, lost)
                return
            started, done, total = time.process_time(), 0, max(1, total - done)
        yield work(file)
        done += file.size


def _survived(work: Callable[[File], R], lost: Callable[[str, str], R], file: File) -> R:
    """What is made of a file, or why it is lost; an error of ours concerns that file alone."""
    try:
        return work(file)
    except Exception as error:
        from .engine import failure

        return lost(shown(file.path), failure("command", error))


def processors() -> int:
    """How many processes can run at the same time."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _worth_it(seconds: float) -> bool:
    """Whether several processes pay for what takes one so long.

    Each costs a fork, or the start of an interpreter, and all together use a sixth more of the processors' time.
    """
    return seconds > 2.5


def _forks() -> bool:
    return sys.platform == "linux"


def _start(work: Callable[[File], Any]) -> None:
    import signal

    gc.freeze()  # what the parent had stays: it is not to be searched for garbage, nor copied by being marked

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when to end
    _work[:] = [work]


def _chunk(files: Sequence[File]) -> list[Any]:
    return [_work[0](file) for file in files]


def _chunks(files: Sequence[File], jobs: int) -> list[list[File]]:
    """Runs of files of about the same size, several for each process."""
    limit = max(20_000, min(1_000_000, sum(file.size for file in files) // (jobs * 8)))
    chunks: list[list[File]] = [[]]
    size = 0
    for file in files:
        if size > limit or len(chunks[-1]) >= 500:
            chunks.append([])
            size = 0
        chunks[-1].append(file)
        size += file.size + 500
    return chunks


def _pool(work: Callable[[File], Any], jobs: int) -> Any:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    context = get_context("fork" if _forks() else None)
    return ProcessPoolExecutor(jobs, context, initializer=_start, initargs=(work,))


def _submitted(pool: Any, chunks: Sequence[Sequence[File]]) -> list[Any]:
    """The futures of chunks. Ctrl-C waits meanwhile: between a fork and its being noted down it would get lost, or
    leave a process behind that nobody ends."""
    import signal

    if sys.platform == "win32":
        return [pool.submit(_chunk, chunk) for chunk in chunks]
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return [pool.submit(_chunk, chunk) for chunk in chunks]
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _in_processes(
    work: Callable[[File], R], files: Sequence[File], jobs: int, lost: Callable[[str, str], R]
) -> Iterator[R]:
    from concurrent.futures.process import BrokenProcessPool

    chunks = _chunks(files, jobs)
    pool = _pool(work, min(jobs, len(chunks)))
    try:
        results = _submitted(pool, chunks)
        for index, chunk in enumerate(chunks):
            try:
                yield from results[index].result()
            except BrokenProcessPool:
                for file in chunk:
                    yield _apart(work, file, lost)
            results[index] = None
    finally:
        _end(pool)


def _apart(work: Callable[[File], R], file: File, lost: Callable[[str, str], R]) -> R:
    """Take a file in a process of its own, since one of several files ended its process."""
    from concurrent.futures.process import BrokenProcessPool

    pool = _pool(work, 1)
    try:
        found: list[R] = _submitted(pool, [[file]])[0].result()
        return found[0]
    except BrokenProcessPool:
        return lost(shown(file.path), ENDED)
    finally:
        _end(pool)


def _end(pool: Any) -> None:
    """Let go of a pool, whether it is done or not."""
    from multiprocessing import active_children

    processes: Callable[[], list[Any]] = active_children
    for process in processes():
        process.terminate()
    # one that ends in the middle of a result leaves half of it, and the pool's thread waits for the rest for as long as
    # this process could write it, too
    writer = getattr(getattr(pool, "_result_queue", None), "_writer", None)
    if writer is not None:
        writer.close()
    # wait for the pool's thread: left alone, it and the interpreter's end may close the same pipe
    pool.shutdown(wait=True, cancel_futures=True)
