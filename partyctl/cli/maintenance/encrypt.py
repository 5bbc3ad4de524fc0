"""`partyctl encrypt`: encrypt a ledger."""

import shlex
from pathlib import Path

from partyctl.cli.maintenance.key_options import KeyFile, print_place, require
from partyctl.cli.output.answers import tell
from partyctl.cli.session import current
from partyctl.cli.session.group import verb
from partyctl.language import say
from partyctl.ledger.file import keys

app = verb()


@app.command(
    help=say(
        "加密台账（AES-256；不提供国密 SM4，未经国密认证）",
        "Encrypt the ledger (AES-256; not the Chinese standard SM4, not accredited)",
    )
)
def encrypt(key_file: KeyFile = None) -> None:
    """Encrypt the ledger; the unencrypted file is overwritten if possible, and deleted."""
    from partyctl.ledger.journal.acts import Act
    from partyctl.ledger.journal.commands import Event, new_command
    from partyctl.ledger.maintenance import conversion

    path = current.ledger_path()
    require(path, encrypted=False)
    key = keys.new_key(path, key_file)
    done = Event(Act.ENCRYPT, "", {"kept": key.mark.kept})
    overwritten = conversion.convert(path, key, new_command("encrypt", done))
    tell(say(f"台账已加密：{path}", f"Encrypted: {path}"))
    print_place(key.mark, path)
    _print_remains(conversion.plain_copies(path), overwritten=overwritten)


def _print_remains(copies: list[Path], *, overwritten: bool) -> None:
    """Say what happened to the unencrypted file, and how to delete the copies that were found."""
    said = say("已用零覆盖并删除", "overwritten with zeros and deleted")
    if not overwritten:
        said = say("已删除，但没能覆盖", "deleted, but could not be overwritten")
    tell(
        say(
            f"原来的明文文件{said}。固态硬盘和某些文件系统仍可能留有旧数据。",
            f"The unencrypted file was {said}. An SSD and some file systems may still have "
            "the old data.",
        ),
        err=True,
    )
    if copies:
        tell(
            say(
                f"还有 {len(copies)} 个明文副本，没有密钥也能读：{copies[0].parent} 等处。"
                "先做一次新备份（partyctl backup），再删除：",
                f"{len(copies)} unencrypted copies can still be read without the key. Make "
                "a new backup (partyctl backup), then delete the unencrypted copies:",
            ),
            err=True,
        )
        for copy in copies:
            tell(f"  rm {shlex.quote(str(copy))}", err=True)
