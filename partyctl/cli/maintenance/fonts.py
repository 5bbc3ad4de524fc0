"""Check that this machine has the fonts that PDFs of papers need.

Chinese Windows has most of these fonts, but most Linux machines have none of them.
"""

import shutil
import subprocess
from importlib.util import find_spec

FACES = {
    "仿宋": ("仿宋_GB2312", "仿宋", "FangSong", "FangSong_GB2312"),
    "小标宋": ("方正小标宋简体", "FZXiaoBiaoSong-B05S"),
    "宋体": ("宋体", "SimSun"),
    "黑体": ("黑体", "SimHei"),
}
"""The typefaces of the papers, as GB/T 9704 requires, each with the names under which it can be
installed."""

PACKAGE = "fonts-noto-cjk"
"""A package with Chinese fonts on Debian and Ubuntu."""

SECONDS = 20


def prints_pdf() -> list[str]:
    """Return the names of the programs on this machine that can make PDFs."""
    found = [name for name in ("LibreOffice",) if shutil.which("soffice")]
    return found + (["typst"] if find_spec("typst") or shutil.which("typst") else [])


def families() -> frozenset[str] | None:
    """Return the names of all Chinese fonts on this machine, or None if they cannot be listed."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, ":lang=zh-cn", "family"], capture_output=True, timeout=SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    text = done.stdout.decode(errors="replace")
    return frozenset(name.strip() for line in text.splitlines() for name in line.split(","))


def missing(found: frozenset[str]) -> list[str]:
    """Return the typefaces of official papers that are not among the installed fonts."""
    return [face for face, names in FACES.items() if found.isdisjoint(names)]
