"""The expected errors: each has one sentence, one remedy, and one exit code.

Scripts and cron rely on the exit codes. The law does not know the language, so its errors contain
their texts in both languages; the language is chosen when the text is read.
"""

from typing import TYPE_CHECKING

from partyctl.language import worded

if TYPE_CHECKING:
    from partyctl.bilingual import Text

EXIT_CODES = {
    0: (
        "完成；`check`：没有逾期和不合规",
        "done; for `check`: nothing overdue and no breach",
    ),
    1: (
        "程序自己的错误：给出编号，详情在一个私有文件里，不上屏幕",
        "an internal error: a crash number; details in a private file, never on the screen",
    ),
    2: (
        "命令写法不对：不认识的词或选项，读不出的日期、月份、金额，缺少必填项",
        "wrong usage: an unknown word or option, a malformed date, month or amount, a missing fact",
    ),
    3: (
        "`check`：有逾期或不合规；batch 执行完毕但有发现；迎检材料有缺口；有单位没有报送",
        "`check`: something overdue or in breach; a batch that finished with findings; gaps in the "
        "papers for an inspection; a missing report",
    ),
    4: ("没有这条记录，或姓名有歧义", "no such record, or an ambiguous name"),
    5: (
        "不予登记：未来的日期，入党前的月份，已交足的月份，先后颠倒的日期",
        "refused: a future day, a month before joining, a month paid in full, dates out of order",
    ),
    65: (
        "文件内容不对：工作簿、台账",
        "a file with invalid content: a workbook, a ledger",
    ),
    66: ("没有这个文件，或没有台账", "a missing file or ledger"),
    69: (
        "提醒的渠道用不了；提醒留在队列里",
        "a reminder's channel is unavailable; the reminders stay queued",
    ),
    70: ("升级失败，台账恢复原样", "a migration failed and was rolled back"),
    73: ("不能写，或磁盘已满", "cannot write, or the disk is full"),
    74: ("读取出错，或台账已损坏", "a read error, or a damaged ledger"),
    75: ("台账正忙：另一个进程正在写入", "busy: another process is writing"),
    76: (
        "台账或备份与它的日志不符",
        "the ledger or a backup does not match its journal",
    ),
    77: (
        "没有权限，文件别人也能读，或密钥不对",
        "no permission, a file that others may read, or a wrong key",
    ),
    78: (
        "设置有误，或台账属于另一版本",
        "an invalid setting, or a ledger of another version",
    ),
    130: ("在键盘上取消", "cancelled at the keyboard"),
    141: ("读取输出的程序提前离开", "the program that read the output stopped early"),
}
"""The meaning of each exit code, in Chinese and English. docs/reference contains this table."""


class Remedy(str):
    """What puts an error right. The subclass says how the text is used."""

    __slots__ = ()


class Run(Remedy):
    """A whole command to run; the clerk fills in each `…`."""

    __slots__ = ()


class Again(Remedy):
    """Advice to repeat the same command with this option or argument."""

    __slots__ = ()


class Do(Remedy):
    """Advice that is not a command: how to write a value, what to ask, what to repair."""

    __slots__ = ()


def read_remedy(text: str) -> Remedy:
    """The kind of a remedy: it begins with `partyctl` (a command), with `--` or `#` (an option), or not."""
    if text.startswith("partyctl "):
        return Run(text)
    return Again(text) if text.startswith(("-", "'#")) else Do(text)


class PartyctlError(Exception):
    """The base class of all expected errors. It is not raised itself."""

    exit_code = 1

    def __init__(self, sentence: "Text", remedy: "Text | None" = None) -> None:
        super().__init__(sentence)
        self._sentence = sentence
        self._remedy = remedy

    @property
    def sentence(self) -> str:
        """What is wrong, in this run's language."""
        return worded(self._sentence)

    @property
    def remedy(self) -> Remedy | None:
        """What puts it right, in this run's language."""
        return None if self._remedy is None else read_remedy(worded(self._remedy))

    def __str__(self) -> str:
        return self.sentence


class BadUsage(PartyctlError):
    """A word, date, month or amount that cannot be read, or a missing option."""

    exit_code = 2


class NoSuchRecord(PartyctlError):
    """No record of that name or number, or an ambiguous name."""

    exit_code = 4


class Refused(PartyctlError):
    """The regulation or logic does not allow the record; nothing was written."""

    exit_code = 5


class BadInput(PartyctlError):
    """A file with invalid content, such as a workbook or a ledger."""

    exit_code = 65


class MissingInput(PartyctlError):
    """A missing file or ledger."""

    exit_code = 66


class ChannelUnavailable(PartyctlError):
    """A channel does not accept reminders at present; they stay queued."""

    exit_code = 69


class MigrationFailed(PartyctlError):
    """The ledger could not be migrated; it is unchanged."""

    exit_code = 70


class CannotWrite(PartyctlError):
    """The disk is full, or the file cannot be created."""

    exit_code = 73


class CannotRead(PartyctlError):
    """The disk failed, or the ledger is damaged."""

    exit_code = 74


class Busy(PartyctlError):
    """Another process is writing and did not finish in time."""

    exit_code = 75


class Tampered(PartyctlError):
    """A ledger or backup does not match its journal."""

    exit_code = 76


class NotPermitted(PartyctlError):
    """The operating system denies access, or a private file can be read by others."""

    exit_code = 77


class WrongVersion(PartyctlError):
    """The ledger belongs to another version of partyctl, or a setting is invalid."""

    exit_code = 78


class MistakeElsewhere(Exception):
    """An internal error in a child process: its kind, and where in the code it happened."""

    def __init__(self, kind: str, places: list[str]) -> None:
        super().__init__(kind)
        self.kind = kind
        self.places = places
