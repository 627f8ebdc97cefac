"""Chat messages that are written down: in requests, and where they are added to a list."""

from __future__ import annotations

import re
from bisect import bisect_left

from ..facts import Facts, Message, Request, constant, entry_of, items_of, options
from ..program import Attr, Block, Call, Dict, Join, List, Program, Ref, Site, Value
from ..source import Span
from .calls import Calls
from .resolve import Resolver
from .values import textual_path

_ROLES = frozenset({"system", "developer", "user", "assistant", "tool", "function"})
_MESSAGE_KEYS = frozenset({"content", "tool_calls", "tool_call_id", "function_call", "name"})
#: what an application keeps of a message for itself
_OWN_KEYS = frozenset({
    "id", "_id", "key", "uuid", "user_id", "userId", "created_at", "createdAt", "timestamp", "time", "date", "avatar",
})  # fmt: skip
#: methods that add to a list, those that add to its end first
_GROWING = ("append", "extend", "push", "insert", "unshift")
_AT_THE_END = frozenset(_GROWING[:3])
#: what messages are added as: written there, by a name, or made by a function: ``dict(role="tool")``
_ADDED = (Dict, List, Join, Ref, Call)

#: what is added to the end of a list: the call, where it stands, and the last of its arguments
_Added = tuple[Span, Block, Value]


class Messages:
    """Collects the messages of one program."""

    def __init__(self, program: Program, resolver: Resolver, calls: Calls, facts: Facts) -> None:
        self.program = program
        self.resolver = resolver
        self.calls = calls
        self.facts = facts
        #: where those stand that are known, in ``facts.messages``
        self._known: dict[Span, int] = {}

    def collect(self) -> None:
        """Fill in messages."""
        for request in self.facts.requests:
            self._sent(request)
        text = self.program.source.text
        if '"role"' in text or "'role'" in text or "role:" in text:
            found = [
                (call, site)
                for name in _GROWING
                for site in self.program.calls_of(name)
                if isinstance(call := self.program.language.lower(site.handle, site.block), Call) and call.args
            ]
            self._sent_last(found)
            for call, _ in found:
                self._added(call)

    def _sent(self, request: Request) -> None:
        value = request.args.get("messages")
        for option in options(value):
            if not isinstance(option, List):
                continue
            for index, item in enumerate(option.items):
                last = index == len(option.items) - 1 and option is value
                for message in options(item):
                    self._message(message, request, last)

    def _sent_last(self, calls: list[tuple[Call, Site]]) -> None:
        """What is added to a list of messages right before it is sent, whatever is in it."""
        added: dict[str, list[_Added]] = {}
        for call, site in calls:
            path = textual_path(call.func.base) if isinstance(call.func, Attr) else None
            if path is not None and isinstance(call.func, Attr) and call.func.name in _AT_THE_END:
                added.setdefault(".".join(path), []).append((call.span, site.block, call.args[-1].value))
        for several in added.values():
            several.sort(key=_span)
        for request in self.facts.requests if added else ():
            sent = request.args.find("messages")
            if sent is None or not request.chat:
                continue
            name = self.program.source.text[sent.value_span.start : sent.value_span.end]
            before = added.get(name, [])
            at = bisect_left(before, sent.name_span, key=_span) - 1
            if at < 0:
                continue
            span, block, value = before[at]
            if self._always_before(block, request) and not self._touched(name, span.end, sent.name_span.start):
                last = self.resolver.deep(value)
                self._message(items_of(last)[-1] if items_of(last) else last, request, True)

    def _always_before(self, block: Block, request: Request) -> bool:
        """Whether what a block holds is done before a request further down, in the same call of their function."""
        site = self.calls.sites.get(id(request))
        around = site.block if site is not None else None
        while around is not None and around is not block:
            around = around.parent if around.kind != "scope" else None
        return around is not None

    def _touched(self, name: str, start: int, end: int) -> bool:
        """Whether a list is named in a part of the text, or a method called that may know it."""
        owner = name.partition(".")[0]
        method = rf"|\b{owner}\.\w+\(" if owner != name else ""
        return re.search(rf"\b{name}\b{method}", self.program.source.text[start:end]) is not None

    def _added(self, call: Call) -> None:
        for arg in call.args:
            added = arg.value
            if type(added) not in _ADDED or (isinstance(added, Call) and type(added.func) is not Ref):
                continue
            value = self.resolver.resolve(added)
            for item in value.items if isinstance(value, List) else (value,):
                if isinstance(item, Dict):
                    self._message(self.resolver.deep(item), None, False)

    def _message(self, value: Value, request: Request | None, last: bool) -> None:
        if not isinstance(value, Dict):
            return
        known = self._known.get(value.span)
        if known is not None and (not last or self.facts.messages[known].last):
            return
        given = entry_of(value, "role")
        role = constant(given)
        if role is None and given is not None and entry_of(value, "function_call") is not None:
            role = ""  # that field is of messages only
        elif role not in _ROLES:
            return
        elif request is None and not _is_message(value):
            return
        role_span = next(entry.value.span for entry in value.entries if entry.key == "role")
        message = Message(str(role), value, value.span, role_span, request, last)
        if known is None:
            self._known[value.span] = len(self.facts.messages)
            self.facts.messages.append(message)
        else:
            self.facts.messages[known] = message


def _span(added: _Added) -> Span:
    return added[0]


def _is_message(value: Dict) -> bool:
    """Whether a mapping with a role reads as a message of the API, not as one that is shown."""
    keys = {entry.key for entry in value.entries}
    return bool(keys & _MESSAGE_KEYS) and not keys & _OWN_KEYS
