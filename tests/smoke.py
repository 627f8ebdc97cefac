"""The installed package without any extra: each command runs, and so does the flake8 plugin.

usage: python tests/smoke.py   (any Python that the package is installed for; needs no test tool)
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

SAMPLE = """\
from openai import OpenAI

client = OpenAI()
client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "Hi"}], seed=1)
"""
#: file → text, one for each frontend that needs something of its own
FILES = {
    "app.py": SAMPLE,
    "app.ts": "import OpenAI from 'openai';\nexport const client = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });\n",
    "call.sh": 'curl https://api.openai.com/v1/embeddings -H "Authorization: Bearer $OPENAI_API_KEY" -d "{}"\n',
    "compose.yaml": "services:\n  app:\n    environment:\n      OPENAI_API_KEY: ${OPENAI_API_KEY}\n",
    "README.md": f"# Use\n\n```python\n{SAMPLE}```\n",
    "pyproject.toml": '[tool.claude-compat]\ntarget = "claudeapi"\n',
}
#: arguments of the command, exit code, text that it prints
COMMANDS = (
    (("check", "."), 1, "app.ts:2:27: CLC101"),
    (("check", ".", "--format=sarif"), 1, '"version": "2.1.0"'),
    (("check", ".", "--format=full"), 1, "CLC301"),
    (("fix", "app.py", "--unsafe", "--diff"), 1, "claude-sonnet-4-6"),
    (("checklist", "."), 1, "base_url"),
    (("checklist", ".", "--format=html"), 1, "<html"),
    (("explain", "CLC401"), 0, "multiple-candidates"),
    (("rules",), 0, "CLC903"),
    (("models", "gpt-4o"), 0, "claude-sonnet-4-6"),
    (("targets",), 0, "claudeapi"),
    (("facts", "app.py"), 0, "chat.completions.create"),
)


def main() -> int:
    """0 when all is as it should be; what is wrong is printed."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text in FILES.items():
            Path(folder, name).write_text(text, "utf-8")
        ours = [((("-m", "flake8_claude_compat", *args)), code, text) for args, code, text in COMMANDS]
        plugin = ("-m", "flake8", "--select=CLC", "app.py"), 1, "app.py:4:94: CLC406"
        for args, code, text in (*ours, plugin):
            done = subprocess.run([sys.executable, *args], cwd=folder, capture_output=True, encoding="utf-8", errors="replace")
            if done.returncode != code or text not in done.stdout or "Traceback" in done.stderr:
                wrong += 1
                print(f"python {' '.join(args)}: exit code {done.returncode}, not {code} with {text!r}")
                print(done.stdout + done.stderr)
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"Python {version}: {len(COMMANDS) + 1 - wrong} of {len(COMMANDS) + 1} commands do what they should")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
