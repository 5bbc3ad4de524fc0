"""Messages after a ledger has been created, and advice for a user who has no ledger yet."""

from datetime import date
from pathlib import Path

from partyctl.cli.output.answers import tell
from partyctl.language import say
from partyctl.ledger.file import unsafe_folders
from partyctl.text import printable


def next_people() -> str:
    """Return the command that enters the first people."""
    return say("partyctl member add 姓名 --joined 入党日期", "partyctl member add")


def started(path: Path, organ: str, branch: str, since: date) -> None:
    """Say that a ledger was created, and which data must not be stored in it."""
    tell(
        say(
            f"已建立台账 {path}（{organ}，{branch}，{since} 起）",
            f"Ledger started: {path}",
        )
    )
    tell(
        say(
            "注意：本台账不得录入国家秘密和工作秘密；个人信息只录工作必需的。",
            "Note: enter no state secrets and no work secrets in the ledger, and only the "
            "personal data that you need.",
        )
    )
    for warning in unsafe_folders.warnings_of(path):
        tell(say(f"注意：{warning}", f"Note: {warning}"), err=True)


def without_ledger(path: Path) -> list[str]:
    """Return five lines of advice for a user who has no ledger yet."""
    shown = printable(str(path))
    return [
        say(f"还没有台账：{shown}", f"There is no ledger yet: {shown}"),
        say(
            "1. 建立台账：partyctl init（在终端上逐项询问，最后确认才写入）",
            "1. Start a ledger: partyctl init (it asks on a terminal, and writes nothing "
            "before you confirm)",
        ),
        say(
            "2. 录入党员：partyctl member add 姓名 --joined 入党日期，或 partyctl member import "
            "名册.xlsx",
            "2. Enter the members: partyctl member add NAME --joined DATE, or partyctl member "
            "import "
            "ROSTER.xlsx",
        ),
        say(
            "3. 看该办什么：partyctl check；全部命令：partyctl --help",
            "3. See the duties: partyctl check. All commands: partyctl --help",
        ),
        say(
            "台账在别处的：partyctl --ledger 文件 …，或设 PARTYCTL_LEDGER；用备份恢复：partyctl "
            "restore 文件",
            "For another ledger: partyctl --ledger FILE …, or set PARTYCTL_LEDGER. From a "
            "backup: partyctl "
            "restore FILE",
        ),
    ]
