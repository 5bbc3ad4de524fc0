"""`partyctl undo`: undo the whole of this user's last command that is not undone yet."""

from partyctl.cli.input.options import AsJson
from partyctl.cli.output.answers import tell
from partyctl.cli.output.histories import called, clock
from partyctl.cli.session import current
from partyctl.cli.session.group import verb
from partyctl.contract.maintenance import Undone
from partyctl.language import bracketed, comma_list, say
from partyctl.ledger.journal.naming import named
from partyctl.show.tables import print_json

app = verb()

SHOWN = 5
"""The maximum number of records that the message names. If the command changed more records, the
message ends with the total number of changed records."""


@app.command(
    help=say(
        "撤销自己上一条命令（新增的作废，改动的还原）",
        "Undo your last command: void its records, reverse its changes",
    )
)
def undo(as_json: AsJson = False) -> None:
    """Undo this user's last command that is not undone yet.

    The records that the command added are voided, and its other changes are reversed.
    """
    with current.writing() as session:
        from partyctl.ledger.writing.session import driver_of
        from partyctl.records.undo import undoing

        undone = undoing.undo(session)
        touched = [called(each) for each in named(driver_of(session), undone.run, undone.records)]
    if as_json:
        answer: Undone = {
            "run": undone.run,
            "command": undone.command,
            "at": undone.at,
            "records": undone.records,
            "called": touched,
        }
        print_json(answer)
        return
    more = "…" + bracketed(len(touched)) if len(touched) > SHOWN else ""
    records = comma_list(touched[:SHOWN]) + more
    at = clock(undone.at)
    tell(
        say(
            f"已撤销 {at} 的“{undone.command}”：{records}",
            f"Undone: “{undone.command}” of {at}: {records}",
        )
    )
