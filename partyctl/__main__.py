"""Start partyctl. A shell completion or a stored answer is printed without loading the whole program."""

import gc
import os
import sys


def main() -> None:
    """Answer a shell's request for completion, print a stored answer, or run the command line."""
    # Turn off Python's garbage collector. It would run many times while modules are imported, and
    # find nothing; a command that writes would take a tenth longer to start.
    gc.disable()
    if "PARTYCTL_COMPLETE" in os.environ:
        # Loading the whole program would make the user wait after pressing TAB.
        from partyctl.cli.completion.answering import answer

        answer()
        return
    from partyctl.cli.start import kept

    asked = kept.question(sys.argv[1:])
    if asked is not None and (found := kept.answer(asked)) is not None:
        try:
            kept.say(*found)
        except OSError as error:
            from partyctl.cli.start.main import leave, unwritten

            leave(unwritten(error))
    from partyctl.cli.start.main import main as run

    run(asked)


if __name__ == "__main__":
    main()
