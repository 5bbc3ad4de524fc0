"""Draw the pictures of the front page from the example ledger: `make pictures`.

One picture shows the scoreboard of `check` on a terminal, and the other shows the year page in a
browser. Each picture is drawn four times: light and dark, in both languages. Every picture contains
its text, so that a test can compare this text with the program's present output. The same ledger,
fonts and browser give the same bytes.
"""

import base64
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from html import unescape
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from terminal_picture import Screen, drawn, on_a_terminal  # noqa: E402 - beside this file

from tests.support.browser import MISSING, browser  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
EXAMPLE = ROOT / "docs" / "examples" / "first-month.txt"
DAY = "2026-04-10"
"""The day for which the example is shown; no picture depends on today's date."""

LANGUAGES = {"en": "en", "zh": ""}
"""For each language in a picture's file name: the value of PARTYCTL_LANG."""

SCHEMES = ("light", "dark")
COLUMNS = 100
PAGE_WIDTH = 1000
MARGIN = 12
PNG = b"\x89PNG\r\n\x1a\n"
WORDS = b"Description\0\0"


def example(folder: Path) -> dict[str, str]:
    """Write the example ledger into a folder; return an environment in which commands use it."""
    environment = {
        "PARTYCTL_LEDGER": str(folder / "ledger.db"),
        "PARTYCTL_LANG": "",
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "PYTHONPATH": str(ROOT),
    }
    done = _partyctl(["batch", str(EXAMPLE)], environment)
    if done != 3:
        sys.exit(f"{EXAMPLE.name} exited with {done}, not 3: nothing was drawn")
    return environment


def scoreboard(environment: dict[str, str], language: str) -> Screen:
    """The output of `check` for the example ledger, on a terminal."""
    spoken = environment | {"PARTYCTL_LANG": LANGUAGES[language]}
    return on_a_terminal(f"partyctl check --as-of {DAY}", spoken, columns=COLUMNS)


def year_page(environment: dict[str, str], language: str, file: Path) -> str:
    """Write the example's year page; return the text of the part that the picture shows."""
    words = ["report", "year", DAY[:4], "--as-of", DAY, "-o", str(file), "--replace"]
    done = _partyctl(words, environment | {"PARTYCTL_LANG": LANGUAGES[language]})
    if done:
        sys.exit(f"the year page exited with {done}: nothing was drawn")
    page = file.read_text(encoding="utf-8")
    part = page[page.index("<header>") :]
    part = part[: part.index("</section>", part.index('class="card heat"'))]
    lines = (unescape(line).strip() for line in re.sub(r"<[^>]*>", "\n", part).splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def _partyctl(words: list[str], environment: dict[str, str]) -> int:
    told = [sys.executable, "-m", "partyctl", *words]
    return subprocess.run(
        told, env=os.environ | environment, stdout=subprocess.DEVNULL, check=False
    ).returncode


def with_words(png: bytes, words: str) -> bytes:
    """A PNG with its text in a separate chunk."""
    chunk = WORDS + zlib.compress(words.encode(), 9)
    body = b"zTXt" + chunk
    whole = struct.pack(">I", len(chunk)) + body + struct.pack(">I", zlib.crc32(body))
    head = len(PNG) + 25  # the first chunk, which has the picture's size, stays first
    return png[:head] + whole + png[head:]


def words_of(png: bytes) -> str:
    """The text inside a picture."""
    place = len(PNG)
    while place < len(png):
        (size,) = struct.unpack(">I", png[place : place + 4])
        chunk = png[place + 8 : place + 8 + size]
        if png[place + 4 : place + 8] == b"zTXt" and chunk.startswith(WORDS):
            return zlib.decompress(chunk[len(WORDS) :]).decode()
        place += size + 12
    raise ValueError("this picture contains no text")


def draw(folder: Path) -> None:
    """Write all pictures into a folder."""
    with tempfile.TemporaryDirectory() as name:
        environment = example(Path(name) / "ledger")
        for language in LANGUAGES:
            screen = scoreboard(environment, language)
            for scheme in SCHEMES:
                file = folder / f"check-{language}-{scheme}.svg"
                file.write_text(drawn(screen, theme=scheme), encoding="utf-8")
        _draw_pages(environment, Path(name), folder)


def _draw_pages(environment: dict[str, str], aside: Path, folder: Path) -> None:
    with browser(aside / "profile") as page:
        for language in LANGUAGES:
            file = aside / f"year-{language}.html"
            words = year_page(environment, language, file)
            for scheme in SCHEMES:
                page.open(file, width=PAGE_WIDTH, dark=scheme == "dark")
                bottom = page.ask("document.querySelector('.heat').getBoundingClientRect().bottom")
                clip = {
                    "x": 0,
                    "y": 0,
                    "width": PAGE_WIDTH,
                    "height": bottom + MARGIN,
                    "scale": 1.5,
                }
                shot = page.tell("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
                png = with_words(base64.b64decode(shot["data"]), words)
                (folder / f"year-{language}-{scheme}.png").write_bytes(png)


if __name__ == "__main__":
    if not shutil.which("chromium"):
        sys.exit(MISSING)
    FOLDER.mkdir(exist_ok=True)
    draw(FOLDER)
    for file in sorted(FOLDER.iterdir()):
        sys.stdout.write(f"{file.relative_to(ROOT)} {file.stat().st_size // 1024} KB\n")
