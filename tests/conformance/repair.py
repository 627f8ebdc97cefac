"""Programs before and after ``claude-compat fix``: what no longer works, what is changed, and what works then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from running import Run, compared
from sdks import Sdk
from standin import REJECTED, Behaviour
from verdicts import FLAG, NOT_SENT, Judged, program_name, settings

from flake8_claude_compat.fixing import fix_text


class Repair(NamedTuple):
    """A program that had to be reported, and what became of it. ``after`` None: the fixer left it as it was."""

    before: Judged
    after: Judged | None

    @property
    def without_error(self) -> bool:
        """Whether it was changed and the linter reports no error any more."""
        return self.after is not None and "error" not in self.after.flags.values()

    @property
    def accepted(self) -> bool:
        """Whether the target takes it now, and the program comes as far as it came."""
        return self.after is not None and self.after.kind not in (REJECTED, NOT_SENT) and not self._breaks

    @property
    def silent(self) -> bool:
        """Whether it was changed and the linter reports nothing any more, advice aside."""
        return self.after is not None and not self.after.flags

    @property
    def whole(self) -> bool:
        """Whether the target takes it as it is written now."""
        return self.accepted and self.after is not None and self.after.kind not in FLAG

    @property
    def _breaks(self) -> bool:
        return self.after is not None and bool(self.after.outcome.error) and self.after.outcome.status is None

    @property
    def wrong(self) -> bool:
        """Whether the linter says more than is true of the program after the fix."""
        return (self.without_error and not self.accepted) or (self.silent and not self.whole)


def repaired(run: Run, sdk: Sdk, behaviour: Behaviour) -> list[Repair]:
    """Fix what had to be reported, unsafe changes too, and run what is another text then."""
    due = [one for one in run.results if one.kind in FLAG]
    config = settings(run.target, behaviour.today)
    changed = []
    for one in due:
        text = fix_text(program_name(one.case), one.case.text, one.case.language, config, unsafe=True).text
        if text != one.case.text:
            changed.append(one.case._replace(text=text))
    again = compared(sdk, run.target, behaviour, changed) if changed else None
    after = {one.case.id: one for one in again.results} if again else {}
    return [Repair(one, after.get(one.case.id)) for one in due]


def counted(repairs: Iterable[Repair]) -> list[int]:
    """Programs due, changed, without an error, of these accepted, with nothing reported, of these taken as they are."""
    rows = list(repairs)
    without_error = [one for one in rows if one.without_error]
    silent = [one for one in rows if one.silent]
    return [
        len(rows),
        sum(one.after is not None for one in rows),
        len(without_error),
        sum(one.accepted for one in without_error),
        len(silent),
        sum(one.whole for one in silent),
    ]
