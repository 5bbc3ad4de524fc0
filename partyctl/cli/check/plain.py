"""The options of `check` that `cli.start.shortcut` can read without Typer."""

from partyctl.cli.check.answering import (
    Asked,
    answer,
    read_area,
    read_arrangement,
    read_running_month,
    with_running_month,
)
from partyctl.cli.input.dates import read_day, read_period

__all__ = ["FLAGS", "VALUES", "Asked", "answer", "filled"]

FLAGS = {"--all": "everything", "--strict": "strict", "--json": "as_json"}
VALUES = {
    "--month": ("month", read_running_month),
    "--period": ("period", read_period),
    "--as-of": ("as_of", read_day),
    "--area": ("area", read_area),
    "--rule": ("rule", str),
    "--by": ("by", read_arrangement),
}

filled = with_running_month
