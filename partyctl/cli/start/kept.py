"""Find a stored answer without importing `partyctl.law`.

This module imports little more than SQLite.

Some users put `check` into their shell prompt, which then runs the command after every line. The
answer of `check` stays the same as long as the ledger, the program and the day do not change.
`keeping` stores the answer in the ledger as it was printed; `kept` returns the stored answer if
exactly the same question is asked again, for the same kind of output. If `kept` is not certain that
a stored answer is still right, `kept` ignores the answer, and the command computes a new answer
(docs/decisions/009).
"""

import os
import sys
import time

from partyctl.ledger.answers import program
from partyctl.ledger.file import places, untouched

TYPE_CHECKING = False  # importing `typing` would take a tenth of the time of an answer
if TYPE_CHECKING:
    from sqlite3 import Connection

CHINA_SECONDS = 8 * 3600
STALE_SECONDS = 3 * 24 * 3600
"""If reminders have not run for this long, a notice is printed after the answer. The value is the
same as `reminder_state.STALE`."""

CHECK, STATUS, GLANCE = "check", "status", ""
"""The commands whose answers are stored. The empty text means `partyctl` without a command."""

GLOBALS = ("--ledger", "--branch")
FLAGS = {CHECK: ("--all", "--strict", "--json"), STATUS: ("--json",), GLANCE: ()}
VALUES = {
    CHECK: (*GLOBALS, "--month", "--period", "--as-of", "--area", "--rule", "--by"),
    STATUS: (*GLOBALS, "--as-of"),
    GLANCE: GLOBALS,
}
MAY_STAND_ALONE = "--month"

PARTS = 4
BETWEEN, WITHIN = "\x1f", "\x1e"
"""`BETWEEN` separates the parts of a stored question; `WITHIN` follows each word of a part. The
words themselves never contain these two characters."""

SCREEN = (
    "TERM",
    "COLORTERM",
    "NO_COLOR",
    "FORCE_COLOR",
    "COLUMNS",
    "LINES",
    "JUPYTER_COLUMNS",
    "JUPYTER_LINES",
    "TTY_COMPATIBLE",
    "TTY_INTERACTIVE",
)
"""The environment variables that affect how an answer looks on a terminal."""

PLAIN = untouched.PLAIN.hex()

FIND = """
SELECT code, said, (SELECT count(*) FROM reminder_digest WHERE state = 'dead'),
    (SELECT scheduled_at FROM reminder_run)
FROM answer WHERE question = ? AND day = ? AND program = ? AND said IS NOT NULL
    AND head = (SELECT hash FROM journal_entry ORDER BY seq DESC LIMIT 1)
"""


class Question:
    """A question: its words, its ledger, the kind of output, the day, and the digest of the program.

    `seen` is the state of the ledger's file when the question is asked. `seen` is None, and no answer
    is stored, if this user has never written to a ledger, or if the state of the file is unknown, for
    example during a write. The digest of the program is computed only if `seen` is not None.
    """

    def __init__(self, args: list[str], ledger: str, where: list[str]) -> None:
        self.args = args
        self.ledger = ledger
        self.where = where
        parts = (args, [ledger], where, _backups(args, ledger))
        self.text = BETWEEN.join("".join(word + WITHIN for word in part) for part in parts)
        self.day = today()
        try:
            self.seen = untouched.look_at(ledger) if os.path.exists(places.heads()) else None
        except OSError:
            self.seen = None
        self.program = program.digest_of_program() if self.seen else ""


def question(args: list[str]) -> Question | None:
    """Return the question that the arguments ask, or None if its answer must not be stored."""
    ledger = ledger_of(args)
    if ledger is None or not ledger.isprintable() or os.name != "posix":
        return None
    if sys.stdout is None or sys.stderr is None:
        return None
    try:
        return Question(args, ledger, where_to())
    except Exception:  # the command itself will report the problem
        return None


def ledger_of(args: list[str]) -> str | None:
    """Return the path of the ledger that a question is about.

    Return None if the arguments are not a command line whose answer is stored.
    """
    command = next((each for each in args if each in (CHECK, STATUS)), GLANCE)
    before, after = args, []
    if command:
        place = args.index(command)
        before, after = args[:place], args[place + 1 :]
    named: list[str] = []
    if not all(each.isprintable() for each in args):
        return None
    if not _is_plain(before, (), GLOBALS, named):
        return None
    if command and not _is_plain(after, FLAGS[command], VALUES[command], named):
        return None
    if len(named) > 1:
        return None
    return named[0] if named else os.environ.get("PARTYCTL_LEDGER") or places.default_ledger()


