"""Curves as a picture: logarithmic on both axes, so that a straight line at 45° is time in proportion."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from curves import Panel

WIDTH, HEIGHT = 340, 260
LEFT, TOP, RIGHT, BOTTOM = 46, 34, 12, 92
#: colours that differ for most eyes, on white and on black
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b")
STYLE = """\
text { font: 11px system-ui, sans-serif; fill: #333 }
.title { font-weight: 600; font-size: 12px }
.grid { stroke: #ddd }
.axis { stroke: #888 }
.guide { stroke: #999; stroke-dasharray: 3 4 }
@media (prefers-color-scheme: dark) {
  text { fill: #ccc }
  .grid { stroke: #3a3a3a }
  .guide { stroke: #777 }
}"""


def draw(panels: Sequence[Panel], title: str) -> str:
    """The panels side by side, as SVG. The picture has no background: the page's is seen."""
    width, height = WIDTH * len(panels), HEIGHT + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{STYLE}\n</style>",
    ]
    seconds = [point[1] for panel in panels for curve in panel.curves for point in curve.points]
    low, high = _bounds(seconds)
    for number, panel in enumerate(panels):
        parts.append(f'<g transform="translate({number * WIDTH} 0)">')
        parts += _panel(panel, low, high)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>", ""])


def _panel(panel: Panel, low: int, high: int) -> Iterator[str]:
    amounts = [point[0] for curve in panel.curves for point in curve.points]
    first, last = math.log10(min(amounts)), math.log10(max(amounts))
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT

    def at(amount: float, seconds: float) -> tuple[float, float]:
        x = LEFT + (math.log10(amount) - first) / (last - first) * (right - LEFT)
        y = bottom - (math.log10(seconds) - low) / (high - low) * (bottom - TOP)
        return round(x, 1), round(y, 1)

    yield f'<text class="title" x="{LEFT}" y="18">{escape(panel.title)}</text>'
    for power in range(low, high + 1):
        y = at(min(amounts), 10**power)[1]
        yield f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{y}" y2="{y}"/>'
        yield f'<text x="{LEFT - 5}" y="{y + 4}" text-anchor="end">{_seconds(power)}</text>'
    for power in range(math.ceil(first), math.floor(last) + 1):
        x = at(10**power, 10**low)[0]
        yield f'<line class="grid" x1="{x}" x2="{x}" y1="{TOP}" y2="{bottom}"/>'
        yield f'<text x="{x}" y="{bottom + 15}" text-anchor="middle">{10**power:,}</text>'
    yield f'<path class="axis" fill="none" d="M{LEFT} {TOP}V{bottom}H{right}"/>'
    yield f'<text x="{right}" y="{bottom + 29}" text-anchor="end">{escape(panel.unit)}</text>'
    yield _guide(low, high, first, last, at(10**first, 10**low), at(10**last, 10**high))
    for number, (curve, colour) in enumerate(zip(panel.curves, COLOURS)):
        places = " ".join(f"{x},{y}" for x, y in (at(*point) for point in curve.points))
        yield f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{places}"/>'
        for x, y in (at(*point) for point in curve.points):
            yield f'<circle cx="{x}" cy="{y}" r="2.5" fill="{colour}"/>'
        x, y = LEFT + 150 * (number % 2), bottom + 46 + 16 * (number // 2)
        if max(len(one.name) for one in panel.curves) > 20:
            x, y = LEFT, bottom + 46 + 16 * number
        yield f'<rect x="{x}" y="{y - 8}" width="14" height="3" fill="{colour}"/>'
        yield f'<text x="{x + 20}" y="{y - 2}">{escape(curve.name)}</text>'


def _guide(
    low: int, high: int, first: float, last: float, start: tuple[float, float], end: tuple[float, float]
) -> str:
    """A dashed line for time in proportion to the amount, through the middle of the panel."""
    span = min(last - first, high - low)
    width, height = (end[0] - start[0]) / (last - first), (start[1] - end[1]) / (high - low)
    x, y = (start[0] + end[0] - span * width) / 2, (start[1] + end[1] + span * height) / 2
    return f'<line class="guide" x1="{x:.1f}" y1="{y:.1f}" x2="{x + span * width:.1f}" y2="{y - span * height:.1f}"/>'


def _bounds(seconds: Sequence[float]) -> tuple[int, int]:
    return math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds)))


def _seconds(power: int) -> str:
    return f"{10**power:g} s" if power >= 0 else f"{10 ** (power + 3):g} ms"
