"""Read the settings file of the reminders, and refuse what would be ignored or cannot be used.

Every error names the line, the setting and a valid value.
"""

import os
import re
from pathlib import Path
from shlex import quote
from typing import Any

from partyctl.errors import BadInput, WrongVersion
from partyctl.language import say
from partyctl.ledger.file import handed_in
from partyctl.ledger.file.files import require_private
from partyctl.reminders import values
from partyctl.reminders.fields import fields_in
from partyctl.reminders.settings import (
    PLAIN,
    SCREEN,
    SCREEN_CHANNEL,
    Channel,
    Format,
    Kind,
    Security,
    Settings,
    default_place,
)
from partyctl.reminders.values import Invalid, Keys, example_line


def read(place: Path) -> Settings:
    """Read the settings. If there is no file, return the default settings (PLAIN).

    Raises WrongVersion if the settings are invalid, and NotPermitted if the file belongs to another
    user, or if other users can read or change it.
    """
    if not os.path.lexists(place):
        return PLAIN
    try:
        require_private(place, say("提醒设置", "the reminders' settings"))
        text = handed_in.read_text(place)
    except BadInput as error:
        as_text = say("存成 UTF-8 的文本文件", "save the settings as a text file in UTF-8")
        raise _senseless(place, "", error.sentence.rstrip("。."), as_text) from None
    try:
        return _settings(handed_in.parsed_toml(text), place.parent)
    except Invalid as error:
        where, advice = _told(text, error)
        raise _senseless(place, where, str(error), advice) from None
    except ValueError as error:
        raise _senseless(place, "", str(error), _correct_toml(text, str(error))) from None


def _senseless(place: Path, where: str, why: str, advice: str) -> WrongVersion:
    """Return the error for invalid settings.

    `where`: the line. `advice`: how to correct the settings; the remedy is this advice, followed by
    the command that checks the settings again.
    """
    config = "" if place == default_place() else f" --config {quote(str(place))}"
    return WrongVersion(
        say(f"提醒设置 {place} {where}读不通：{why}。", f"{place}{where} is not valid: {why}."),
        say(
            f"{advice}，再运行：partyctl remind status{config}",
            f"{advice}; then run: partyctl remind status{config}",
        ),
    )


def _told(text: str, error: Invalid) -> tuple[str, str]:
    """Return two texts: in which line the error is, and how to correct it."""
    from partyctl.reminders.settings_lines import line_of

    found, line = line_of(text, error.keys), error.instead
    if found is None:
        return "", say("改正提醒设置", "correct the settings")
    number = found.number
    where = say(f"第 {number} 行", f", line {number},")
    if line is None:
        return where, say(f"改正或删去第 {number} 行", f"correct or delete line {number}")
    if found.is_above:
        return where, say(f"第 {number} 行下面加上 {line}", f"below line {number}, add {line}")
    return where, say(f"第 {number} 行改成 {line}", f"in line {number}, write {line}")


def _correct_toml(text: str, why: str) -> str:
    """Say how to correct a line that is not TOML."""
    place = re.search(r"(?:line|第) (\d+)", why)
    number = int(place[1]) if place else text.rstrip().count("\n") + 1
    return say(
        f'第 {number} 行写成 名 = "文字"、port = 587、名 = true 或 [channels.mail] 这样',
        f'write line {number} like one of these: name = "text", port = 587, name = true, '
        "[channels.mail]",
    )


def _settings(told: dict[str, Any], folder: Path) -> Settings:
    values.require_known((), told, ("channels", "recipients", "fields"))
    channels = {SCREEN: SCREEN_CHANNEL}
    for name in (named := values.table(told, ("channels",), "[channels.…]")):
        keys = ("channels", name)
        own = values.table(named, keys, f"[channels.{values.key(name)}]")
        channels[name] = _channel(keys, own, folder)
    people = values.table(told, ("recipients",), "[recipients.…]")
    recipients = {who: _routes(who, people, channels) for who in people}
    return Settings(channels, recipients, fields_in(told))


OPTIONS = {
    Kind.STDOUT: (),
    Kind.FILE: ("folder", "format"),
    Kind.DESKTOP: ("folder",),
    Kind.MAIL: ("server", "port", "security", "user", "from", "secret_file"),
    Kind.CHAT: ("secret_file",),
}
"""The settings that each kind of channel has."""