def _is_plain(
    args: list[str], flags: tuple[str, ...], values: tuple[str, ...], named: list[str]
) -> bool:
    """Whether all arguments are among the given options, each with a value if it needs one.

    `flags`: the options without a value. `values`: the options with a value. Each path that is
    given with --ledger is appended to the list `named`.
    """
    remaining = list(reversed(args))
    while remaining:
        arg = remaining.pop()
        name, equals, value = arg.partition("=")
        if arg in flags:
            continue
        if not equals and name in values:
            stands_alone = not remaining or remaining[-1].startswith("-")
            if stands_alone and name == MAY_STAND_ALONE:
                continue
            value = "" if stands_alone else remaining.pop()
        if name not in values or not value:
            return False
        if name == "--ledger":
            named.append(value)
    return True


def today() -> str:
    """Return today's date, computed as in `input.dates`."""
    if os.environ.get("PARTYCTL_TZ"):
        from partyctl.cli.input import dates

        return dates.today().isoformat()
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() + CHINA_SECONDS))


def where_to() -> list[str]:
    """Describe this process's output: language, encoding, and the terminal if there is one."""
    language = "en" if os.environ.get("PARTYCTL_LANG", "").lower().startswith("en") else ""
    if not sys.stdout.isatty():
        return [language, sys.stdout.encoding]
    return [language, sys.stdout.encoding, *screen()]


def screen() -> list[str]:
    """Describe the terminal: its size and its environment variables."""
    sizes = [_size_of(descriptor) for descriptor in (0, 1, 2)]
    return [*sizes, *(repr(os.environ.get(name)) for name in SCREEN)]


def _size_of(descriptor: int) -> str:
    try:
        return "x".join(map(str, os.get_terminal_size(descriptor)))
    except OSError:
        return ""


def _backups(args: list[str], ledger: str) -> list[str]:
    """Return the state of the backups, or an empty list for `check`, which does not need it."""
    if CHECK in args:
        return []
    folder = os.path.join(os.path.dirname(ledger), "backups")
    try:
        changed = os.stat(folder).st_mtime_ns
        with os.scandir(folder) as found:
            moments = [
                each.name[7:23]
                for each in found
                if each.name.startswith("ledger-") and each.is_file(follow_symlinks=False)
            ]
    except OSError:
        return []
    day, clock = time.strftime("%Y%m%d %H%M%S", time.gmtime()).split()
    newest = max(moments, default="")
    return [str(changed), newest, day, str(clock >= newest[9:15])]


def answer(asked: Question) -> tuple[int, bytes] | None:
    """Return the exit code and output of a stored answer.

    Return None if no answer is stored, if it may be outdated, or if a notice must follow it.
    """
    try:
        if asked.seen is None or untouched.noted(asked.ledger) != asked.seen:
            return None
        row = _row(asked)
        if row is None or row[2] or _is_stale(row[3]):
            return None
        from zlib import decompress

        return row[0], decompress(row[1])
    except Exception:  # the command itself will answer, or report the problem
        return None


def _row(asked: Question) -> tuple[int, bytes, int, str | None] | None:
    ledger = _opened(asked)
    if ledger is None:
        return None
    try:
        found: tuple[int, bytes, int, str | None] | None
        found = ledger.execute(FIND, (asked.text, asked.day, asked.program)).fetchone()
        return found
    finally:
        ledger.close()


def _opened(asked: Question) -> "Connection | None":
    """Open the ledger. Return None if the ledger's key is in the keyring or must be typed.

    The ledger's schema need not be checked: it was checked when the answer was computed, and no
    other program has changed the file since.
    """
    if PLAIN not in str(asked.seen):
        from pathlib import Path

        from partyctl.ledger.file.connecting import connect, opens_unasked

        path = Path(asked.ledger)
        return connect(path, "ro", seconds=0) if opens_unasked(path) else None
    from sqlite3 import connect as connect_plainly

    escaped = os.path.abspath(asked.ledger)
    for sign in "%?#":
        escaped = escaped.replace(sign, f"%{ord(sign):02x}")
    return connect_plainly(f"file:{escaped}?mode=ro", uri=True, timeout=0, isolation_level=None)


def _is_stale(scheduled_at: str | None) -> bool:
    """Whether more than STALE_SECONDS minus one minute have passed since the last scheduled run.

    If no run is recorded, return false. `scheduled_at` is in UTC.
    """
    if scheduled_at is None:
        return False
    limit = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() - STALE_SECONDS + 60))
    return scheduled_at[:19] < limit


def say(code: int, said: bytes) -> None:
    """Print a stored answer and end the process. Raises OSError if the answer cannot be printed."""
    sys.stdout.buffer.write(said)
    sys.stdout.flush()
    if sys.gettrace() or sys.getprofile() or sys.flags.inspect:
        sys.exit(code)
    os._exit(code)
