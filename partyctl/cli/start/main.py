"""The entry point: the simple forms of `check` and `dues status` run without Typer."""

import atexit
import os
import sys
from collections.abc import Sequence

from partyctl import language
from partyctl.cli.session import notices
from partyctl.cli.start import consoles, kept
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.light import NoReturn, TextIO

STANDARD_STREAMS = ("stdin", "stdout", "stderr")
READER_GONE = 141
"""The exit code that a shell reports for a process ended by SIGPIPE."""


def main(asked: kept.Question | None = None) -> None:
    """Run the command line of this process, and exit with its code.

    `asked`: the question that this process answers, or None if the answer must not be stored.
    """
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot print a character prints a similar one or its code.
        stream.reconfigure(errors=consoles.ERRORS)  # type: ignore[union-attr]  # real files
    try:
        code = answered(sys.argv[1:], asked)
    except (KeyboardInterrupt, EOFError) as error:
        code = _reported(error)
    except OSError as error:
        code = unwritten(error)
    leave(code)


def answered(args: Sequence[str], asked: kept.Question | None) -> int:
    """Run one command and return its exit code.

    If the answer may be stored, store it. Otherwise, renew the stored answers that the command made
    outdated.
    """
    if asked is not None and asked.seen is not None:
        from partyctl.cli.start import keeping
        from partyctl.ledger.file.comparison.compared import may_note

        if may_note():
            with keeping.listening() as heard:
                code = run(args)
                sys.stdout.flush()
            keeping.keep(asked, code, heard)
            return code
    code = run(args)
    sys.stdout.flush()
    writing = sys.modules.get("partyctl.ledger.answers.answers")
    if writing is not None and writing.CHANGED:
        from partyctl.cli.start import keeping

        keeping.answer_again(run)
    return code


def _reported(error: BaseException) -> int:
    """Report a failure and return its exit code."""
    from partyctl.cli.session import failures  # most commands succeed

    return failures.report(failures.explain(error))


def unwritten(error: OSError) -> int:
    """Report output that cannot be written, for example on a full disk; return the exit code.

    A pipe whose reader has ended, as in `| head`, is not reported.
    """
    if isinstance(error, BrokenPipeError):
        return READER_GONE  # `| head`
    return _reported(error)


def _open_closed_streams() -> None:
    """If a standard stream is closed, open the null device in its place, as git does.

    Some schedulers start partyctl with a closed stream, and so does a shell if the command line
    contains `>&-`. Without this function, the next file that partyctl opens would get the
    descriptor number of the stream, and partyctl's output would be written to that file.
    """
    for name in STANDARD_STREAMS:
        if getattr(sys, name) is None:
            nowhere = os.open(
                os.devnull, os.O_RDWR
            )  # os.open returns the lowest free number: the number of the closed stream
            setattr(sys, name, os.fdopen(nowhere, "r" if name == "stdin" else "w"))


def _let_go(stream: TextIO) -> None:
    """Flush a stream.

    If the stream cannot be flushed, discard its output, because Python would try to flush the
    stream again at exit, and fail.
    """
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def leave(code: int) -> NoReturn:
    """Flush the output, run the exit handlers and end the process.

    If there are no other threads and no debugger or profiler, the process ends at once. In a normal
    exit, Python first destroys every object, which takes as long as starting `check`. Ending the
    process at once is safe, because all output has been flushed and the ledger has been closed.
    """
    for stream in (sys.stdout, sys.stderr):
        _let_go(stream)
    is_watched = sys.gettrace() or sys.getprofile() or sys.flags.inspect
    threads = sys.modules.get("threading")
    if is_watched or (threads is not None and threads.active_count() > 1):
        sys.exit(code)
    atexit._run_exitfuncs()
    os._exit(code)


def _no_text() -> BadUsage:
    """Return the error for a command line that contains a NUL character."""
    return BadUsage(
        say("命令里有空字符（NUL）。", "The command contains a NUL character."),
        say("去掉这个字符再试", "run the command again without that character"),
    )


def run(args: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    try:
        language.choose(os.environ.get("PARTYCTL_LANG", ""))
        with notices.told_at_the_end():
            return _run(args)
    except BrokenPipeError:
        raise
    except Exception as error:  # without this, an error in a notice would print a traceback
        return _reported(error)


def _run(args: Sequence[str]) -> int:
    try:
        if any("\0" in arg for arg in args):
            raise _no_text()
        if "--help" in args:
            from partyctl.cli.start import front_page

            if front_page.is_asked(list(args)):
                front_page.show()
                return 0
        from partyctl.cli.start import shortcut

        if (errand := shortcut.errand(list(args))) is not None:
            return errand.run()
        from partyctl.cli.start import program  # importing Typer takes longer than `check` itself

        return program.run(args)
    except BrokenPipeError:
        raise
    except Exception as error:  # the last resort: users never see a traceback
        return _reported(error)
