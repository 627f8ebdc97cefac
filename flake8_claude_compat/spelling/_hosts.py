"""Edits of code inside another file, told in that file's text."""

from __future__ import annotations

from ..source import Source, Span
from ._document import Edit, line_start


def in_host(source: Source, edit: Edit) -> Edit | None:
    """An edit of an embedded source in the text of its outermost host; None where it cannot be told there."""
    if source.host is None:
        return edit
    start, end = source.host_span(edit.span)
    host = source.host.text
    if end < start or host[start:end].count("\n") < source.text[edit.span.start : edit.span.end].count("\n"):
        return None
    text = edit.text
    begin = line_start(host, start)
    prefix = host[begin:start]
    inside = line_start(source.text, edit.span.start)
    own = source.text[inside : edit.span.start]
    # what each line of a quoted or indented block begins with
    margin = prefix[: len(prefix) - len(own)] if prefix.endswith(own) else prefix
    if margin and edit.span.start == inside and (not text or text.endswith("\n")):
        start = begin
        text = "".join(margin + line for line in text.splitlines(True))
    elif margin:
        text = text.replace("\n", "\n" + margin)
    placed = Edit(Span(start, end), text)
    return placed if source.host.host is None else in_host(source.host, placed)
