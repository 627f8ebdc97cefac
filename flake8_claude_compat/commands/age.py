"""How old the catalogue is: a warning, never a finding."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from ..config import Config

if TYPE_CHECKING:
    from ..catalogue import Catalogue

#: days after which models and parameters are likely to have changed
OLD = 90


def age_of(settings: Config) -> str:
    """One line if a part of the catalogue was last read more than :data:`OLD` days ago, else ""."""
    from ..engine import catalogue_of  # slow to import, and nothing that a run without findings needs

    dates = _dates(catalogue_of(settings))
    days = {part: (settings.today - date.fromisoformat(read)).days for part, read in dates.items()}
    old = [part for part, age in days.items() if age > OLD]
    if not old:
        return ""
    parts = "models and targets" if len(old) == len(dates) else " and ".join(old)
    return (
        f"the data on {parts} is {max(days.values())} days old ({min(dates.values())}), what is newer is not known:"
        " update flake8-claude-compat, or set model-map, or target to a file of your own with parameters and prices,"
        " in [tool.claude-compat] of pyproject.toml"
    )


def _dates(catalogue: Catalogue) -> dict[str, str]:
    """Part of the catalogue → ISO date on which the newest of its sources was read."""

    def newest(keys: Iterable[str]) -> str:
        return max(catalogue.sources[key].read for key in keys)

    target = catalogue.target
    rows = (row.source for row in target.parameters.values() if row.owner == target.id)
    return {
        "OpenAI's models": newest(model.source for model in catalogue.openai_models.values()),
        "Claude's models": newest(model.source for model in catalogue.claude_models.values()),
        f"the target {target.id}": newest((target.source, *rows)),
    }


def warn_of_age(settings: Config) -> None:
    """Say on the standard error if the catalogue is old."""
    if age := age_of(settings):
        print(f"claude-compat: {age}", file=sys.stderr)
