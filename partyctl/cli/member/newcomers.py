"""Remind the clerk of what a new probationary member still needs: a cell, and assessed dues."""

import sqlite3

from partyctl.cli.output.answers import tell
from partyctl.cli.session import current
from partyctl.language import say
from partyctl.law.engine.known import address
from partyctl.ledger.file.opening import open_for_reading
from partyctl.ledger.reading.bodies import shared_names

NEW = """
SELECT member.name, member.id, substr(member.on_roll_from, 1, 7),
    member.cell_id IS NULL AND EXISTS (SELECT 1 FROM cell
        WHERE cell.branch_id = member.branch_id AND cell.voided_at IS NULL),
    NOT EXISTS (SELECT 1 FROM dues_entry WHERE dues_entry.member_id = member.id
        AND act = 'assessment' AND dues_entry.voided_at IS NULL)
FROM member WHERE member.id = ?
"""


def tell_of_member(number: int) -> None:
    """If a member still needs a cell or an assessment of dues, print the command for it."""
    with open_for_reading(current.ledger_path()) as ledger:
        _tell(ledger, number)


def tell_of_applicant(number: int) -> None:
    """If this application made somebody a member, print what that member still needs."""
    with open_for_reading(current.ledger_path()) as ledger:
        admitted = ledger.execute(
            "SELECT member_id FROM admission WHERE applicant_id = ?", (number,)
        ).fetchone()
        if admitted is not None:
            _tell(ledger, admitted[0])


def _tell(ledger: sqlite3.Connection, number: int) -> None:
    name, member, month, no_cell, no_assessment = ledger.execute(NEW, (number,)).fetchone()
    called = address(name, member, shared_names(ledger))
    if no_cell:
        command = f"partyctl member edit {called} --cell …"
        tell(say(f"还没有编入党小组：{command}", f"In no cell yet: {command}"), err=True)
    if no_assessment:
        command = f"partyctl dues assess {called} --base … --from {month}"
        tell(say(f"还没有核定党费：{command}", f"Dues not assessed yet: {command}"), err=True)
