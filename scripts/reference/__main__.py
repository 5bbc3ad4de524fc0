"""Write docs/reference and the man pages from the program itself: `make reference`.

`python -m scripts.reference [FOLDER]`; the folder is this checkout by default. Each language runs in a
separate process, because help texts are chosen at import.
"""

import subprocess
import sys
from pathlib import Path

from partyctl import language

ROOT = Path(__file__).parents[2]
LANGUAGES = ("zh", "en")


def main(args: list[str]) -> None:
    """Write the pages of both languages, or of one."""
    if len(args) > 1:
        write(args[0], Path(args[1]))
        return
    folder = Path(args[0]) if args else ROOT
    for each in LANGUAGES:
        command = [sys.executable, "-m", "scripts.reference", each, str(folder)]
        subprocess.run(command, cwd=ROOT, check=True)


def write(name: str, folder: Path) -> None:
    """Write the pages of one language, in place of the old ones."""
    language.choose(name)
    from scripts.reference import pages

    for place, text in pages.all_pages().items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


main(sys.argv[1:])
