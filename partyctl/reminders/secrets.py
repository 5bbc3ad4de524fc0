"""The secrets of channels: a mail server's password, or the address of a chat.

Secrets are kept in the keyring or in a file that only its owner can read (0600), but never in the
ledger, the settings, a command's arguments or the environment. On most systems cron cannot use a
keyring. For such a system, set `secret_file` in the settings to the path of a file; the secret is
then kept in this file.
"""

import os

from partyctl.errors import NotPermitted
from partyctl.language import say
from partyctl.ledger.file import handed_in
from partyctl.ledger.file.files import require_private, write
from partyctl.reminders.settings import Channel

SERVICE = "partyctl reminders"


def secret_of(channel: Channel) -> str | None:
    """Return the secret of a channel, or None if none was stored yet.

    Raises NotPermitted if others can read the secret's file, or another error if the file cannot
    be read.
    """
    if channel.secret_file is not None:
        if not os.path.lexists(channel.secret_file):
            return None
        require_private(channel.secret_file, say("密码文件", "the file with the channel's secret"))
        return handed_in.read_text(channel.secret_file).strip() or None
    try:
        import keyring

        return keyring.get_password(SERVICE, channel.name) or None
    except Exception:  # each keyring backend raises its own errors, which we cannot explain
        return None


def keep(channel: Channel, secret: str) -> str:
    """Store a secret in the place that the settings name.

    Returns a description of that place. Raises NotPermitted.
    """
    if channel.secret_file is not None:
        write(channel.secret_file, f"{secret}\n")
        return say(f"文件 {channel.secret_file}", f"the file {channel.secret_file}")
    if not _keep_in_keyring(channel.name, secret):
        raise NotPermitted(
            say("这台电脑没有密钥环可用。", "This computer has no keyring to store the secret in."),
            say(
                f'在提醒设置的 [channels.{channel.name}] 里写 secret_file = "…"',
                f'secret_file = "…" under [channels.{channel.name}]',
            ),
        )
    return say("系统密钥环", "the keyring")


def _keep_in_keyring(name: str, secret: str) -> bool:
    try:
        import keyring

        keyring.set_password(SERVICE, name, secret)
        return bool(keyring.get_password(SERVICE, name) == secret)
    except Exception:  # as above
        return False
