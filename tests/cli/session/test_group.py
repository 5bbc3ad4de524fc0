"""partyctl builds only the command that was typed; the command equals the one that Typer builds."""

import importlib
from collections.abc import Callable
from types import ModuleType

import pytest
import typer

from partyctl.cli.session import group
from partyctl.cli.session.group import command_of
from partyctl.cli.start.commands import COMMANDS, Entry
from tests.conftest import Run


def app_of(module: str) -> typer.Typer:
    found: ModuleType = importlib.import_module(f"partyctl.cli.{module}")
    app: typer.Typer = found.app
    return app


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The verbs whose commands are built during a test, such as `list` for `member list`."""
    names: list[str] = []
    real: Callable[..., typer.core.TyperCommand] = group.get_command_from_info

    def noted(info: typer.models.CommandInfo, **settings: object) -> typer.core.TyperCommand:
        command = real(info, **settings)
        names.append(command.name or "")
        return command

    monkeypatch.setattr(group, "get_command_from_info", noted)
    command_of.cache_clear()
    return names


def test_only_the_typed_verb_is_built_and_only_once(run: Run, built: list[str]) -> None:
    for _ in range(3):
        run("member list", code=66)
    assert built == ["list"]


def test_a_wrong_verb_builds_none_and_help_builds_all(run: Run, built: list[str]) -> None:
    assert "list" in run("member lsit", code=2).err
    assert built == []
    run("member --help")
    assert len(built) == len(app_of("member.commands").registered_commands)


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_a_noun_is_as_typer_builds_it(entry: Entry) -> None:
    app = app_of(entry.module)
    ours, typers = command_of(app), typer.main.get_command(app)
    below = getattr(typers, "commands", {})
    assert type(ours) is type(typers)
    assert ours.help == typers.help
    assert list(getattr(ours, "commands", {})) == list(below)
    for name, command in below.items():
        assert type(ours.commands[name]) is type(command)
        assert (ours.commands[name].name, ours.commands[name].help) == (command.name, command.help)
        assert [each.opts for each in ours.commands[name].params] == [
            each.opts for each in command.params
        ]
