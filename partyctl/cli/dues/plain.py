"""The options of `dues status` that `cli.start.shortcut` can read without Typer."""

from partyctl.cli.dues.status import Asked, answer
from partyctl.cli.input.dates import read_day, read_month, read_year

__all__ = ["FLAGS", "VALUES", "Asked", "answer", "filled"]

FLAGS = {"--unpaid": "only_unpaid", "--json": "as_json"}
VALUES = {
    "--month": ("month", read_month),
    "--year": ("year", read_year),
    "--member": ("member", str),
    "--as-of": ("as_of", read_day),
}

filled = list
