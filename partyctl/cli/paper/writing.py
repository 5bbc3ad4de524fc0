"""Write a paper: choose its file and template, and write Word or Excel."""

from collections.abc import Mapping
from typing import Any

from partyctl.cli.output.documents import Wanted, Written, at_hand, read_fields
from partyctl.cli.output.saving import write_file
from partyctl.cli.paper.kinds import EXCEL, KIND_OF, WORD, Kind
from partyctl.cli.session.reading import Reading
from partyctl.errors import BadUsage
from partyctl.language import comma_list, say
from partyctl.light import NamedTuple
from partyctl.papers.forms.days import in_words
from partyctl.papers.forms.drafts import Draft
from partyctl.show.papers import printed_foot

Object = dict[str, Any]


class Composed(NamedTuple):
    """A finished paper in memory: its bytes, template's name (None for Excel) and empty fields."""

    content: bytes
    template: str | None
    blanks: list[str]


def ending_of(kind: Kind, wanted: Wanted) -> str:
    """Return the file type of a paper.

    If the user named an output file, return the type of this file. If the user named no output file
    but gave a template or fields, and the paper can be written as Word, return Word. In all other
    cases, return the paper's default type.

    Raises BadUsage if the paper cannot be written as the type of the named output file.
    """
    if wanted.output is None:
        ending = kind.endings[0]
        is_for_word = wanted.template is not None or wanted.fill
        return WORD if is_for_word and WORD in kind.endings else ending
    ending = wanted.output.suffix.lower()
    if ending not in kind.endings:
        named = comma_list(kind.endings)
        raise BadUsage(
            say(
                f"{kind.kind.chinese}写成 {named} 文件。",
                f"The paper {kind.kind} is written as {named}.",
            ),
            say(f"-o 文件{kind.endings[0]}", f"-o FILE{kind.endings[0]}"),
        )
    return ending


def require_word(ending: str, wanted: Wanted) -> None:
    """Raise BadUsage if a template or fields are given for a paper that is not a Word document."""
    if ending == EXCEL and (wanted.template is not None or wanted.fill):
        raise BadUsage(
            say(
                "Excel 文件没有模板和待填栏目。",
                "An Excel paper has no template and no fields to fill.",
            ),
            say("去掉 --template 和 --fill", "run the command again without --template and --fill"),
        )


def write(reading: Reading, draft: Draft, ending: str, wanted: Wanted) -> Written:
    """Write a paper as a Word document or as a workbook."""
    path = wanted.target(f"{draft.name}{ending}")
    composed = compose(reading, draft, ending, wanted)
    write_file(path, composed.content, replace=wanted.replace)
    return Written(path, *composed)


def compose(reading: Reading, draft: Draft, ending: str, wanted: Wanted) -> Composed:
    """Compose a paper in memory, as a Word document or as a workbook."""
    if ending == EXCEL:
        from partyctl.papers.sheets.registers import as_workbook

        assert draft.register is not None
        content = as_workbook(draft.register, printed_foot(reading.ledger), reading.on)
        gaps = sorted(
            {name for row in draft.register.rows for name, value in row.items() if value is None}
        )
        return Composed(content, None, gaps)
    usual = KIND_OF[draft.kind].template
    assert usual is not None
    return filled(reading, draft.values, usual, wanted)


def filled(reading: Reading, values: Mapping[str, Any], usual: str, wanted: Wanted) -> Composed:
    """Fill a template in memory with the paper's values, the ledger's ID and its journal head."""
    from partyctl.papers.forms.documents import fill  # slow to import: 0.3 s

    chosen = at_hand(usual, wanted.template)
    everywhere = {
        "党组": reading.organ.name,
        "党支部": "、".join(each.name for each in reading.branches[:1]),
        "填表日期": in_words(reading.on),
        "页脚": printed_foot(reading.ledger),
    }
    content, blanks = fill(chosen, {**everywhere, **values}, read_fields(wanted.fill))
    return Composed(content, chosen.name, blanks)
