"""`partyctl paper list` and `templates`: list the papers, and copy their templates for editing."""

from typing import Any

from partyctl.cli.output.answers import tell
from partyctl.cli.output.documents import put_beside_the_ledger
from partyctl.cli.paper.kinds import EXCEL, KIND_OF, KINDS, Kind
from partyctl.contract.papers import PaperRow
from partyctl.errors import Refused
from partyctl.language import comma_list, say
from partyctl.papers.forms.registers import COLUMNS
from partyctl.papers.forms.templates_at_hand import shipped, shipped_papers
from partyctl.show.tables import Line, print_json, print_table
from partyctl.terms import PaperKind

Object = dict[str, Any]


def fields_of(name: str) -> list[str]:
    """Return the fields of a shipped template."""
    from partyctl.papers.forms.documents import fields  # slow to import, and rarely needed

    return fields(next(each for each in (*shipped_papers(), *shipped()) if each.name == name))


def _object(kind: Kind, *, with_fields: bool) -> PaperRow:
    columns = [column.name for column in COLUMNS.get(kind.kind, ())]
    every = (field for name in kind.templates for field in fields_of(name))
    named = list(dict.fromkeys(every)) if with_fields and not columns else columns
    return {
        "paper": kind.kind.value,
        "title": kind.kind.heading,
        "article": kind.clause,
        "about": kind.about.label if kind.about else None,
        "files": list(kind.endings),
        "template": kind.template,
        "fields": named,
        "needs": list(kind.needs),
        "command": _command(kind),
        "also": f"partyctl {kind.also}" if kind.also else None,
    }


def _command(kind: Kind) -> str:
    about = f" {kind.about.example}" if kind.about else ""
    needs = "".join(f" {each} 2026-H1" for each in kind.needs)
    return f"partyctl paper {kind.kind}{about}{needs}"


def print_kinds(*, as_json: bool) -> None:
    """Print every paper with its clause, subject, file types and command, as a table or as JSON."""
    rows = [_object(kind, with_fields=as_json) for kind in KINDS]
    if as_json:
        print_json(rows)
        return
    headings = (
        say("文书", "paper"),
        say("名称", "title"),
        say("条款", "clause"),
        say("关于", "about"),
        say("文件", "files"),
        say("命令", "command"),
    )
    lines = [
        Line(
            (
                row["paper"],
                row["title"],
                row["article"],
                row["about"] or "",
                comma_list(row["files"]),
                row["command"],
            )
        )
        for row in rows
    ]
    print_table(headings, lines)


def copy_templates(kind: PaperKind | None) -> None:
    """Copy shipped templates into the folder beside the ledger; do not replace existing files.

    Raises Refused.
    """
    wanted = _templates(kind)
    if not wanted:
        assert kind is not None
        raise Refused(
            say(
                f"{kind.chinese}是 Excel 文件，没有模板。",
                f"The paper {kind} is a workbook without a template.",
            ),
            "partyctl paper list",
        )
    put_beside_the_ledger([each for each in (*shipped_papers(), *shipped()) if each.name in wanted])
    if kind is None or EXCEL in KIND_OF[kind].endings:
        tell(
            say(
                "Excel 版没有模板：栏目和版式固定；要改版式，用 Word 模板。",
                "Excel papers have no template, because their columns are fixed; to "
                "change the layout, use the Word template.",
            ),
            err=True,
        )


def _templates(kind: PaperKind | None) -> set[str]:
    """Return the names of the templates of one paper or of all papers."""
    if kind is None:
        return {each.name for each in (*shipped_papers(), *shipped())}
    return set(KIND_OF[kind].templates)
