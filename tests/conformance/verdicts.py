"""The linter's verdict on a program's text beside the stand-in's on what the program did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from programs import JAVASCRIPT, Case
from sdks import Outcome
from standin import CHANGED, EXPIRING, LEGACY, NEUTRAL, REJECTED, SUPPORTED, UNSPECIFIED, Behaviour, Note, verdict

from flake8_claude_compat.checking import check_text
from flake8_claude_compat.config import Config

#: the program sent nothing: an error of the SDK itself, or a method that works without the network
NOT_SENT = "not sent"

#: the linter has to speak, has to be silent, may do as it likes
FLAG, SILENT, FREE = (REJECTED, CHANGED, EXPIRING, LEGACY), (SUPPORTED,), (UNSPECIFIED, NEUTRAL, NOT_SENT)

#: part of a request → the codes that are for it, as the catalogue of rules says; the first one is missed if none comes
CODES: dict[str, tuple[str, ...]] = {
    "host": ("CLC101", "CLC102", "CLC103", "CLC105", "CLC107"),
    "base_path": ("CLC103",),
    "header": ("CLC106",),
    "key": ("CLC205", "CLC202", "CLC203", "CLC204"),
    "model:unknown": ("CLC304", "CLC301", "CLC302", "CLC303", "CLC306"),
    "model:retired": ("CLC305",),
    "n": ("CLC401",),
    "logprobs": ("CLC402",),
    "top_logprobs": ("CLC403",),
    "presence_penalty": ("CLC404",),
    "frequency_penalty": ("CLC405",),
    "seed": ("CLC406",),
    "response_format": ("CLC407", "CLC408"),
    "response_format.json_object": ("CLC407",),
    "response_format.json_schema": ("CLC408",),
    "logit_bias": ("CLC409",),
    "temperature": ("CLC410",),
    "temperature+top_p": ("CLC411",),
    "top_p": ("CLC411",),
    "stop:space": ("CLC412",),
    "stop": ("CLC426",),
    "user": ("CLC413",),
    "safety_identifier": ("CLC413",),
    "store": ("CLC414",),
    "metadata": ("CLC415",),
    "service_tier": ("CLC416",),
    "prediction": ("CLC417",),
    "modalities": ("CLC418",),
    "audio": ("CLC418",),
    "reasoning_effort": ("CLC419",),
    "verbosity": ("CLC420",),
    "web_search_options": ("CLC421",),
    "prompt_cache_key": ("CLC422",),
    "prompt_cache_options": ("CLC422",),
    "prompt_cache_retention": ("CLC422",),
    "tools.function.strict": ("CLC423",),
    "tools:shape": ("CLC506",),
    "prefill": ("CLC425",),
    "functions": ("CLC501",),
    "function_call": ("CLC502",),
    "messages:function": ("CLC503",),
    "messages.function_call": ("CLC503",),
    "messages:tool_call_id": ("CLC802",),
    "stream:text": ("CLC702", "CLC701"),
    "read:choice": ("CLC704",),
    "read:function_call": ("CLC504",),
    "error:code": ("CLC706",),
}

#: path after the base URL → the rule of that surface
SURFACES = (
    ("/responses", "CLC001"), ("/completions", "CLC002"), ("/embeddings", "CLC003"), ("/images", "CLC004"),
    ("/audio", "CLC005"), ("/moderations", "CLC006"), ("/files", "CLC007"), ("/uploads", "CLC007"),
    ("/fine_tuning", "CLC008"), ("/fine-tunes", "CLC008"), ("/batches", "CLC009"), ("/assistants", "CLC010"),
    ("/threads", "CLC010"), ("/vector_stores", "CLC011"), ("/realtime", "CLC012"), ("/chat/completions", "CLC013"),
    ("/", "CLC014"),
)  # fmt: skip

#: after these nothing else of a request is looked at
_AT_THE_DOOR = ("host", "base_path", "key", "path:")


def codes_of(part: str) -> tuple[str, ...]:
    if part.startswith("path:"):
        path = part.removeprefix("path:")
        code = next(code for prefix, code in SURFACES if path.startswith(prefix))
        # a helper of a vector store uploads the file first
        return (code, "CLC011") if code == "CLC007" else (code,)
    if part.startswith("header:"):
        return CODES["header"]
    if part in CODES:
        return CODES[part]
    if part.startswith("messages."):
        return ("CLC424",)
    if part.startswith("read:"):
        return ("CLC705",)
    if part.startswith("response_format."):
        return CODES["response_format"]
    return ("CLC426",)


class Judged(NamedTuple):
    """A case with both verdicts. ``flags``: code → severity of what the linter reports of weight."""

    sdk: str
    case: Case
    kind: str
    notes: tuple[Note, ...]
    flags: dict[str, str]
    outcome: Outcome

    @property
    def missed(self) -> tuple[str, ...]:
        """A code for each part that should have been reported and was not."""
        if self.kind not in FLAG:
            return ()
        wanted = [codes_of(note.part) for note in self.notes if note.kind in FLAG]
        if any(note.part.startswith(_AT_THE_DOOR) and note.kind == REJECTED for note in self.notes):
            # one reason is enough where the request does not get in
            return () if any(set(codes) & set(self.flags) for codes in wanted) else (wanted[0][0],)
        return tuple(dict.fromkeys(codes[0] for codes in wanted if not set(codes) & set(self.flags)))

    @property
    def false(self) -> tuple[str, ...]:
        """The codes reported that nothing that happened is a reason for."""
        if self.kind == NOT_SENT:
            return ()
        if any(note.part.startswith(_AT_THE_DOOR) and note.kind in (REJECTED, UNSPECIFIED) for note in self.notes):
            return ()
        reasons = {code for note in self.notes for code in codes_of(note.part)}
        return tuple(code for code in self.flags if code not in reasons and code not in self._spoken_of_another)

    @property
    def _spoken_of_another(self) -> tuple[str, ...]:
        """What a model decides, where the target does not know this one: the linter speaks of the one in its place."""
        unknown = any(note.part == "model:unknown" and note.kind == REJECTED for note in self.notes)
        return ("CLC410", "CLC411", "CLC425") if unknown else ()

    @property
    def right(self) -> tuple[str, ...]:
        reasons = {code for note in self.notes if note.kind in FLAG for code in codes_of(note.part)}
        return tuple(code for code in self.flags if code in reasons)

    @property
    def graver(self) -> tuple[str, ...]:
        """Codes whose severity does not fit: an error where the request goes through, or less than one where it fails."""
        found = []
        for code, severity in self.flags.items():
            if code in self._spoken_of_another:
                continue
            kinds = [note.kind for note in self.notes if code in codes_of(note.part)]
            # a program that breaks over what it reads is no request that fails
            if kinds and self.case.group not in ("read", "chunk", "stream"):
                if (REJECTED in kinds) is (severity == "warning"):
                    found.append(code)
        return tuple(found)


def program_name(case: Case) -> str:
    return "program.mjs" if case.language == JAVASCRIPT else "program.py"


def flags(case: Case, settings: Config) -> dict[str, str]:
    """What the linter says of a program, advice aside."""
    checked = check_text(program_name(case), case.text, case.language, settings)
    if checked.problems:
        raise AssertionError(f"{case.subject}: {checked.problems}\n{case.text}")
    found: dict[str, str] = {}
    for item in checked.items:
        if item.finding.severity != "info" and found.get(item.finding.code) != "error":
            found[item.finding.code] = item.finding.severity
    return found


def settings(target: str, today: date) -> Config:
    return Config(target=target, today=today)


_EMPTY = ("None", "undefined", "null", "[]", "")


def _empty(outcome: Outcome) -> bool:
    return bool(outcome.error) or all(line in _EMPTY for line in outcome.out.splitlines())


def judged(
    sdk: str,
    case: Case,
    outcome: Outcome,
    openai: Outcome | None,
    notes: list[Note],
    requests: int,
    behaviour: Behaviour,
    reported: dict[str, str],
) -> Judged:
    """Both verdicts; ``openai``: what the program did with OpenAI's answers, where that is compared."""
    notes = list(dict.fromkeys(notes))
    if not requests and outcome.sockets:
        notes.append(Note(REJECTED, "path:/realtime", outcome.sockets[0]))
    elif not requests:
        return Judged(sdk, case, NOT_SENT, tuple(notes), reported, outcome)
    if case.group == "stream" and verdict(notes) == SUPPORTED and outcome.out.strip() != "Hello":
        notes.append(Note(REJECTED if outcome.error else CHANGED, "stream:text", outcome.error or outcome.out))
    if openai is not None and case.group == "error":
        if openai.out != outcome.out:
            notes.append(Note(CHANGED, "error:code", case.subject))
    elif openai is not None:
        notes += _read(case, outcome, openai, behaviour)
    return Judged(sdk, case, verdict(notes), tuple(notes), reported, outcome)


