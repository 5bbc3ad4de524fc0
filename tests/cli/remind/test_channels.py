"""Mail and chat messages, sent to real servers on this computer: what arrives, and what is never sent."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from aiosmtpd.smtp import AuthResult
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot

from partyctl.reminders import mail
from tests.conftest import Run
from tests.support.sinks import mailbox, wall

SECRET = "pa55-word-0f-mail"
PERSONAL = "党费每月按时交纳"


@pytest.fixture
def set_up(ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Write the settings and the files with the secrets."""
    folder = tmp_path / "settings"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("PARTYCTL_REMINDERS", str(folder / "reminders.toml"))
    monkeypatch.setattr(mail, "SECONDS", 0.3)

    def set_up(text: str, **secrets: str) -> Path:
        for name, content in {"reminders.toml": text, **secrets}.items():
            (folder / name).write_text(content, encoding="utf-8")
            (folder / name).chmod(0o600)
        return folder

    return set_up


MAIL = """
[channels.mail]
kind = "mail"
server = "127.0.0.1"
port = {port}
security = "none"
from = "partyctl@example.cn"
{more}

[recipients.office]
mail = "office@example.cn"
[recipients.secretary]
mail = "secretary@example.cn"
[recipients."王五"]
mail = "wangwu@example.cn"
"""


def test_a_mail_names_a_person_only_to_whom_it_concerns_and_never_in_its_subject(
    january: Run, set_up
):
    with mailbox() as box:
        set_up(MAIL.format(port=box.port, more=""))
        said = january("remind --as-of 2026-02-26")
    assert (said.out, said.err) == ("", "")
    told = {each.recipient: each for each in box.messages}
    assert set(told) == {"office@example.cn", "secretary@example.cn", "wangwu@example.cn"}
    assert f"{PERSONAL} 2026-02 · 王五" in told["secretary@example.cn"].text
    assert f"{PERSONAL} 2026-02 · 王五" in told["wangwu@example.cn"].text
    assert "张三" not in told["wangwu@example.cn"].text
    office = told["office@example.cn"].text
    assert f"{PERSONAL} 2026-02：3 项" in office
    assert "partyctl check --rule dues-monthly" in office
    assert not any(name in office for name in ("张三", "李四", "王五"))
    assert {each.subject.partition("：")[0] for each in box.messages} == {"党务提醒 2026-02-26"}
    assert len({each.reference for each in box.messages}) == 3
    for each in box.raw:
        assert each["Auto-Submitted"] == "auto-generated"
        assert each.get_body(("html",)) is not None
        assert not any(name in each["Subject"] for name in ("张三", "李四", "王五"))


def test_what_is_tried_again_has_the_same_message_id_and_the_server_is_not_quoted(
    january: Run, set_up, monkeypatch: pytest.MonkeyPatch
):
    with mailbox() as box:
        set_up(MAIL.format(port=box.port, more=""))
        for mood, why in (("refuses", "SMTP 550"), ("busy", "SMTP 451"), ("full", "SMTP 452")):
            box.mood = mood
            failed = january("remind test mail", code=69)
            assert why in failed.err
            assert "secret@" not in failed.err
        box.mood = "silent"
        failed = january("remind test mail", code=69).err
        assert "提醒渠道 mail 没有送出" in failed
        assert "试验提醒没有送出。" in failed
        assert "排队" not in failed
        box.mood = "takes"
        january("remind test mail")
        assert len({each.reference for each in box.messages}) == 1
        assert len(box.messages) == 2
    failed = january("remind test mail", code=69)
    assert "连接被拒绝" in failed.err


def test_a_trial_of_a_channel_that_nobody_uses_sends_nothing(
    january: Run, set_up, monkeypatch: pytest.MonkeyPatch
):
    with mailbox() as box:
        settings, _, _ = MAIL.format(port=box.port, more="").partition("[recipients")
        set_up(settings)
        failed = january("remind test mail", code=4)
        assert "没有收件人用渠道 mail" in failed.err
        assert '[recipients.office] 下写 mail = "office@example.cn"' in failed.err
        set_up(
            settings + '[recipients."#2"]\nmail = "a@example.cn"\n[recipients.b]\nmail = "b@c.d"'
        )
        monkeypatch.setenv("PARTYCTL_LANG", "en")
        failed = january("remind test mail --to office", code=4)
        assert "does not reach “office”; it reaches: #2, b." in failed.err
        assert "partyctl remind test mail --to '#2'" in failed.err
        assert "it reaches: office." in january("remind test stdout --to b", code=4).err
        assert box.messages == []


def test_the_name_of_a_channel_is_escaped_on_the_page_of_a_trial(january: Run, set_up):
    folder = set_up("""
[channels."<b>&"]
kind = "file"
folder = "sent"
format = "html"
[recipients]
office = { "<b>&" = true }
""")
    january("remind test '<b>&'")
    [page] = (folder / "sent").iterdir()
    assert "&lt;b&gt;&amp;" in page.read_text(encoding="utf-8")


