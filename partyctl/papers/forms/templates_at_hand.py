"""Find document templates: the bureau's own next to its ledger, otherwise the shipped ones.

Each language has its own: `templates/` beside the ledger for the Chinese papers, `templates/en/` for
the English ones. If the bureau replaced only the Chinese form, the English paper uses the
shipped form.
"""

from pathlib import Path

from partyctl.errors import BadUsage, NoSuchRecord
from partyctl.language import say, speaks_english

SHIPPED = Path(__file__).parent / "templates"
SHIPPED_PAPERS = Path(__file__).parent / "paper_templates"
"""The file names of the templates of `partyctl paper`."""

OWN = "templates"
"""The folder next to the ledger with the bureau's own templates."""

ENGLISH = "en"
"""The folder within each of them with the templates of English papers."""

ENDING = ".docx"


def own_folder(ledger: Path) -> Path:
    """The folder of the bureau's own templates in this run's language, which may not exist."""
    return _in_language(ledger.parent / OWN)


def _in_language(folder: Path) -> Path:
    return folder / ENGLISH if speaks_english() else folder


def template(ledger: Path, usual: str, named: str | None = None) -> Path:
    """The template to fill: the one named, or the default; the bureau's own takes precedence.

    Raises BadUsage for anything but a plain file name, NoSuchRecord for a missing one.
    """
    name = named or usual
    if name != Path(name).name or name.startswith(".") or "\\" in name or "\x00" in name:
        raise BadUsage(
            say(
                f"模板只写文件名，不带路径：“{name}”。",
                f"A template is named by its file's name alone, not “{name}”.",
            ),
            f"--template {usual}",
        )
    if not name.lower().endswith(ENDING):
        raise BadUsage(
            say(f"模板“{name}”不是 .docx 文件。", f"The template “{name}” is not a .docx file."),
            f"--template {usual}",
        )
    folders = [own_folder(ledger), _in_language(SHIPPED), _in_language(SHIPPED_PAPERS)]
    if named:
        folders.append(
            ledger.parent / OWN
        )  # a template named by the clerk may be in either language
    for folder in folders:
        if (found := _within(folder, name)) is not None:
            return found
    raise NoSuchRecord(
        say(
            f"{own_folder(ledger)} 里没有模板“{name}”。",
            f"There is no template “{name}” in {own_folder(ledger)}.",
        ),
        "partyctl paper templates",
    )


def _within(folder: Path, name: str) -> Path | None:
    """The file of that name if it is really in the folder; links to other places do not count."""
    path = folder / name
    is_there = path.is_file() and path.resolve().parent == folder.resolve()
    return path if is_there else None


def shipped() -> list[Path]:
    """The shipped templates, by name."""
    return sorted(_in_language(SHIPPED).glob(f"*{ENDING}"))


def shipped_papers() -> list[Path]:
    """The templates of `partyctl paper`, by name."""
    return sorted(_in_language(SHIPPED_PAPERS).glob(f"*{ENDING}"))
