"""``python -m flake8_claude_compat`` is the command ``claude-compat``."""

import sys

from .cli import entry

if __name__ == "__main__":
    sys.exit(entry())
