"""Line charts with logarithmic axes as SVG, in light and dark."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

WIDTH, HEIGHT, MARGIN = 300, 240, 46
STYLE = """<style>
text { font: 11px sans-serif; fill: #57606a } .title { font-weight: bold } .axis { stroke: #d0d7de }
path { fill: none; stroke-width: 2 } .a { stroke: #0969da } .b { stroke: #bc4c00 }
.fa { fill: #0969da } .fb { fill: #bc4c00 }
@media (prefers-color-scheme: dark) {
text { fill: #8d96a0 } .axis { stroke: #30363d } .a { stroke: #4493f8 } .b { stroke: #f0883e }
.fa { fill: #4493f8 } .fb { fill: #f0883e } }
</style>"""
COLOURS = "ab"


class Line(NamedTuple):
    """A line through points; each point is a size and the work measured for it."""

    name: str
    points: Sequence[tuple[float, float]]


class Panel(NamedTuple):
    """A chart: its title, the unit of the vertical axis, and the lines."""

    title: str
    unit: str
    lines: Sequence[Line]


class Scale(NamedTuple):
    """A logarithmic axis: its first and last value, and their positions in the drawing."""

    first: float
    last: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """The position of a value in the drawing."""
        share = math.log(value / self.first) / math.log(self.last / self.first)
        return round(self.start + share * (self.end - self.start), 1)


def drawn(panels: Sequence[Panel]) -> str:
    """An SVG picture with the panels side by side."""
    size = f"{WIDTH * len(panels)} {HEIGHT}"
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img">', STYLE]
    for place, panel in enumerate(panels):
        parts += [f'<g transform="translate({WIDTH * place} 0)">', *_panel(panel), "</g>"]
    return "\n".join([*parts, "</svg>", ""])


def _panel(panel: Panel) -> Iterator[str]:
    xs = sorted({x for line in panel.lines for x, _ in line.points})
    ys = [y for line in panel.lines for _, y in line.points]
    across = Scale(xs[0], max(xs[-1], xs[0] * 1.01), MARGIN, WIDTH - 16)
    low, high = (10 ** math.floor(math.log10(min(ys))), 10 ** math.ceil(math.log10(max(ys))))
    up = Scale(low, max(high, low * 10), HEIGHT - MARGIN, 40)
    yield f'<text class="title" x="{MARGIN}" y="14">{escape(panel.title)}</text>'
    yield f'<text x="{MARGIN}" y="30">{escape(panel.unit)}</text>'
    tick = low
    while tick <= up.last:
        y = up.place(tick)
        yield f'<line class="axis" x1="{MARGIN}" x2="{WIDTH - 16}" y1="{y}" y2="{y}"/>'
        yield f'<text x="{MARGIN - 6}" y="{y + 4}" text-anchor="end">{tick:,g}</text>'
        tick *= 10
    for x in xs:
        yield f'<text x="{across.place(x)}" y="{HEIGHT - 28}" text-anchor="middle">{x:,g}</text>'
    for place, line in enumerate(panel.lines):
        yield from _line(line, COLOURS[place], across, up)
        left = MARGIN + place * 110
        yield f'<circle class="f{COLOURS[place]}" cx="{left + 4}" cy="{HEIGHT - 12}" r="4"/>'
        yield f'<text x="{left + 12}" y="{HEIGHT - 8}">{escape(line.name)}</text>'


def _line(line: Line, colour: str, across: Scale, up: Scale) -> Iterator[str]:
    places = [(across.place(x), up.place(y)) for x, y in line.points]
    yield f'<path class="{colour}" d="M{" L".join(f"{x} {y}" for x, y in places)}"/>'
    for x, y in places:
        yield f'<circle class="f{colour}" cx="{x}" cy="{y}" r="3"/>'
