"""`partyctl`, and `python -m partyctl`: a shell that asks what may come next is answered at once."""

import os


def main() -> None:
    """Answer a shell's TAB, or run the command line."""
    if "PARTYCTL_COMPLETE" in os.environ:
        # The command line itself would take longer to load than somebody waits after TAB.
        from partyctl.cli.completion.answering import answer

        answer()
        return
    from partyctl.cli.start.main import main as run

    run()


if __name__ == "__main__":
    main()
