"""`partyctl doctor`: examine the ledger; print the findings, and remedies for problems."""

import typer

from partyctl.cli.input.options import AsJson
from partyctl.cli.session import current
from partyctl.cli.session.group import verb
from partyctl.language import say

app = verb()


@app.command(
    help=say(
        "台账体检：逐项列出，附修复命令",
        "Examine the ledger: print one line for each check, with a remedy for each problem",
    )
)
def doctor(as_json: AsJson = False) -> None:
    """Examine the ledger. Exit with the highest code of a failed check, or 0 if no check failed."""
    from partyctl.cli.maintenance.examination import examine, print_findings

    findings = examine(current.ledger_path())
    raise typer.Exit(print_findings(findings, as_json=as_json))
