"""PowerShell's text: what its words, names and numbers look like, and what is skipped between them."""

from __future__ import annotations

import re

#: what is nested deeper is skipped
MAX_DEPTH = 40

SPACE = re.compile(r"(?:[ \t\f\v\u00a0]|`\r?\n|<\#.*?(?:\#>|\Z)|\#[^\n]*)+", re.DOTALL)
LINES = re.compile(r"(?:[\s;]|`\r?\n|<\#.*?(?:\#>|\Z)|\#[^\n]*)+", re.DOTALL)
VARIABLE = re.compile(r"\$(?:\{(?P<braced>[^}\n]*)\}|(?P<plain>(?:[A-Za-z]\w*:(?=\w))?[A-Za-z_]\w*|[$?^_]))")
WORD = re.compile(r"[A-Za-z_.\\/~*%?!+][^\s;|&(){}\[\],'\"`$]*")
BARE = re.compile(r"[^\s;|&(){},'\"`$]+")
NUMBER = re.compile(r"-?(?:0x[0-9a-fA-F]+|\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)(?:[kKmMgGtTpP][bB])?(?![\w.])")
PARAMETER = re.compile(r"-([A-Za-z_][\w-]*)(:?)")
OPERATOR = re.compile(
    r"-(?:[ci]?(?:eq|ne|like|notlike|match|notmatch|contains|notcontains|in|notin|gt|lt|ge|le|replace|split)"
    r"|and|or|xor|is|isnot|as|f|join|band|bor)(?![\w-])",
    re.IGNORECASE,
)
COMPARE = re.compile(r"-[ci]?(?:eq|ne|contains|in|notin|notcontains)\Z", re.IGNORECASE)
TYPE = re.compile(r"\[[A-Za-z_][\w.+`]*(?:\[[\w., \[\]]*\])?\]")
STATIC = re.compile(r"\[(?P<type>[\w.]+)\]::(?P<name>\w+)")
MEMBER = re.compile(r"\??\.(?P<name>[A-Za-z_]\w*)|::(?P<static>[A-Za-z_]\w*)")
KEY = re.compile(r"[A-Za-z_][\w-]*|\d+")
ASSIGN = re.compile(r"(?P<op>(?:\?\?|[-+*/%])?=)(?!=)")
KEYWORD = re.compile(r"[A-Za-z]+(?![\w-])")
BALANCE = re.compile(r"[()\[\]{}]")
HERE = re.compile(r"@([\"'])[ \t]*\r?\n")
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b"}
IN_SINGLE = re.compile(r"[^']+")
IN_DOUBLE = re.compile(r'[^"`$]+')
IN_HERE = re.compile(r"[^`$]+")


class Cursor:
    """A text, and steps over it; ``size``: where it ends for now."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.size = len(text)

    def skip(self, at: int, lines: bool = False) -> int:
        """Behind blanks and comments at ``at``; ``lines``: behind ends of lines and statements, too."""
        match = (LINES if lines else SPACE).match(self.text, at)
        return match.end() if match is not None else at

    def balanced(self, at: int) -> int:
        """Behind the bracket that closes the one at ``at``."""
        count = 0
        for match in BALANCE.finditer(self.text, at):
            count += 1 if match[0] in "([{" else -1
            if count <= 0:
                return match.end()
        return self.size
