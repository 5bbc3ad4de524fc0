"""Find document templates: the bureau's own (beside its ledger), or those shipped with partyctl.

Each language has its own folder. The bureau's templates for Chinese papers are in `templates/`
beside the ledger, and those for English papers are in `templates/en/`. If a bureau replaced only
the Chinese form, the English paper uses the shipped English form.
"""

from pathlib import Path

from partyctl.errors import BadUsage, NoSuchRecord
from partyctl.language import say, speaks_english

SHIPPED = Path(__file__).parent / "templates"
SHIPPED_PAPERS = Path(__file__).parent / "paper_templates"
"""The folder with templates of all papers except letters, briefings and the register of opinions.

The templates of these three are in `SHIPPED`.
"""

OWN = "templates"
"""The folder beside the ledger with the bureau's own templates."""

ENGLISH = "en"
"""The name of the subfolder for English papers in each folder of templates."""

ENDING = ".docx"


def own_folder(ledger: Path) -> Path:
    """Return the folder for the bureau's own templates in the user's language.

    The folder may be missing.
    """
    return _in_language(ledger.parent / OWN)


def _in_language(folder: Path) -> Path:
    return folder / ENGLISH if speaks_english() else folder


def template(ledger: Path, usual: str, named: str | None = None) -> Path:
    """Return the template to fill: the named template, or the usual template if none is named.

    If the bureau has its own template with this name in the user's language, the bureau's template
    is returned instead of the shipped template.

    Raises BadUsage if the name is not a plain file name, and NoSuchRecord if no template has this
    name.
    """
    name = named or usual
    if name != Path(name).name or name.startswith(".") or "\\" in name or "\x00" in name:
        raise BadUsage(
            say(
                f"模板只写文件名，不带路径：“{name}”。",
                f"Name a template by its file name only, not “{name}”.",
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
        )  # a template that the clerk names can be in either language
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
    """Return the file with this name, or None if the folder has no such file.

    A symbolic link to a file outside the folder is ignored.
    """
    path = folder / name
    is_there = path.is_file() and path.resolve().parent == folder.resolve()
    return path if is_there else None


def shipped() -> list[Path]:
    """Return the shipped templates of letters, briefings and the register of opinions.

    The templates are sorted by name.
    """
    return sorted(_in_language(SHIPPED).glob(f"*{ENDING}"))


def shipped_papers() -> list[Path]:
    """Return the shipped templates that are not in `shipped`, sorted by name."""
    return sorted(_in_language(SHIPPED_PAPERS).glob(f"*{ENDING}"))
