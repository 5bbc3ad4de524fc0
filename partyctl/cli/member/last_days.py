"""Tell the clerk that the last day of a term or of a period away was not changed."""

from datetime import date

from partyctl.cli.output.answers import tell
from partyctl.language import say


def tell_of_kept_day(name: str, typed: date | None, recorded: date | None) -> None:
    """If no last day was typed, but a last day is recorded, say that the recorded day stays."""
    if typed is None and recorded is not None:
        hint = say(
            f"注意：没写 --to，{name}已登记的最后一天 {recorded} 不变；没有期限的，写 --to 无。",
            f"Note: without --to, the recorded last day of {name}, {recorded}, stays; "
            "write --to none for no last day.",
        )
        tell(hint, err=True)
