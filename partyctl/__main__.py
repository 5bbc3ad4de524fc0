"""`python -m partyctl`."""

from partyctl.cli.start.main import main

if __name__ == "__main__":
    main()
