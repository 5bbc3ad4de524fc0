"""Errors explain in both languages why a mail was not sent, without text of Python or the server."""

import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from partyctl.reminders import mail
from tests.conftest import Run
from tests.support.sinks import mailbox, talker

SETTINGS = """
[channels.mail]
kind = "mail"
server = "{server}"
port = {port}
security = "{security}"
from = "partyctl@example.cn"
{more}

[recipients.office]
mail = "office@example.cn"
"""
LOGIN = 'user = "clerk"\nsecret_file = "mail.secret"'
RAW = re.compile(r"[A-Z][a-z]+(Error|Exception|Refused|Disconnected)\b|[Ee]rrno|secret@")
"""The names of Python's exceptions, and an address in the fake server's answers."""

Server = Callable[[], AbstractContextManager[int]]


@contextmanager
def unused() -> Iterator[int]:
    """A port on which no server listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    yield port


@contextmanager
def box(mood: str = "takes", **settings: Any) -> Iterator[int]:
    """The port of a mail server; `mood` decides what the server does with a message."""
    with mailbox(**settings) as found:
        found.mood = mood
        yield found.port


def saying(*answers: str) -> Server:
    return lambda: talker(*answers)


@pytest.fixture
def trial(january: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Try the channel with a server; returns the error in both languages."""
    monkeypatch.setattr(mail, "SECONDS", 0.3)

    def written(name: str, text: str) -> Path:
        place = tmp_path / name
        place.write_text(text, encoding="utf-8")
        place.chmod(0o600)
        return place

    def trial(
        server: Server,
        *,
        host: str = "127.0.0.1",
        security: str = "none",
        more: str = "",
        secret: str = "pa55",
    ) -> str:
        said = []
        for language in ("", "en"):
            monkeypatch.setenv("PARTYCTL_LANG", language)
            with server() as port:
                text = SETTINGS.format(server=host, port=port, security=security, more=more)
                written("mail.secret", secret)
                line = f"remind test mail --config '{written('reminders.toml', text)}'"
                said.append(january(line, code=69).err)
        found = "".join(said)
        assert not RAW.search(found), found
        assert secret not in found
        return found

    return trial


LOGS_IN = ("220 hello", "250-hello\r\n250 AUTH PLAIN")
REFUSED = "550 5.1.1 no such user <secret@example.cn>"
NAMED = {
    "refuses connections": (unused, {}, "连接被拒绝", "Connection refused"),
    "plain, not TLS": (
        box,
        {"security": "tls"},
        "没能建立加密连接；检查设置里的 port 和 security",
        "no encrypted connection was made; check port and security in the settings",
    ),
    "without STARTTLS": (
        box,
        {"security": "starttls"},
        "服务器不支持 STARTTLS",
        "the server does not support STARTTLS",
    ),
    "wrong password": (
        saying(*LOGS_IN, "535 5.7.8 not <secret@example.cn>", "221 bye"),
        {"more": LOGIN},
        "服务器不接受用户名或密码（SMTP 535）",
        "the server refused the user or the password (SMTP 535)",
    ),
    "without login": (
        box,
        {"more": LOGIN},
        "服务器不支持用密码登录",
        "the server does not accept a login with a password",
    ),
    "a password that cannot be sent": (
        saying(*LOGS_IN, "221 bye"),
        {"more": LOGIN, "secret": "口令"},
        "用户名或密码里有英文字母、数字和常用符号以外的字符",
        "the user or the password has characters beyond English letters, digits and signs",
    ),
    "no recipient": (
        lambda: box("refuses"),
        {},
        "服务器不接受收件人的地址（SMTP 550）",
        "the server refused the recipient's address (SMTP 550)",
    ),
    "busy": (
        lambda: box("busy"),
        {},
        "服务器暂时不接受给这个收件人的邮件（SMTP 451）",
        "the server does not accept mail for this recipient at present (SMTP 451)",
    ),
    "full": (
        lambda: box("full"),
        {},
        "服务器暂时不收（SMTP 452）",
        "the server does not accept the mail at present (SMTP 452)",
    ),
    "too late": (lambda: box("silent"), {}, "没有及时应答", "did not answer in time"),
    "no SMTP": (
        saying("SSH-2.0-OpenSSH_9.2"),
        {},
        "应答的不是邮件服务器",
        "not from a mail server",
    ),
    "closes": (saying(), {}, "服务器断开了连接", "the server closed the connection"),
    "no service": (saying("554 no"), {}, "服务器拒收（SMTP 554）", "refused the mail (SMTP 554)"),
    "wants a login": (
        saying("220 hello", "250 hello", f"530 {REFUSED}", "250 ok", "221 bye"),
        {},
        "服务器要求登录；设置里写 user（SMTP 530）",
        "the server wants a login; set user in the settings (SMTP 530)",
    ),
    "refuses the sender": (
        saying("220 hello", "250 hello", REFUSED, "250 ok", "221 bye"),
        {},
        "服务器不接受设置里 from 的地址（SMTP 550）",
        "the server refused the sender's address; check from in the settings (SMTP 550)",
    ),
    "no server's name": (
        unused,
        {"host": f"{'a' * 64}.example.cn"},
        "设置里的 server 不是服务器名",
        "server in the settings is not a server's name",
    ),
}


@pytest.mark.parametrize("name", NAMED)
def test_a_mail_that_was_not_sent_is_explained(trial: Callable[..., str], name: str):
    server, options, chinese, english = NAMED[name]
    said = trial(server, **options)
    assert chinese in said
    assert english in said


def test_a_server_that_nobody_knows_is_explained(
    trial: Callable[..., str], monkeypatch: pytest.MonkeyPatch
):
    def unknown(*args: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(mail.smtplib.socket, "create_connection", unknown)
    said = trial(unused, host="nosuch.invalid")
    assert "找不到这个服务器名，或没有联网" in said
    assert "no server with this name was found" in said


def test_a_certificate_that_is_not_trusted_is_explained(trial: Callable[..., str], tmp_path: Path):
    if shutil.which("openssl") is None:
        pytest.skip("NOT TESTED: openssl is not installed")
    kind = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    pem = str(tmp_path / "server.pem")
    subprocess.run(
        ["openssl", "req", "-x509", *kind.split(), "-keyout", pem, "-out", f"{pem}.public"],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{pem}.public", pem)
    said = trial(lambda: talker("220 hello", context=context), security="tls")
    assert "服务器的证书不可信" in said
    assert "the server's certificate is not trusted" in said


def test_a_user_without_a_password_is_told_to_store_one(january: Run, tmp_path: Path):
    (tmp_path / "mail.secret").write_text("\n")
    settings = tmp_path / "reminders.toml"
    settings.write_text(SETTINGS.format(server="127.0.0.1", port=9, security="none", more=LOGIN))
    for place in (settings, tmp_path / "mail.secret"):
        place.chmod(0o600)
    said = january(f"remind test mail --config '{settings}'", code=78).err
    assert "渠道 mail 还没有密码" in said
    assert "partyctl remind secret mail" in said