def _channel(keys: Keys, given: dict[str, Any], folder: Path) -> Channel:
    name = keys[-1]
    kind = values.word(keys, given, "kind", Kind)
    values.require_known(keys, given, ("kind", *OPTIONS[kind]))
    if name == SCREEN and kind is not Kind.STDOUT:
        why = say(
            f"渠道 {SCREEN} 是屏幕，{kind} 渠道要用别的名字",
            f"the channel {SCREEN} is the screen, so the channel of kind {kind} needs another name",
        )
        raise Invalid(why, keys, f"[channels.{kind}]")
    if kind is Kind.MAIL:
        _require_mail(keys, given)
    if kind is Kind.FILE and not given.get("folder"):
        raise Invalid(
            say(f"{name} 缺少 folder", f"{name} needs a folder"),
            (*keys, "folder"),
            example_line("folder"),
        )
    return Channel(
        name,
        kind,
        folder=values.path_in(keys, given, "folder", folder),
        markdown=values.word(keys, given, "format", Format, Format.HTML) is Format.MARKDOWN,
        server=values.text(keys, given, "server"),
        port=given.get("port"),
        security=values.word(keys, given, "security", Security, Security.STARTTLS),
        user=values.text(keys, given, "user"),
        sender=values.text(keys, given, "from"),
        secret_file=values.path_in(keys, given, "secret_file", folder),
    )


def _require_mail(keys: Keys, given: dict[str, Any]) -> None:
    """Refuse settings of a mail channel that are missing, invalid, or would be ignored."""
    name = keys[-1]
    for option in ("server", "from"):
        if not values.text(keys, given, option):
            why = say(f"{name} 缺少 server 或 from", f"{name} needs server and from")
            raise Invalid(why, (*keys, option), example_line(option))
    if not re.fullmatch(r"[^\s/:]+|[0-9A-Fa-f:.]+", given["server"]):
        why = say(
            f"渠道 {name} 的 server 只写服务器名，端口写在 port",
            f"server of {name} must be only the server's name; the port is a setting of its own",
        )
        raise Invalid(why, (*keys, "server"), example_line("server"))
    if "@" not in given["from"]:
        why = say(f"渠道 {name} 的 from 要写邮箱地址", f"from of {name} must be a mail address")
        raise Invalid(why, (*keys, "from"), example_line("from"))
    port = given.get("port")
    if port is not None and not (type(port) is int and 0 < port < 65536):
        why = say(f"渠道 {name} 的端口要写 1 到 65535 的数字", f"port of {name} must be 1 to 65535")
        raise Invalid(why, (*keys, "port"), "port = 587")
    if given.get("secret_file") and not given.get("user"):
        why = say(
            f"渠道 {name} 有密码文件 secret_file，没有用户 user",
            f"{name} has a secret_file, but no user, so the password would not be used",
        )
        raise Invalid(why, (*keys, "user"), example_line("user"))


def _routes(who: str, people: dict[str, Any], channels: dict[str, Channel]) -> dict[str, str]:
    """Return the channels of a recipient, each with the address."""
    keys = ("recipients", who)
    given = values.table(people, keys, f"[recipients.{values.key(who)}]")
    if not given:
        channel = list(channels.values())[-1]
        why = say(f"收件人 {who} 没有写渠道", f"recipient {who} has no channel")
        raise Invalid(why, (*keys, channel.name), channel.line)
    return {name: _address((*keys, name), given[name], channels) for name in given}


def _address(keys: Keys, value: Any, channels: dict[str, Channel]) -> str:  # noqa: ANN401 - any TOML value
    _, who, name = keys
    if name not in channels:
        why = say(
            f"收件人 {who} 用了没有设置的渠道 {name}；已有：{'、'.join(channels)}",
            f"recipient {who} uses {name}, which is not a channel; the channels are: "
            f"{', '.join(channels)}",
        )
        raise Invalid(why, keys, list(channels.values())[-1].line)
    channel = channels[name]
    if channel.kind is Kind.MAIL:
        if isinstance(value, str) and "@" in value and value.isprintable():
            return value
        why = say(f"收件人 {who} 的 {name} 要写邮箱地址", f"{name} of {who} must be a mail address")
        raise Invalid(why, keys, channel.line)
    if value is True:
        return ""
    why = say(f"收件人 {who} 的 {name} 只能写 true", f"{name} of {who} must be true")
    raise Invalid(why, keys, channel.line)
