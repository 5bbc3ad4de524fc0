"""The man pages, written from the same values as the reference."""

from collections.abc import Iterator

from partyctl import __version__
from partyctl.language import say, worded
from scripts.reference.exit_codes import EXIT_CODES
from scripts.reference.markdown import ENVIRONMENT, codes, listed, told
from scripts.reference.raised import AT_ANY_TIME
from scripts.reference.tree import Command, Noun, Parameter


def name_of(noun: Noun) -> str:
    """The page's name, such as partyctl or partyctl-meeting."""
    return noun.name if noun.name == "partyctl" else f"partyctl-{noun.name}"


def man_page(noun: Noun, every: list[Noun]) -> str:
    """The man page of a noun, or of `partyctl` itself."""
    name = name_of(noun)
    lines = [
        '.\\" Written by make reference.',
        f'.TH {name.upper()} 1 "" "partyctl {__version__}" "partyctl"',
        f".SH {say('名称', 'NAME')}",
        f"{plain(name)} \\- {plain(noun.told)}",
        f".SH {say('概要', 'SYNOPSIS')}",
    ]
    for command in noun.commands:
        lines += [
            bold(command.typed),
            plain(command.usage.removeprefix(command.typed).strip()),
            ".br",
        ]
    lines.pop()
    if noun.name == "partyctl":
        lines += _nouns(every)
        lines += [f".SH {say('选项', 'OPTIONS')}"]
        for parameter in noun.commands[0].options:
            lines += _parameter(parameter)
        lines += _environment()
    else:
        lines += [f".SH {say('说明', 'DESCRIPTION')}"]
        for command in noun.commands:
            lines += _command(command)
    lines += _codes(noun)
    lines += [f".SH {say('参见', 'SEE ALSO')}", _see_also(noun, every)]
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """Text escaped for roff, so that roff reads no part of it as a command."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "")
    return f"\\&{text}" if text[:1] in (".", "'") else text


def bold(text: str) -> str:
    """A line in bold."""
    quoted = plain(text).replace('"', '""')
    return f'.B "{quoted}"'


def _command(command: Command) -> Iterator[str]:
    yield f'.SS "{plain(command.typed)}"'
    yield plain(command.told)
    for parameter in (*command.arguments, *command.options):
        yield from _parameter(parameter)
    yield from (".PP", say("例：", "Example:"), ".PP", ".nf", ".RS 4")
    yield from (plain(line) for line in command.example)
    yield from (".RE", ".fi")


def _parameter(parameter: Parameter) -> Iterator[str]:
    yield from (".TP", bold(parameter.shown), plain(told(parameter)) or "\\&")
    if parameter.words:
        yield from (".br", plain(listed(parameter)))


def _nouns(every: list[Noun]) -> Iterator[str]:
    yield f".SH {say('命令', 'COMMANDS')}"
    for noun in every[1:]:
        yield from (".TP", f".BR {plain(name_of(noun))} (1)", plain(noun.told))


def _environment() -> Iterator[str]:
    yield f".SH {say('环境变量', 'ENVIRONMENT')}"
    for name, words in ENVIRONMENT.items():
        yield from (".TP", bold(name), plain(say(*words)))


def _codes(noun: Noun) -> Iterator[str]:
    yield f".SH {say('退出码', 'EXIT STATUS')}"
    shown = dict(codes(noun))
    every = EXIT_CODES if noun.name == "partyctl" else {*shown, *AT_ANY_TIME}
    for code in sorted(every):
        yield from (".TP", bold(str(code)), plain(worded(EXIT_CODES[code])))
        if (whose := shown.get(code)) and len(noun.commands) > 1:
            yield from (".br", plain(whose))


def _see_also(noun: Noun, every: list[Noun]) -> str:
    if noun.name != "partyctl":
        return ".BR partyctl (1)"
    return "\n".join(
        f".BR {plain(name_of(each))} (1){',' * (each is not every[-1])}" for each in every[1:]
    )
