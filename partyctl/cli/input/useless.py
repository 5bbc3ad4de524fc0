"""Refuse options that would have no effect."""

from partyctl.errors import BadUsage
from partyctl.language import comma_list, say


def refuse_beside(option: str, **given: object) -> None:
    """Raise BadUsage if options are given that have no effect together with another option.

    `given`: the values of the options, keyed by their names without the first hyphens.
    """
    if named := _named(given):
        raise BadUsage(
            say(f"写了 {option}，{named} 不起作用。", f"With {option}, {named} would be ignored."),
            say(f"去掉 {named}", f"leave out {named}"),
        )


def refuse_without(option: str, **given: object) -> None:
    """Raise BadUsage if options are given that have no effect without another option.

    `given`: as in `refuse_beside`. Call this only if the other option is not given.
    """
    if named := _named(given):
        raise BadUsage(
            say(
                f"不写 {option}，{named} 不起作用。", f"Without {option}, {named} would be ignored."
            ),
            say(f"去掉 {named}，或写上 {option}", f"leave out {named}, or add {option}"),
        )


def _named(given: dict[str, object]) -> str:
    """Return the names of the options that are given, as a list in words."""
    return comma_list(
        f"--{name.strip('_').replace('_', '-')}"
        for name, value in given.items()
        if value is not None and value is not False
    )
