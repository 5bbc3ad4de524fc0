"""Options of commands that write a document, and the code that writes it."""

import hashlib
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from partyctl.cli.input.options import TEXT
from partyctl.cli.output.answers import tell
from partyctl.cli.output.saving import REPLACE, Replace, prepared, require_free
from partyctl.cli.session import current
from partyctl.contract.papers import WrittenPaper, WrittenPapers
from partyctl.errors import BadUsage
from partyctl.language import comma_list, say, with_colon
from partyctl.ledger.file.files import create_folder
from partyctl.light import NamedTuple
from partyctl.papers.english import ENGLISH
from partyctl.papers.forms.templates_at_hand import own_folder, template
from partyctl.papers.labels import label
from partyctl.show.tables import print_json
from partyctl.terms import blank

FOOT = "页脚"
"""The template field for the ledger's ID and journal head (number and hash of the newest journal
entry). The clerk cannot fill this field."""

FIELD = say("栏目=文字", "FIELD=TEXT")

Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help=say("写到哪个文件", "the file to write")),
]
Template = Annotated[
    str | None,
    typer.Option(
        "--template",
        metavar="FILE-NAME",
        help=say(
            "templates 文件夹里的模板文件名（成套的写 材料=文件名）",
            "the template's file name in the folder templates (for a package: PART=FILE-NAME)",
        ),
    ),
]
Fill = Annotated[
    list[str] | None,
    typer.Option(
        "--fill",
        metavar=FIELD,
        help=say(
            "填一个台账里没有的栏目",
            "fill a field of the paper with a value that is not in the ledger",
        ),
    ),
]


def read_fields(typed: list[str] | None) -> dict[str, str]:
    """Parse the fields that the clerk fills in: 文号=〔2026〕1号. Raises BadUsage."""
    found = {}
    for each in typed or []:
        name, equals, text = each.replace("＝", "=").partition("=")
        if not (equals and name.strip() and text.strip()):
            raise BadUsage(
                say(f"“{each}”应写成 栏目=文字。", f"Write a field as FIELD=TEXT, not “{each}”."),
                _example(),
            )
        if name.strip() in (FOOT, ENGLISH[FOOT]):
            raise BadUsage(
                say(f"“{FOOT}”由台账填写，不能改。", f"The ledger itself fills “{label(FOOT)}”."),
                _example(),
            )
        found[name.strip()] = text.strip()
    return found


def _example() -> str:
    return f"--fill {shlex.quote(label('文号'))}={TEXT}"


class Wanted(NamedTuple):
    """A document to write: its template, the fields filled in by hand, and its file."""

    template: Template = None
    fill: Fill = None
    output: Output = None
    replace: Replace = False

    def target(self, usual: str) -> Path:
        """Return the path of the new file.

        Raises Refused if the file exists and --replace is not given.
        """
        path = self.output or Path(usual)
        require_free(path, replace=self.replace)
        return path


class Written(NamedTuple):
    """A document that was written: its file, content, template and empty fields."""

    path: Path
    content: bytes
    template: str | None
    blanks: list[str]

    def as_object(self) -> WrittenPaper:
        """Return this document as plain data for JSON."""
        return {
            "file": str(self.path),
            "template": self.template,
            "blank": self.blanks,
            "sha256": hashlib.sha256(self.content).hexdigest(),
        }


def put_beside_the_ledger(templates: list[Path]) -> None:
    """Copy shipped templates into the folder beside the ledger, so that the clerk can edit them.

    A template that is already in the folder is not replaced.
    """
    folder = own_folder(current.ledger_path())
    create_folder(folder)
    for each in templates:
        own = folder / each.name
        if not own.exists():
            shutil.copyfile(each, own)
            own.chmod(0o600)
    names = comma_list(each.name for each in templates)
    tell(say(f"模板在 {folder}：{names}", f"Templates in {folder}: {names}"))


def at_hand(usual: str, named: str | None) -> Path:
    """Return the path of the template to fill. Raises BadUsage, NoSuchRecord."""
    return template(current.ledger_path(), usual, named)


def write_document(
    chosen: Path,
    values: dict[str, Any],
    path: Path,
    wanted: Wanted,
    note: Callable[[], None] = lambda: None,
) -> Written:
    """Fill a template, and write it to a file that only its owner can read.

    `note`: a function that adds a journal entry. `note` is called when the document is complete,
    before the file gets its final name.
    """
    from partyctl.papers.forms.documents import fill  # slow to import: 0.3 s

    content, blanks = fill(chosen, values, read_fields(wanted.fill))
    with prepared(path, content, REPLACE, replace=wanted.replace):
        note()
    return Written(path, content, chosen.name, blanks)


def _as_object(written: list[WrittenPaper], paper: str | None) -> WrittenPaper | WrittenPapers:
    """Return one paper, or all papers of a package, as plain data for JSON.

    `paper` is the kind of paper that the user asked for, if any.
    """
    if paper is None:
        return written[0] if len(written) == 1 else {"files": written}
    named: list[WrittenPaper] = [{"paper": paper, **each} for each in written]
    return named[0] if len(named) == 1 else {"paper": paper, "files": named}


def say_written(written: list[Written], paper: str | None = None, *, as_json: bool) -> None:
    """Print the name of each file, and the fields that must be filled in by hand."""
    if as_json:
        print_json(_as_object([each.as_object() for each in written], paper))
        return
    for each in written:
        source = say(f"（模板 {each.template}）", f" from {each.template}") if each.template else ""
        tell(say(f"已写出 {each.path}{source}", f"{each.path} written{source}"))
        if each.blanks:
            named = comma_list(dict.fromkeys(map(label, each.blanks)))
            tell(with_colon(blank(), named), err=True)
