"""Texts tried one after the other in a process apart: what hangs, dies or takes too much memory ends that process alone."""

from __future__ import annotations

import gc
import multiprocessing
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from typing import NamedTuple

from hostile import PATIENCE, Failed, Text

#: bytes of memory that the process may take; what asks for more gets a MemoryError
MEMORY = 4 * 2**30
#: seconds of the clock after which a text hangs, whatever the processor says: other work may run beside it
HANGS = 30 * PATIENCE
#: megabytes that a process has had, after which the next text gets one of its own: what is left of one text is not to
#: slow down the next
USED_UP = 1024


class Trial(NamedTuple):
    """What one text came to. ``problem`` "": all is well. ``seconds`` of the processor; ``peak`` in megabytes."""

    text: Text
    problem: str
    seconds: float
    peak: float


def tried(texts: Iterable[Text], check: Callable[[Text], object]) -> Iterator[Trial]:
    """Each text with what :func:`check` made of it; it says what is wrong by raising an exception."""
    waiting = iter(texts)
    text = next(waiting, None)
    while text is not None:
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, check), daemon=True)
        process.start()
        theirs.close()
        # what cannot be told from a process that is gone is tried in the next one
        while text is not None:
            trial = _ask(ours, text, process)
            yield trial
            text = next(waiting, None)
            if not process.is_alive() or trial.peak > USED_UP:
                break
        ours.close()
        process.join(5)
        process.kill()


def _ask(pipe: Connection, text: Text, process: multiprocessing.process.BaseProcess) -> Trial:
    try:
        pipe.send(text)
        if not pipe.poll(HANGS):
            process.kill()
            process.join()
            return Trial(text, f"hangs: no end after {HANGS:.0f} s", HANGS, 0)
        problem, seconds, peak = pipe.recv()
        return Trial(text, problem, seconds, peak)
    except (EOFError, OSError):
        process.join()
        return Trial(text, f"ended its process: {process.exitcode}", 0, 0)


def _serve(pipe: Connection, check: Callable[[Text], object]) -> None:
    gc.freeze()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while True:
        try:
            text = pipe.recv()
        except EOFError:
            return
        begun = time.process_time()
        problem = _problem(text, check)
        seconds = time.process_time() - begun
        pipe.send((problem, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def _problem(text: Text, check: Callable[[Text], object]) -> str:
    try:
        check(text)
    except Failed as error:
        return str(error)
    except Exception as error:
        trace, places = error.__traceback__, []
        while trace is not None:
            places.append(f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}")
            trace = trace.tb_next
        return f"{type(error).__name__} at {' '.join(places[-3:])}: {str(error)[:200]}"
    return ""
