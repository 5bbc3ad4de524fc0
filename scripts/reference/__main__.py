"""Write docs/reference and the man pages from the program itself: `make reference`.

`python -m scripts.reference [FOLDER]`; the folder is this checkout unless another one is named. Each
language is read by a process of its own: the texts of help pages are chosen when they are imported.
"""

import subprocess
import sys
from pathlib import Path

from partyctl import language

ROOT = Path(__file__).parents[2]
LANGUAGES = ("zh", "en")


def main(args: list[str]) -> None:
    """Write the pages of both languages, or of the one that is named."""
    if len(args) > 1:
        write(args[0], Path(args[1]))
        return
    folder = Path(args[0]) if args else ROOT
    for each in LANGUAGES:
        command = [sys.executable, "-m", "scripts.reference", each, str(folder)]
        subprocess.run(command, cwd=ROOT, check=True)


def write(name: str, folder: Path) -> None:
    """Write the pages of one language, in place of those that are there."""
    language.choose(name)
    from scripts.reference import pages

    for place, text in pages.all_pages().items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


main(sys.argv[1:])
