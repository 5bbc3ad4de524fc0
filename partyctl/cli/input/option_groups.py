"""Let commands share a group of options: a named tuple declares each option once.

A command takes each named tuple as one parameter; `taking_options` shows the fields of the tuple to
Typer as separate options. Because the fields have names and types, readers and mypy can follow a
value from the command line to the record.
"""

import inspect
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, get_type_hints

Command = Callable[..., None]


def taking_options(command: Command) -> Command:
    """Let a command take named tuples of options; users see their fields as ordinary options."""
    own = inspect.signature(command)
    groups: dict[str, Any] = {
        name: parameter.annotation
        for name, parameter in own.parameters.items()
        if isinstance(parameter.annotation, type) and hasattr(parameter.annotation, "_fields")
    }

    @wraps(command)
    def answered(**given: Any) -> None:  # noqa: ANN401 - Typer passes what the signature below declares
        for name, group in groups.items():
            given[name] = group(**{each: given.pop(each) for each in group._fields})
        command(**given)

    parameters = list(_parameters(own, groups))
    answered.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined] # Typer reads this
    return answered


def _parameters(own: inspect.Signature, groups: dict[str, Any]) -> Iterator[inspect.Parameter]:
    for name, parameter in own.parameters.items():
        if name not in groups:
            yield parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            continue
        group = groups[name]
        hints = get_type_hints(group, include_extras=True)
        for each in group._fields:
            yield inspect.Parameter(
                each,
                inspect.Parameter.KEYWORD_ONLY,
                default=group._field_defaults.get(each, inspect.Parameter.empty),
                annotation=hints[each],
            )
