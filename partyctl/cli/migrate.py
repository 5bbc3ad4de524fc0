"""`partyctl migrate`: bring the ledger to this version's schema."""

import typer

from partyctl.cli import here
from partyctl.cli.group import verb
from partyctl.language import say

app = verb()


@app.command(help=say("把台账升级到本版本（先留一份副本）", "Migrate the ledger (after a copy)"))
def migrate() -> None:
    """Bring the ledger to this version's schema, in one transaction, after a copy."""
    from partyctl.ledger import migrating

    copy = migrating.migrate(here.ledger_path())
    if copy is None:
        typer.echo(say("台账已是最新版本。", "The ledger is up to date."))
    else:
        typer.echo(say(f"已升级；升级前的副本：{copy}", f"Migrated; the copy before it: {copy}"))
