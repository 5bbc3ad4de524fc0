"""`partyctl` alone, and `partyctl status`: a summary of the ledger."""

from datetime import date

from partyctl.bilingual import many
from partyctl.calendar import period_of
from partyctl.cli.check.answering import ENTER_PEOPLE, SOON
from partyctl.cli.check.judging import found
from partyctl.cli.input.dates import today
from partyctl.cli.input.options import AsJson, AsOf
from partyctl.cli.output.answers import tell
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.cli.session.group import verb
from partyctl.contract.overviews import LedgerStatus
from partyctl.language import comma_list, say
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.engine.owed import ONLY_OPEN
from partyctl.law.engine.rule import Obligation
from partyctl.ledger.file.files import default_folder
from partyctl.ledger.maintenance import backup
from partyctl.ledger.reading.bodies import is_without_people
from partyctl.ledger.reading.lookup import branches_named
from partyctl.show.scoreboard import worst_first
from partyctl.show.tables import print_json
from partyctl.terms import Status
from partyctl.typed import typed

app = verb()


@app.command("status", help=say("台账一览", "Show a summary of the ledger"))
@to_file("台账一览", "Show a summary of the ledger")
def command(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Show a summary of the ledger."""
    status(as_of, as_json)


def status(as_of: AsOf = None, as_json: bool = False) -> None:
    """Count duties overdue, in breach or due within seven days; show the next command to run."""
    on = as_of or today()
    with current.reading(on, period_of("month", on)) as reading:
        items = worst_first(
            found(reading, reading.judged(current.branch()), list(CATALOGUE), None, ONLY_OPEN)
        )
        organ = reading.organ
        named = branches_named(reading.ledger, current.branch())
        names = comma_list(branch.name for branch in named[:3])
        nobody = is_without_people(reading.ledger)
    owed = [item.obligation for item in items]
    wrong = [each for each in owed if each.status in (Status.OVERDUE, Status.BREACH)]
    soon = [each for each in owed if each.status is Status.DUE and _is_soon(each, on)]
    following = next((each.remedy for each in (*wrong, *soon) if each.remedy), None)
    following = ENTER_PEOPLE if nobody else following
    if as_json:
        answer: LedgerStatus = {
            "as_of": on.isoformat(),
            "ledger": str(current.ledger_path()),
            "organ": organ.name,
            "wrong": len(wrong),
            "due_soon": len(soon),
            "next": following,
        }
        print_json(answer)
        return
    tell(f"{organ.name} · {names} · {current.ledger_path()}")
    tell(
        say(
            f"{on}：逾期或不合规 {len(wrong)} 项，七天内到期 {len(soon)} 项。",
            f"{on}: {len(wrong)} overdue or in breach, {len(soon)} due within seven days.",
        )
    )
    days = backup.newest_days(default_folder(current.ledger_path()))
    if days is not None and days > backup.FRESH_DAYS:
        tell(
            say(
                f"最近的备份是 {days} 天前的：partyctl backup",
                f"The newest backup is {many(days, 'day')} old: partyctl backup",
            )
        )
    tell(say("下一步：", "Next: ") + typed(following or "partyctl check --month"))


def _is_soon(obligation: Obligation, on: date) -> bool:
    return obligation.due is not None and obligation.due <= on + SOON
