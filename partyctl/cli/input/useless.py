"""Refuse options that would have no effect."""

from partyctl.errors import BadUsage
from partyctl.language import comma_list, say


def refuse_beside(option: str, **given: object) -> None:
    """Raise BadUsage if options are given that have no effect beside another option.

    `given`: the values of the options, keyed by their names without the first hyphens.
    """
    useless = [
        f"--{name.strip('_').replace('_', '-')}"
        for name, value in given.items()
        if value is not None and value is not False
    ]
    if useless:
        named = comma_list(useless)
        raise BadUsage(
            say(f"写了 {option}，{named} 不起作用。", f"With {option}, {named} would be ignored."),
            say(f"去掉 {named}", f"leave out {named}"),
        )
