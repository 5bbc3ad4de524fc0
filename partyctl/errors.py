"""The expected errors: each has one sentence and one exit code, and nearly all have a remedy.

Scripts and cron rely on the exit codes. The package `law` does not know which language this run
uses, so its errors contain texts in both languages. The language is chosen when the text of an
error is read.
"""

from partyctl.language import worded
from partyctl.light import TYPE_CHECKING

if TYPE_CHECKING:
    from partyctl.bilingual import Text


FOUND = 3
"""The exit code of a command that worked, and found something overdue, wrong or missing."""


class Remedy(str):
    """Text that tells the clerk how to correct an error. Each subclass is one kind of remedy."""

    __slots__ = ()


class Run(Remedy):
    """A whole command to run; the clerk fills in each `…`."""

    __slots__ = ()


class Again(Remedy):
    """Advice to repeat the same command with the given option or argument."""

    __slots__ = ()


class Do(Remedy):
    """Advice that is not a command, for example how to write a value or what to repair."""

    __slots__ = ()


def read_remedy(text: str) -> Remedy:
    """Choose the kind of a remedy by the first characters of its text.

    A remedy that begins with `partyctl` is a whole command. A remedy that begins with `-` is an
    option, and a remedy that begins with `'#` is an argument (a record's number). Any other remedy
    is advice.
    """
    if text.startswith("partyctl "):
        return Run(text)
    return Again(text) if text.startswith(("-", "'#")) else Do(text)


class PartyctlError(Exception):
    """The base class of all expected errors. This class itself is never raised."""

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
        """How to correct the error, in this run's language."""
        return None if self._remedy is None else read_remedy(worded(self._remedy))

    def __str__(self) -> str:
        return self.sentence


class BadUsage(PartyctlError):
    """A word, date, month or amount that cannot be read, or a missing option."""

    exit_code = 2


class NoSuchRecord(PartyctlError):
    """No record has the given name or number, or several records have the name."""

    exit_code = 4


class Refused(PartyctlError):
    """The command breaks a rule or contradicts the records; nothing was written."""

    exit_code = 5


class BadInput(PartyctlError):
    """A file with invalid content, such as a workbook or a ledger."""

    exit_code = 65


class MissingInput(PartyctlError):
    """A missing file, folder or ledger, or a question that was not answered."""

    exit_code = 66


class ChannelUnavailable(PartyctlError):
    """A reminder channel, or the Dask cluster given to `rollup compute`, does not answer.

    Reminders that were not sent stay queued.
    """

    exit_code = 69


class MigrationFailed(PartyctlError):
    """The ledger could not be migrated; it is unchanged."""

    exit_code = 70


class CannotWrite(PartyctlError):
    """The disk is full, or a file or the crontab cannot be written."""

    exit_code = 73


class CannotRead(PartyctlError):
    """The disk failed, or the ledger, a backup or another file is damaged."""

    exit_code = 74


class Busy(PartyctlError):
    """Another process is using the ledger, or has just changed it."""

    exit_code = 75


class Tampered(PartyctlError):
    """A ledger or backup contains something that partyctl did not write."""

    exit_code = 76


class NotPermitted(PartyctlError):
    """Access is denied, the key is wrong or missing, or a private file can be read by others."""

    exit_code = 77


class WrongVersion(PartyctlError):
    """A file belongs to another version, a program is not installed, or a setting is invalid."""

    exit_code = 78


class MistakeElsewhere(Exception):
    """An internal error in a child process.

    `kind` is the type of the internal error, and `places` are the places in the code where the
    child process raised the error.
    """

    def __init__(self, kind: str, places: list[str]) -> None:
        super().__init__(kind)
        self.kind = kind
        self.places = places