def _read(case: Case, outcome: Outcome, openai: Outcome, behaviour: Behaviour) -> Iterable[Note]:
    if "choices[1]" in case.reads:
        if _empty(outcome) and not _empty(openai):
            yield Note(REJECTED if outcome.error else CHANGED, "read:choice", outcome.error or outcome.out.strip())
        return
    steps = tuple("message" if step == "delta" else step.partition("[")[0] for step in case.reads.split(".")[1:])
    part = "read:function_call" if "function_call" in steps else f"read:{'.'.join(steps)}"
    state = behaviour.state(steps)
    if not state:
        inside = (*steps, "")
        known = any(name.startswith(".".join(steps[-1:] + ("",))) for name in behaviour.rows.responses) and inside
        if not known:
            yield Note(UNSPECIFIED, part)
        return
    if _empty(outcome) and not _empty(openai):
        yield Note(REJECTED if outcome.error else CHANGED, part, outcome.error or outcome.out.strip())


# ------------------------------------------------------------------- matrix


class Row(NamedTuple):
    """One rule: ``right`` of its reports have a reason, ``false`` none, ``missed`` were due; ``free`` either way."""

    right: int
    missed: int
    false: int
    free: int


def matrix(results: Iterable[Judged]) -> dict[str, Row]:
    right: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    free: Counter[str] = Counter()
    for one in results:
        right.update(one.right)
        missed.update(one.missed)
        false.update(one.false)
        free.update(set(one.flags) - set(one.right) - set(one.false))
    every = sorted({*right, *missed, *false, *free})
    return {code: Row(right[code], missed[code], false[code], free[code]) for code in every}
