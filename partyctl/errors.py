"""What can go wrong: one sentence, one command that puts it right, one exit code each.

The codes are the contract that scripts and cron rely on; the README prints this table.
"""


class Remedy(str):
    """What puts an error right, as it is printed: text that knows what is to be done with it."""

    __slots__ = ()


class Run(Remedy):
    """A whole command to run; `…` stands for what the clerk fills in."""

    __slots__ = ()


class Again(Remedy):
    """The same command again, with this option or argument."""

    __slots__ = ()


class Do(Remedy):
    """Something that is no command: how to write a value, what to ask, what to mend."""

    __slots__ = ()


def read_remedy(text: str) -> Remedy:
    """A remedy by what it begins with: `partyctl` a command, `--` or `#` an option or argument."""
    if text.startswith("partyctl "):
        return Run(text)
    return Again(text) if text.startswith(("-", "'#")) else Do(text)


class PartyctlError(Exception):
    """The clerk's request cannot be carried out; not raised directly."""

    exit_code = 1

    def __init__(self, sentence: str, remedy: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = None if remedy is None else read_remedy(remedy)


class BadUsage(PartyctlError):
    """A word, date, month or amount that cannot be read, or a fact that is missing."""

    exit_code = 2


class NoSuchRecord(PartyctlError):
    """Nobody, or nothing, of that name or number; or more than one."""

    exit_code = 4


class Refused(PartyctlError):
    """The regulation, or plain sense, forbids the record; nothing was written."""

    exit_code = 5


class BadInput(PartyctlError):
    """A file that is not what it should be: a workbook, or a ledger."""

    exit_code = 65


class MissingInput(PartyctlError):
    """A file or a ledger that is not there."""

    exit_code = 66


class ChannelUnavailable(PartyctlError):
    """A reminder's channel does not take it now; the reminders stay queued."""

    exit_code = 69


class MigrationFailed(PartyctlError):
    """The ledger could not be brought to this version; it is as it was."""

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
    """The ledger, or a backup, is not what its journal says."""

    exit_code = 76


class NotPermitted(PartyctlError):
    """The operating system forbids it: owner, mode or mount."""

    exit_code = 77


class WrongVersion(PartyctlError):
    """The ledger belongs to another version of partyctl, or a setting makes no sense."""

    exit_code = 78


class MistakeElsewhere(Exception):
    """A mistake of ours in a process that we started: its kind and the places in the code."""

    def __init__(self, kind: str, places: list[str]) -> None:
        super().__init__(kind)
        self.kind = kind
        self.places = places
