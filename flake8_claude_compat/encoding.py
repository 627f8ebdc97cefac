"""Bytes ↔ the text of a file, in the encoding that it says or shows."""

from __future__ import annotations

#: byte order mark, encoding that reads it, encoding of what stands behind it
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32", "utf-32-be"),
    (b"\xff\xfe", "utf-16", "utf-16-le"),
    (b"\xfe\xff", "utf-16", "utf-16-be"),
)


def decoded(data: bytes, language: str) -> str:
    """The text of a file; raises SyntaxError, ValueError or LookupError."""
    if language != "python" and bom_of(data) is None:
        try:
            return data.decode("utf-8")  # as nearly all are
        except UnicodeDecodeError:
            pass
    return data.decode(encoding_of(data, language))


def encoding_of(data: bytes, language: str) -> str:
    """How the text of a file is encoded. Python says it; others are UTF-8, or what their first bytes say, or Latin-1.

    Raises SyntaxError, ValueError or LookupError.
    """
    if language == "python":
        head = data[:2000].split(b"\n", 2)[:2]
        if not data.startswith(b"\xef\xbb\xbf") and not any(b"coding" in line for line in head):
            return "utf-8"
        import io
        import tokenize

        return tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    encoding = bom_of(data)
    if encoding is not None:
        return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if b"\0" in data:
            raise ValueError("it is no text") from None
        return "latin-1"
    return "utf-8"


def encoded(text: str, data: bytes, language: str) -> bytes:
    """A text in the encoding, and behind the byte order mark, of the file that it is a version of.

    Raises SyntaxError, ValueError or LookupError.
    """
    encoding = encoding_of(data, language)
    mark, bare = next(
        ((mark, bare) for mark, name, bare in _BOMS if name == encoding and data.startswith(mark)), (b"", encoding)
    )
    return mark + text.encode(bare)


def bom_of(data: bytes) -> str | None:
    """The encoding that a byte order mark tells, if there is one."""
    return next((encoding for mark, encoding, _ in _BOMS if data.startswith(mark)), None)
