"""The bureau's settings for reminders: channels and recipients, in one TOML file.

The file must be readable only by its owner (0600), because it contains addresses. Secrets are in
the keyring or in a separate file (`secrets`). Without settings there is one recipient, the office,
and `partyctl remind` prints the digest for the office.

    [channels.mail]
    kind = "mail"
    server = "smtp.example.cn"
    security = "starttls"
    from = "partyctl@example.cn"
    user = "partyctl@example.cn"

    [channels.group]
    kind = "chat"

    [recipients.office]
    mail = "office@example.cn"

    [recipients.secretary]
    mail = "secretary@example.cn"

    [recipients."张三"]
    group = true
"""

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any

from partyctl.errors import BadInput, MissingInput, NoSuchRecord, WrongVersion
from partyctl.language import comma_list, say
from partyctl.ledger.file import handed_in
from partyctl.ledger.file.files import require_private
from partyctl.light import NamedTuple
from partyctl.reminders import values
from partyctl.reminders.fields import USUAL_FIELDS, Fields, fields_in

OFFICE = "office"
SCREEN = "stdout"
PLACE = "PARTYCTL_REMINDERS"


class Kind(StrEnum):
    """The kinds of channel."""

    STDOUT = "stdout"
    FILE = "file"
    DESKTOP = "desktop"
    MAIL = "mail"
    CHAT = "chat"


