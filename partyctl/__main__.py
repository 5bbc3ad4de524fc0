"""`python -m partyctl`."""

from partyctl.cli.main import main

if __name__ == "__main__":
    main()
