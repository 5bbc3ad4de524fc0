"""`partyctl decrypt`: decrypt a ledger and record the reason."""

from typing import Annotated

import typer

from partyctl.cli.input.options import TEXT
from partyctl.cli.maintenance.key_options import require
from partyctl.cli.output.answers import tell
from partyctl.cli.session import current
from partyctl.cli.session.group import verb
from partyctl.language import say

app = verb()


@app.command(
    help=say(
        "解密台账（原因记入日志）", "Decrypt the ledger; the reason is recorded in its journal"
    )
)
def decrypt(
    reason: Annotated[
        str,
        typer.Option(
            "--reason", metavar=TEXT, help=say("为什么解密", "the reason for decrypting the ledger")
        ),
    ],
) -> None:
    """Decrypt the ledger, and record the reason in its journal."""
    from partyctl.ledger.journal.acts import Act
    from partyctl.ledger.journal.commands import Event, new_command
    from partyctl.ledger.maintenance import conversion
    from partyctl.records.common.words import clean_text

    path = current.ledger_path()
    require(path, encrypted=True)
    why = clean_text(reason, say("原因", "the reason"))
    conversion.convert(path, None, new_command("decrypt", Event(Act.DECRYPT, "", {"reason": why})))
    tell(
        say(
            f"台账已解密，拿到文件的人都能读：{path}",
            f"The ledger is decrypted; anybody who gets the file can read it: {path}",
        )
    )
    tell(
        say(
            "加密时做的备份仍要用原来的密钥，请保留。",
            "Backups made while the ledger was encrypted still need the key: keep the key.",
        )
    )