class Security(StrEnum):
    """The ways to protect the connection to a mail server."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class Format(StrEnum):
    """The formats in which a digest is written into a folder."""

    HTML = "html"
    MARKDOWN = "markdown"


class Channel(NamedTuple):
    """A channel's settings. A setting that channels of this kind do not use has its default value.

    `folder` is for files and the desktop; the fields from `server` to `sender` are for mail;
    `secret_file` is the file with the mail password or the chat's address, if this secret is not in
    the keyring.
    """

    name: str
    kind: Kind
    folder: Path | None = None
    markdown: bool = False
    server: str = ""
    port: int | None = None
    security: Security = Security.STARTTLS
    user: str = ""
    sender: str = ""
    secret_file: Path | None = None

    @property
    def is_local(self) -> bool:
        """Whether the messages stay on the computer of the clerk who keeps the ledger."""
        return self.kind in (Kind.STDOUT, Kind.FILE, Kind.DESKTOP)

    @property
    def is_public(self) -> bool:
        """Whether people other than the recipient can read the messages, such as in a group chat."""
        return self.kind is Kind.CHAT


class Settings(NamedTuple):
    """The settings of reminders.

    `channels` are keyed by name. `recipients`: for each recipient's name, the address for each
    channel. `fields`: the responsibilities of each committee post.
    """

    channels: dict[str, Channel]
    recipients: dict[str, dict[str, str]]
    fields: Fields

    @property
    def is_plain(self) -> bool:
        """Whether the settings name no recipients."""
        return not self.recipients

    def routes(self, recipient: str) -> dict[str, str]:
        """Return the channels of a recipient, each with the address.

        If the settings give the office no channel, the office's channel is the screen.
        """
        found = self.recipients.get(recipient, {})
        return found or ({SCREEN: ""} if recipient == OFFICE else {})

    def channel(self, name: str) -> Channel:
        """Return the channel with this name. Raises NoSuchRecord."""
        if name not in self.channels:
            known = comma_list(self.channels)
            raise NoSuchRecord(
                say(
                    f"没有“{name}”这个提醒渠道；已有：{known}。",
                    f"There is no channel “{name}”; the channels are: {known}.",
                ),
                "partyctl remind status",
            )
        return self.channels[name]


SCREEN_CHANNEL = Channel(SCREEN, Kind.STDOUT)
PLAIN = Settings({SCREEN: SCREEN_CHANNEL}, {}, USUAL_FIELDS)


def default_place() -> Path:
    """Return the usual path of the settings.

    The path comes from the environment variable PARTYCTL_REMINDERS; by default, it is the path of a
    file in the user's configuration folder.
    """
    if given := os.environ.get(PLACE, "").strip():
        return Path(given)
    if given := os.environ.get("XDG_CONFIG_HOME", "").strip():
        return Path(given) / "partyctl" / "reminders.toml"
    if sys.platform.startswith("linux") and os.environ.get("HOME"):
        # platformdirs would give the same path, but importing it would slow down runs with nothing
        # to send.
        return Path(os.environ["HOME"]) / ".config" / "partyctl" / "reminders.toml"
    from platformdirs import user_config_path

    return user_config_path("partyctl", appauthor=False) / "reminders.toml"


def place_of(named: Path | None) -> Path:
    """Return `named` or, by default, the usual path.

    Raises MissingInput if `named` does not exist.
    """
    if named is not None and not os.path.lexists(named):
        raise MissingInput(
            say(f"没有提醒设置文件 {named}。", f"There is no settings file {named}."),
            "partyctl remind status",
        )
    return named or default_place()


def read(place: Path) -> Settings:
    """Read the settings. If there is no file, return the default settings (PLAIN).

    Raises WrongVersion if the settings are invalid, and NotPermitted if other users own, can read
    or can change the file.
    """
    if not os.path.lexists(place):
        return PLAIN
    require_private(place, say("提醒设置", "the reminders' settings"))
    try:
        told = handed_in.parsed_toml(handed_in.read_text(place))
        return _settings(told, place.parent)
    except BadInput as error:
        raise _senseless(place, error.sentence.rstrip("。.")) from None
    except ValueError as error:
        raise _senseless(place, str(error)) from None


def _senseless(place: Path, why: str) -> WrongVersion:
    return WrongVersion(
        say(f"提醒设置 {place} 读不通：{why}。", f"{place} is not valid: {why}."),
        "partyctl remind status",
    )


def _settings(told: dict[str, Any], folder: Path) -> Settings:
    values.require_known("", told, ("channels", "recipients", "fields"))
    channels = {SCREEN: SCREEN_CHANNEL}
    for name in (named := values.table(told, "channels", "[channels.…]")):
        own = values.table(named, name, f"[channels.{values.key(name)}]")
        channels[name] = _channel(name, own, folder)
    people = values.table(told, "recipients", "[recipients.…]")
    recipients = {
        who: {
            name: _address(who, name, value, channels)
            for name, value in values.table(people, who, f"[recipients.{values.key(who)}]").items()
        }
        for who in people
    }
    return Settings(channels, {who: by for who, by in recipients.items() if by}, fields_in(told))


OPTIONS = {
    Kind.STDOUT: (),
    Kind.FILE: ("folder", "format"),
    Kind.DESKTOP: ("folder",),
    Kind.MAIL: ("server", "port", "security", "user", "from", "secret_file"),
    Kind.CHAT: ("secret_file",),
}
"""The settings that each kind of channel has."""


def _channel(name: str, given: dict[str, Any], folder: Path) -> Channel:
    kind = values.word(name, given, "kind", Kind)
    values.require_known(f"channels.{values.key(name)}", given, ("kind", *OPTIONS[kind]))
    if kind is Kind.MAIL and not (given.get("server") and given.get("from")):
        raise ValueError(say(f"{name} 缺少 server 或 from", f"{name} needs server and from"))
    if kind is Kind.FILE and not given.get("folder"):
        raise ValueError(say(f"{name} 缺少 folder", f"{name} needs a folder"))
    port = given.get("port")
    if port is not None and not (type(port) is int and 0 < port < 65536):
        raise ValueError(
            say(f"渠道 {name} 的端口要写 1 到 65535 的数字", f"port of {name} must be 1 to 65535")
        )
    return Channel(
        name,
        kind,
        folder=values.path_in(name, given, "folder", folder),
        markdown=values.word(name, given, "format", Format, Format.HTML) is Format.MARKDOWN,
        server=values.text(name, given, "server"),
        port=port,
        security=values.word(name, given, "security", Security, Security.STARTTLS),
        user=values.text(name, given, "user"),
        sender=values.text(name, given, "from"),
        secret_file=values.path_in(name, given, "secret_file", folder),
    )


def _address(who: str, name: str, value: Any, channels: dict[str, Channel]) -> str:  # noqa: ANN401 - any TOML value
    if name not in channels:
        raise ValueError(
            say(
                f"收件人 {who} 用了没有设置的渠道 {name}；已有：{'、'.join(channels)}",
                f"recipient {who} uses {name}, which is not a channel; the channels are: "
                f"{', '.join(channels)}",
            )
        )
    if channels[name].kind is Kind.MAIL:
        if isinstance(value, str) and "@" in value and value.isprintable():
            return value
        raise ValueError(
            say(f"收件人 {who} 的 {name} 要写邮箱地址", f"{name} of {who} must be a mail address")
        )
    if value is True:
        return ""
    raise ValueError(say(f"收件人 {who} 的 {name} 只能写 true", f"{name} of {who} must be true"))
