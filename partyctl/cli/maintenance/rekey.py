"""`partyctl rekey`: change an encrypted ledger's key."""

from partyctl.cli.maintenance.key_options import KeyFile, print_place, require
from partyctl.cli.output.answers import tell
from partyctl.cli.session import current
from partyctl.cli.session.group import verb
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.ledger.file import keys
from partyctl.ledger.file.keys import Kept

app = verb()


@app.command(help=say("给加密台账换密钥", "Change the key of the encrypted ledger"))
def rekey(key_file: KeyFile = None) -> None:
    """Encrypt the ledger with a new key. Older backups still need the old key."""
    from partyctl.ledger.file import markers
    from partyctl.ledger.journal.acts import Act
    from partyctl.ledger.journal.commands import Event, new_command
    from partyctl.ledger.maintenance import conversion

    path = current.ledger_path()
    require(path, encrypted=True)
    old = markers.present(path)
    if old.kept is Kept.FILE and key_file is None:
        raise BadUsage(
            say(
                "新密钥也要有一个文件。",
                "The old key is in a file, so the new key must be in a file, too.",
            ),
            "partyctl rekey --key-file FILE",
        )
    key = keys.new_key(path, key_file, unlike=old)
    conversion.convert(
        path, key, new_command("rekey", Event(Act.REKEY, "", {"kept": key.mark.kept}))
    )
    tell(say(f"已换密钥：{path}", f"Under a new key: {path}"))
    print_place(key.mark, path)
    tell(
        say(
            f"以前的备份仍用旧密钥（{keys.place_of(old)}）：那些备份删除之前，不要丢掉它。",
            f"Older backups still need the old key ({keys.place_of(old)}): "
            "keep the old key as long as you keep these backups.",
        )
    )
