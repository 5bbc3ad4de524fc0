"""`partyctl migrate`: upgrade the ledger to this version's schema."""

from partyctl.cli.output.answers import tell
from partyctl.cli.session import current
from partyctl.cli.session.group import verb
from partyctl.language import say

app = verb()


@app.command(
    help=say("把台账升级到本版本（先备份）", "Back up the ledger, then upgrade it to this version")
)
def migrate() -> None:
    """Make a verified backup, then upgrade the ledger to the newest schema in one transaction."""
    from partyctl.ledger.maintenance import migrating

    made = migrating.migrate(current.ledger_path())
    if made is None:
        tell(say("台账已是最新版本。", "The ledger is up to date."))
    else:
        tell(
            say(
                f"已升级；升级前的备份：{made.path}",
                f"Upgraded; the backup made before the upgrade: {made.path}",
            )
        )
