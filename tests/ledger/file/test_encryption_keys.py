"""Where a key can be kept, which keys open a ledger, and the message if no key opens it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.errors import BadInput, BadUsage, NotPermitted, Refused
from partyctl.ledger.file import keys, markers
from partyctl.ledger.maintenance.conversion import convert
from tests.cli.conftest import digest
from tests.conftest import Run
from tests.support.encrypted import COMMANDS, Place
from tests.support.processes import Screen
from tests.support.waiting import PATIENCE

pytestmark = pytest.mark.long

LINES = ("check", "member list", "staff add 赵六", "journal verify")


def another_key(key: Path) -> None:
    key.write_text("ab" * 32 + "\n")


def no_key(key: Path) -> None:
    key.write_text("password\n")


def open_to_the_group(key: Path) -> None:
    key.chmod(0o640)


def open_to_all(key: Path) -> None:
    key.chmod(0o604)


def somebody_elses(key: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can change the owner of a file")
    os.chown(key, 12345, 12345)


def a_link(key: Path) -> None:
    key.rename(key.with_name("real.key"))
    key.symlink_to("real.key")


def a_folder(key: Path) -> None:
    key.unlink()
    key.mkdir()


@pytest.mark.parametrize(
    ("spoil", "code", "word"),
    [
        (another_key, 77, "密钥不对"),
        (Path.unlink, 77, "没有密钥"),
        (open_to_the_group, 77, "只有你能读写"),
        (open_to_all, 77, "只有你能读写"),
        (somebody_elses, 77, "归你所有"),
        (no_key, 65, "不是密钥"),
        (a_link, 65, "不是普通文件"),
        (a_folder, 65, "不是普通文件"),
    ],
)
@pytest.mark.parametrize("line", LINES)
def test_a_key_file_that_will_not_do_is_named(
    encrypted: Place, run: Run, spoil, code: int, word: str, line: str
):
    spoil(encrypted.key)
    before = digest(encrypted.ledger)
    result = run(line, code=code)
    assert word in result.err
    assert str(encrypted.key) in result.err
    assert result.out == ""
    assert digest(encrypted.ledger) == before
    assert not list(encrypted.ledger.parent.glob("*-journal"))


def without(place: Place) -> None:
    markers.marker_of(place.ledger).unlink()


def torn(place: Place) -> None:
    marker = markers.marker_of(place.ledger)
    marker.write_text(marker.read_text()[:40])


def of_another_kind(place: Place) -> None:
    markers.marker_of(place.ledger).write_text('{"format": "other", "keys": []}')


def of_another_ledger(place: Place) -> None:
    marker = markers.marker_of(place.ledger)
    said = json.loads(marker.read_text())
    said["keys"][0]["salt"] = "00" * 16
    marker.write_text(json.dumps(said))


@pytest.mark.parametrize("spoil", [without, torn, of_another_kind, of_another_ledger])
@pytest.mark.parametrize("line", LINES)
def test_without_its_own_marker_a_ledger_cannot_be_opened(
    encrypted: Place, run: Run, spoil, line: str
):
    spoil(encrypted)
    before = digest(encrypted.ledger)
    assert ".key.json" in run(line, code=65).err
    assert digest(encrypted.ledger) == before


def test_a_rotated_key_file_no_longer_opens_and_the_new_one_does(encrypted: Place, run: Run):
    new = encrypted.key.with_name("new.key")
    run(f"rekey --key-file '{new}'")
    encrypted.key.unlink()
    run("staff add 赵六")
    new.rename(encrypted.key)
    assert "没有密钥" in run("check", code=77).err


def test_a_key_file_that_is_there_is_taken_and_never_changed(ledger: Path, tmp_path: Path):
    key = tmp_path / "the.key"
    key.write_text("CD" * 32)
    key.chmod(0o600)
    made = keys.new_key(ledger, key)
    assert made.raw == bytes.fromhex("cd" * 32)
    assert key.read_text() == "CD" * 32
    with pytest.raises(Refused):
        keys.new_key(ledger, key, unlike=made.mark)
    key.chmod(0o644)
    with pytest.raises(NotPermitted):
        keys.new_key(ledger, key)


def test_every_key_that_is_made_is_another(ledger: Path, tmp_path: Path):
    made = [keys.new_key(ledger, tmp_path / f"{number}.key") for number in range(20)]
    assert len({key.raw for key in made}) == len({key.mark.salt for key in made}) == 20
    assert {len(key.raw) for key in made} == {keys.KEY_BYTES}


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """A keyring that works: it stores its values in memory."""
    kept: dict[tuple[str, str], str] = {}
    played = SimpleNamespace(
        set_password=lambda service, entry, value: kept.update({(service, entry): value}),
        get_password=lambda service, entry: kept.get((service, entry)),
    )
    monkeypatch.setitem(sys.modules, "keyring", played)
    return kept


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """The module `keyring` cannot be imported, so partyctl finds no keyring, as under cron."""
    monkeypatch.setitem(sys.modules, "keyring", None)


def test_the_keyring_comes_first(keyring: dict[tuple[str, str], str], ledger: Path, run: Run):
    said = run("init --organ 局 --branch 支 --since 2026-01-01 --encrypt").out
    [((service, entry), value)] = keyring.items()
    assert service == "partyctl"
    assert entry in said
    assert value not in said + markers.marker_of(ledger).read_text()
    run("staff add 赵六")
    run("rekey")
    assert len(keyring) == 2
    del keyring[service, entry]  # the old key's
    assert [row["name"] for row in run("staff list --json").json] == ["赵六"]
    keyring.clear()
    assert "密钥环" in run("check", code=77).err


def test_a_keyring_that_keeps_nothing_is_none(
    monkeypatch: pytest.MonkeyPatch, ledger: Path, run: Run
):
    drops = SimpleNamespace(set_password=lambda *_: None, get_password=lambda *_: None)
    monkeypatch.setitem(sys.modules, "keyring", drops)
    assert (
        "也没有终端可以设口令"
        in run("init --organ 局 --branch 支 --since 2026-01-01 --encrypt", code=2).err
    )
    assert not ledger.exists()
    assert not markers.marker_of(ledger).exists()


def test_without_keyring_file_and_terminal_a_key_has_nowhere_to_go(
    no_keyring, plain: Path, run: Run
):
    before = plain.read_bytes()
    assert "--key-file" in run("encrypt", code=2).err
    assert plain.read_bytes() == before
    with pytest.raises(BadUsage):
        keys.new_key(plain, None)


WORDS = "正确的口令 battery"
INIT = (*COMMANDS[0], "--encrypt")


def test_a_passphrase_is_set_on_a_terminal_and_never_shown(ledger: Path):
    screen = Screen(*INIT)
    screen.answer("口令", WORDS)
    screen.answer("再输入一次", WORDS)
    code, seen = screen.leave()
    assert code == 0, seen
    assert WORDS not in seen
    mark = markers.present(ledger)
    assert mark.kept is keys.Kept.PASSPHRASE
    assert mark.check == keys.check_of(
        bytes.fromhex(mark.salt), keys.derived(WORDS, bytes.fromhex(mark.salt))
    )


@pytest.fixture
def under_a_passphrase(encrypted: Place) -> Path:
    salt = os.urandom(keys.SALT_BYTES)
    raw = keys.derived(WORDS, salt)
    mark = keys.Mark(salt.hex(), keys.check_of(salt, raw), keys.Kept.PASSPHRASE, "")
    convert(encrypted.ledger, keys.Key(mark, raw))
    return encrypted.ledger


def test_a_passphrase_is_asked_for_once_in_a_batch_and_never_shown(
    under_a_passphrase: Path, tmp_path: Path
):
    lines = tmp_path / "lines.txt"
    lines.write_text("staff add 赵六\nstaff add 钱七\nstaff list\n")
    screen = Screen("batch", str(lines))
    screen.answer("台账密钥（口令）", WORDS)
    code, seen = screen.leave()
    assert code == 0
    assert seen.count("台账密钥") == 0
    assert seen.index("赵六") < seen.rindex("钱七")
    assert WORDS not in seen


def test_a_wrong_passphrase_may_be_typed_again_twice(under_a_passphrase: Path):
    screen = Screen("member", "list")
    for typed in ("一个别的口令", "", WORDS):
        screen.answer("台账密钥", typed)
    assert screen.leave()[0] == 0
    screen = Screen("check")
    for typed in ("wrong", "wrong again", "wrong still"):
        screen.answer("台账密钥", typed)
    code, seen = screen.leave()
    assert code == 77
    assert "密钥不对" in seen


def test_without_a_terminal_a_passphrase_cannot_be_typed(under_a_passphrase: Path):
    done = subprocess.run(
        [sys.executable, "-m", "partyctl", "check"],
        input=f"{WORDS}\n",
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 77
    assert "没有密钥" in done.stderr


def test_two_passphrases_that_differ_and_one_too_short_start_nothing(ledger: Path):
    screen = Screen(*INIT)
    screen.answer("口令", WORDS)
    screen.answer("再输入一次", WORDS + "x")
    assert screen.leave()[0] == 2
    screen = Screen(*INIT)
    screen.answer("口令", "short")
    assert screen.leave()[0] == 2
    assert not ledger.exists()
    assert not list(ledger.parent.glob("*"))


def test_ctrl_c_at_the_passphrase_is_no_crash(under_a_passphrase: Path):
    screen = Screen("check")
    screen.answer("台账密钥", "\x03")
    assert screen.leave()[0] == 130


def test_the_digits_of_a_lost_key_file_can_be_typed(encrypted: Place):
    digits = encrypted.raw
    encrypted.key.unlink()
    screen = Screen("member", "list")
    screen.answer("密钥文件", digits)
    code, seen = screen.leave()
    assert code == 0
    assert digits not in seen


def test_a_key_that_was_typed_reaches_the_other_processes_of_a_check(
    under_a_passphrase: Path, run: Run, monkeypatch: pytest.MonkeyPatch
):
    """A `check` of very many branches starts processes, which cannot ask anyone for the key."""
    mark = markers.present(under_a_passphrase)
    with pytest.raises(NotPermitted):
        keys.find(mark)
    monkeypatch.setattr(keys, "_typed", {})
    keys.remember({mark.salt: keys.derived(WORDS, bytes.fromhex(mark.salt))})
    run("branch add 第二支部 --founded 2020-01-01")
    alone = run("check --json --as-of 2026-04-01", code=3).json
    monkeypatch.setattr("partyctl.cli.check.judging.MANY", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert run("check --json --as-of 2026-04-01", code=3).json == alone
    assert len({each["subject"]["id"] for each in alone["obligations"]}) > 1


def test_a_key_file_without_encryption_is_wrong_usage(ledger: Path, tmp_path: Path, capsys):
    key = tmp_path / "the.key"
    assert run_command([*COMMANDS[0], "--key-file", str(key)]) == 2
    assert "--key-file 要和 --encrypt 一起用" in capsys.readouterr().err
    assert not ledger.exists()
    assert not key.exists()


def test_a_key_file_that_cannot_be_read_as_digits_is_bad_input(tmp_path: Path):
    key = tmp_path / "the.key"
    for content in (b"", b"\xff" * 64, b"ab" * 31, b"ab" * 40):
        key.write_bytes(content)
        key.chmod(0o600)
        with pytest.raises(BadInput):
            keys.read_file(key)
