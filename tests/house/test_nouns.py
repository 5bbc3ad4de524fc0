"""The table of nouns agrees with the record classes, the readers and the commands."""

import ast
import inspect
import sys
import textwrap
from pathlib import Path
from types import FrameType

import pytest

from partyctl.cli.output import record
from partyctl.ledger.reading.nouns import NOUNS, called, list_command, void_command
from partyctl.ledger.reading.records import READERS
from partyctl.ledger.tables.all import METADATA
from partyctl.records.undo.nouns import WRITTEN
from partyctl.show import listing
from partyctl.terms import Noun
from tests.conftest import ItIs, Run
from tests.support.command_tree import commands

TYPED = {" ".join(command.typed): command for command in commands()}


def test_every_noun_is_in_each_part_of_the_table():
    assert set(NOUNS) == set(Noun), "partyctl/ledger/reading/nouns.py"
    assert set(READERS) == set(Noun) - {Noun.ORGAN}, "partyctl/ledger/reading/records.py"
    assert set(WRITTEN) == set(Noun) - {Noun.ORGAN}, "partyctl/records/undo/nouns.py"


@pytest.mark.parametrize("noun", WRITTEN)
def test_the_two_halves_mean_the_same_table(noun: Noun):
    assert WRITTEN[noun].table.__tablename__ == NOUNS[noun].table


@pytest.mark.parametrize("noun", NOUNS)
def test_what_names_a_noun_are_columns_of_its_tables(noun: Noun):
    kind = NOUNS[noun]
    for lines in kind.lines:
        columns = METADATA.tables[lines.table].columns
        assert {lines.owner, *lines.told} <= set(columns.keys()), lines.table
    for fields in kind.revealed.values():
        own = {kind.table, *(lines.table for lines in kind.lines)}
        assert fields
        assert all(field.table in own for field in fields)


@pytest.mark.parametrize("noun", [noun for noun in WRITTEN if noun is not Noun.BRANCH])
def test_a_noun_has_the_commands_that_its_remedies_name(noun: Noun):
    listed = list_command(noun).removeprefix("partyctl ")
    voided = " ".join(void_command(noun, 7).split()[1:-3])
    assert listed in TYPED, f"there is no `{listed}`: say `listed` in NOUNS"
    assert voided in TYPED, f"there is no `{voided}`: say `voided` in NOUNS"
    names = {option for each in TYPED[voided].parameters for option in each.opts}
    assert {"--reason", "--json"} <= names


@pytest.mark.parametrize("noun", WRITTEN)
def test_a_noun_is_shown_with_its_history_if_it_has_a_command_for_it(noun: Noun):
    has_command = f"{noun} show" in TYPED
    assert NOUNS[noun].is_shown == has_command, "say `is_shown` in NOUNS"
    if has_command:
        assert "--history" in {
            option for each in TYPED[f"{noun} show"].parameters for option in each.opts
        }


@pytest.mark.parametrize("noun", [noun for noun, kind in NOUNS.items() if kind.revealed])
def test_what_is_masked_can_be_revealed(noun: Noun):
    names = {option for each in TYPED[f"{noun} show"].parameters for option in each.opts}
    assert {"--reveal", "--reason", "--history"} <= names, called(noun)


FRAME = Path(record.__file__)
NOT_RECORDS = {"rules show", "journal show", "rollup show", "schedule show"}
"""Commands named `show` that do not show a record of a noun."""


@pytest.mark.parametrize("name", [name for name in TYPED if name.endswith(("void", "show"))])
def test_voiding_and_showing_are_written_once(name: str):
    """A command that voids or shows a record must use the functions of cli/output/record.py."""
    wrapped = TYPED[name].known.callback
    assert wrapped is not None
    callback = inspect.unwrap(wrapped)
    source = inspect.getsource(callback)
    is_of_frame = Path(inspect.getsourcefile(callback) or "") == FRAME
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(textwrap.dedent(source)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert name in NOT_RECORDS or is_of_frame or calls & {"void_record", "void_line", "show_record"}
    assert "current.writing" not in source


@pytest.mark.dated
@pytest.mark.parametrize("noun", [each for each in WRITTEN if list_command(each).endswith("list")])
def test_the_frame_of_a_list_is_written_once(noun: Noun, branch: Run, it_is: ItIs):
    """Every `NOUN list` is printed by `print_list` of show/listing.py."""
    it_is("2026-03-05")  # `calendar holidays list` needs a year whose holidays are announced
    printed: list[str] = []

    def listen(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is listing.print_list.__code__:
            printed.append(event)

    sys.setprofile(listen)
    try:
        branch(list_command(noun).removeprefix("partyctl "))
    finally:
        sys.setprofile(None)
    assert printed, "print the list with partyctl/show/listing.py::print_list"
