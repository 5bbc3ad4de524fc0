"""Draw a terminal as an SVG that looks the same on a computer without a Chinese font.

The library Rich draws the terminal's window. The letters of the text are outlines, from a font
whose Chinese characters are exactly as wide as two Latin letters.
"""

import fcntl
import functools
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from html import escape, unescape
from pathlib import Path
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

FONT = "Noto Sans Mono CJK SC"
PACKAGE = "fonts-noto-cjk"
SIZE = 20
"""The width and the height, in pixels, of a Chinese character in Rich's picture."""

LIGHT = TerminalTheme((255, 255, 255), (36, 41, 47), [(36, 41, 47)] * 8, [(87, 96, 106)] * 8)
DARK = TerminalTheme((13, 17, 23), (230, 237, 243), [(230, 237, 243)] * 8, [(139, 148, 158)] * 8)
THEMES = {"light": LIGHT, "dark": DARK}

WINDOW = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">
<style>
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""Rich's frame without the fonts that it would load from the network."""

STYLE = re.compile(r"\.t-(r\d+) \{ ([^}]*)\}")
TEXT = re.compile(r'<text class="t-(r\d+)" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>')


class Screen(NamedTuple):
    """A terminal's content: the typed line and the output, with colours."""

    typed: str
    answer: str

    @property
    def text(self) -> str:
        """The typed line and the output, without colours."""
        return f"$ {self.typed}\n{Text.from_ansi(self.answer).plain}\n"


def on_a_terminal(line: str, environment: dict[str, str], *, columns: int) -> Screen:
    """Run a partyctl command on a new terminal; return the screen."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 200, columns, 0, 0))
    wanted = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": str(columns)}
    words = [sys.executable, "-m", *line.split()]
    running = subprocess.Popen(
        words, stdin=its, stdout=its, stderr=its, env=os.environ | environment | wanted
    )
    os.close(its)
    said = b""
    try:
        while piece := os.read(ours, 1 << 16):
            said += piece
    except OSError:  # on Linux, this error means that the command has closed the terminal
        pass
    running.wait()
    os.close(ours)
    return Screen(line, said.decode().replace("\r\n", "\n").rstrip("\n"))


def drawn(screen: Screen, *, theme: str) -> str:
    """The screen as a light or dark SVG; the same screen and font always give the same bytes."""
    console = Console(
        record=True,
        width=max(cell_len(line) for line in screen.text.splitlines()),
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
    )
    console.print(Text(f"$ {screen.typed}", style="bold"), soft_wrap=True)
    console.print(Text.from_ansi(screen.answer), soft_wrap=True)
    svg = console.export_svg(
        title="",
        theme=THEMES[theme],
        code_format=WINDOW,
        font_aspect_ratio=0.5,
        unique_id="t",
    )
    return _described(_outlined(svg), screen.text)


def _described(svg: str, text: str) -> str:
    """The picture with its text inside, for screen readers and for the test."""
    head, _, rest = svg.partition("\n")
    title = escape(text.partition("\n")[0])
    return f"{head}\n<title>{title}</title>\n<desc>{escape(text)}</desc>\n{rest}"


def described(svg: str) -> str:
    """The text of a picture."""
    return unescape(svg.partition("<desc>")[2].partition("</desc>")[0])


def _outlined(svg: str) -> str:
    bold = {name for name, style in STYLE.findall(svg) if "font-weight: bold" in style}
    glyphs: dict[str, str] = {}

    def run(found: re.Match[str]) -> str:
        name, x, y, text = (
            found[1],
            float(found[2]),
            float(found[3]),
            unescape(found[4]).rstrip("\n"),
        )
        face = _face(bold=name in bold)
        pen, uses = 0, ""
        for letter in text:
            glyph, path = _glyph(face, letter)
            if path:
                glyphs[glyph] = path
                uses += f'<use href="#{glyph}"' + (f' x="{pen}"' if pen else "") + "/>"
            pen += cell_len(letter) * face["head"].unitsPerEm // 2
        if not uses:
            return ""
        scale = SIZE / face["head"].unitsPerEm
        place = f"translate({x:g} {y:g}) scale({scale:g} -{scale:g})"
        return f'<g class="t-{name}" transform="{place}">{uses}</g>'

    svg = TEXT.sub(run, svg)
    if "<text" in svg:
        sys.exit("Rich now draws text in a way that this script does not know")
    svg = svg.replace("rgba(255,255,255,0.35)", "#8b949e")  # an edge that is also visible on white
    svg = re.sub(r'\n\s*<clipPath id="t-line-\d+">.*?</clipPath>', "", svg, flags=re.DOTALL)
    shapes = "".join(f'<path id="{name}" d="{glyphs[name]}"/>\n' for name in sorted(glyphs))
    svg = svg.replace("</defs>", f"{shapes}</defs>", 1)
    return "".join(f"{line.rstrip()}\n" for line in svg.splitlines() if line.strip())


@functools.cache
def font_file_or_none(weight: str) -> Path | None:
    """The font's path on this machine."""
    asked = ["fc-match", "--format", "%{family}|%{file}", f"{FONT}:style={weight}"]
    said = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    family, _, file = said.partition("|")
    return Path(file) if FONT in family else None


def font_file(weight: str) -> Path:
    """The path of the font. If the font is missing, exit with the name of its package."""
    return font_file_or_none(weight) or sys.exit(
        f"the pictures need this font: {FONT}: apt-get install {PACKAGE}"
    )


@functools.cache
def _face(*, bold: bool) -> Any:
    from fontTools.ttLib import TTCollection

    fonts = TTCollection(font_file("Bold" if bold else "Regular"), lazy=True).fonts
    return next(font for font in fonts if font["name"].getDebugName(1).startswith(FONT))


@functools.cache
def _glyph(face: Any, letter: str) -> tuple[str, str]:
    """The name and the outline of a letter in the picture.

    A sign that is wider in the font than on a terminal (· … → –) is centred or narrowed, so that it
    fits its cells.
    """
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen

    known = face.getBestCmap().get(ord(letter))
    if known is None:
        sys.exit(f"{FONT} has no {letter!r}")
    glyphs = face.getGlyphSet()
    room, wide = cell_len(letter) * face["head"].unitsPerEm / 2, glyphs[known].width
    bounds = BoundsPen(glyphs)
    glyphs[known].draw(bounds)
    left, _, right, _ = bounds.bounds or (0, 0, 0, 0)
    pressed = room / wide if right - left > room else 1.0
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.0f}")
    glyphs[known].draw(TransformPen(pen, (pressed, 0, 0, 1, (room - wide * pressed) / 2, 0)))
    weight = "b" if "Bold" in face["name"].getDebugName(4) else "r"
    return f"{weight}{ord(letter):x}", pen.getCommands()
