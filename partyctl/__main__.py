"""The entry point of `partyctl` and `python -m partyctl`; completion is answered without loading more."""

import os


def main() -> None:
    """Answer a shell's TAB, or run the command line."""
    if "PARTYCTL_COMPLETE" in os.environ:
        # Loading the whole command line would take longer than a user waits after TAB.
        from partyctl.cli.completion.answering import answer

        answer()
        return
    from partyctl.cli.start.main import main as run

    run()


if __name__ == "__main__":
    main()
