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
    command = new_command("encrypt", Event(Act.ENCRYPT, "", {"kept": key.mark.kept}))
    overwritten = conversion.convert(path, key, command)
    tell(say(f"台账已加密：{path}", f"Encrypted: {path}"))
    print_place(key.mark, path)
    _print_fate(overwritten=overwritten)
    plain = conversion.plain_copies(path, command.head.ledger if command.head else None)
    _print_copies(plain.copies)
    _print_unknown(plain.unknown)


def _print_fate(*, overwritten: bool) -> None:
    """Say what happened to the unencrypted file."""
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


def _print_copies(copies: list[Path]) -> None:
    """Say which unencrypted copies of the ledger were found, and how to delete them."""
    if not copies:
        return
    tell(
        say(
            f"这本台账还有 {len(copies)} 个明文副本，没有密钥也能读。"
            "先做一次新备份（partyctl backup），再删除：",
            "Unencrypted copies of this ledger can still be read without the key "
            f"({len(copies)}). Make a new backup (partyctl backup), then delete the copies:",
        ),
        err=True,
    )
    for copy in copies:
        tell(f"  rm {shlex.quote(str(copy))}", err=True)


def _print_unknown(files: list[Path]) -> None:
    """Name unencrypted files that may be copies of this ledger; print no command to delete them."""
    for each in files:
        tell(
            say(
                f"{each} 没有加密，但读不出是哪本台账：请自己看是不是这本台账的副本。",
                f"{each} is not encrypted, but partyctl cannot read which ledger is in it: find out "
                "yourself whether the file is a copy of this ledger.",
            ),
            err=True,
        )
