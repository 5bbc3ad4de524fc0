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

from partyctl.errors import MissingInput, NoSuchRecord
from partyctl.language import comma_list, say
from partyctl.light import NamedTuple
from partyctl.reminders.fields import USUAL_FIELDS, Fields
from partyctl.reminders.values import key

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
    """A channel's settings. Settings for other kinds of channel have their default values.

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
    def line(self) -> str:
        """An example line for the settings of a recipient who uses this channel."""
        use = '"office@example.cn"' if self.kind is Kind.MAIL else "true"
        return f"{key(self.name)} = {use}"

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