def test_a_password_goes_to_the_server_and_nowhere_else(january: Run, set_up, tmp_path: Path):
    given = []

    def authenticator(*args: object) -> AuthResult:
        given.append((args[-1].login, args[-1].password))
        return AuthResult(success=args[-1].password == SECRET.encode())

    settings = {"authenticator": authenticator, "auth_require_tls": False}
    with mailbox(**settings) as box:
        more = 'user = "clerk"\nsecret_file = "mail.secret"'
        folder = set_up(MAIL.format(port=box.port, more=more))
        assert "→ partyctl remind secret mail\n" in january("remind test mail", code=78).err
        (tmp_path / "typed").write_text(f"{SECRET}\n")
        said = january(f"remind secret mail --from {tmp_path / 'typed'}")
        assert (folder / "mail.secret").stat().st_mode & 0o777 == 0o600
        january("remind test mail")
        assert given[-1] == (b"clerk", SECRET.encode())
        (folder / "mail.secret").write_text("wrong")
        refused = january("remind test mail", code=69)
        (folder / "mail.secret").chmod(0o644)
        open_ = january("remind test mail", code=77)
    status = january("remind status --json")
    for each in (said, refused, open_, status):
        assert SECRET not in each.out + each.err


def test_a_password_is_not_sent_in_the_clear(january: Run, set_up):
    text = MAIL.format(port=25, more='user = "clerk"').replace("127.0.0.1", "mail.example.cn")
    set_up(text)
    assert "明文" in january("remind test mail", code=78).err


def test_a_secret_is_kept_in_the_keyring_where_there_is_one(
    january: Run, set_up, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    kept: dict[tuple[str, str], str] = {}
    ring = ModuleType("keyring")
    ring.set_password = lambda service, name, text: kept.update({(service, name): text})
    ring.get_password = lambda service, name: kept.get((service, name))
    monkeypatch.setitem(sys.modules, "keyring", ring)
    (tmp_path / "typed").write_text("json://127.0.0.1:9/x")
    set_up('[channels.room]\nkind = "chat"\n')
    assert "密钥环" in january(f"remind secret room --from {tmp_path / 'typed'}").out
    assert kept == {("partyctl reminders", "room"): "json://127.0.0.1:9/x"}
    assert "没有接收，或连不上" in january("remind test room", code=69).err
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert "secret_file" in january(f"remind secret room --from {tmp_path / 'typed'}", code=77).err
    assert "remind secret room" in january("remind test room", code=78).err


CHAT = """
[channels.room]
kind = "chat"
secret_file = "room.secret"

[recipients.secretary]
room = true
"""


def test_a_secret_file_that_is_not_there_yet_is_asked_for(january: Run, set_up):
    set_up(CHAT)
    assert "→ partyctl remind secret room\n" in january("remind test room", code=78).err


def test_a_chat_never_names_a_person_whoever_it_is_for(january: Run, set_up):
    january("rectify add 学习不深入 --owner 王五 --due 2026-02-26 --on 2026-02-01")
    with wall() as board:
        set_up(CHAT, **{"room.secret": f"json://127.0.0.1:{board.port}/room"})
        january("remind --as-of 2026-02-26")
    ((path, post),) = board.posts
    assert path == "/room"
    assert "党员大会每月一次 2026-02 · 机关支部" in post["message"]
    assert f"{PERSONAL} 2026-02：3 项" in post["message"]
    assert "整改事项按期完成：1 项" in post["message"]
    assert not any(name in json.dumps(post) for name in ("张三", "李四", "王五", "学习不深入"))


PLUGINS = {
    "wecombot": (NotifyWeComBot, "notify_url", "wecombot://bot-key-12345", "{at}?k={key}"),
    "dingtalk": (NotifyDingTalk, "notify_url", "dingtalk://abc123def456", "{at}?t={token}"),
    "feishu": (NotifyFeishu, "notify_url", "feishu://abc123def456", "{at}{token}/"),
}


@pytest.mark.parametrize("name", PLUGINS)
def test_the_chats_of_the_field_are_reached(
    name: str, january: Run, set_up, monkeypatch: pytest.MonkeyPatch
):
    """The channel's real code runs, but it posts to a server on this computer, not to the service."""
    plugin, attribute, address, template = PLUGINS[name]
    assert getattr(plugin, attribute).startswith("https://")
    with wall() as board:
        at = f"http://127.0.0.1:{board.port}/{name}"
        places = {"{at}": f"{at}/"}
        led = template
        for mark, there in places.items():
            led = led.replace(mark, there)
        monkeypatch.setattr(plugin, attribute, led)
        set_up(CHAT, **{"room.secret": address})
        january("remind test room")
        assert len(board.posts) == 1
        assert "试验" in json.dumps(board.posts[0][1], ensure_ascii=False)
        for mood in ("500", "403", "429"):
            board.mood = mood
            failed = january("remind test room", code=69)
            assert "abc123" not in failed.err
            assert "bot-key" not in failed.err


def test_an_address_that_makes_no_sense_is_said_without_it(january: Run, set_up):
    for address in ("nonsense", "nosuch://s3cret", "http://"):
        set_up(CHAT, **{"room.secret": address})
        failed = january("remind test room", code=78)
        assert "wecombot://" in failed.err
        assert "s3cret" not in failed.err


def test_without_apprise_mail_and_files_work_and_a_chat_says_what_to_install(
    january: Run, set_up, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "apprise", None)
    set_up(CHAT, **{"room.secret": "json://127.0.0.1/"})
    assert "partyctl[notify]" in january("remind test room", code=69).err
    with mailbox() as box:
        set_up(MAIL.format(port=box.port, more=""))
        january("remind test mail")
        assert box.messages
