"""The program recognises folders in which a ledger is not safe."""

from pathlib import Path

import pytest

from partyctl.ledger.file import unsafe_folders
from tests.conftest import Run

SYNCED = {
    "/home/li/Nutstore Files/我的坚果云/党务/ledger.db": "坚果云",
    "/home/li/坚果云/ledger.db": "坚果云",
    "/home/li/OneDrive - 某局/台账/ledger.db": "OneDrive",
    "/home/li/onedrive/ledger.db": "OneDrive",
    "/home/li/Dropbox (某局)/ledger.db": "Dropbox",
    "/data/BaiduNetdiskDownload/ledger.db": "百度网盘",
    "/data/BaiduSyncdisk/ledger.db": "百度网盘",
    "/data/百度网盘/ledger.db": "百度网盘",
    "/home/li/WPSDrive/1234/WPS云盘/ledger.db": "WPS",
    "/home/li/WPS Cloud Files/ledger.db": "WPS",
    "/Users/li/Library/Mobile Documents/com~apple~CloudDocs/ledger.db": "iCloud",
    "/Users/li/iCloud Drive/ledger.db": "iCloud",
}


@pytest.mark.parametrize("path", SYNCED, ids=SYNCED.values())
def test_the_folder_of_a_sync_program_is_known_by_its_name(path: str):
    (warning,) = unsafe_folders.warnings_of(Path(path))
    assert SYNCED[path] in warning


@pytest.mark.parametrize(
    "path",
    ["/home/li/党务/ledger.db", "/home/li/my-dropbox-notes/ledger.db", "/srv/wpsx/ledger.db"],
)
def test_other_folders_are_not(path: str):
    assert unsafe_folders.warnings_of(Path(path)) == []


def test_the_name_of_the_file_says_nothing(tmp_path: Path):
    assert unsafe_folders.warnings_of(tmp_path / "OneDrive.db") == []


def test_a_folder_that_syncthing_shares_is_known_by_its_mark(tmp_path: Path):
    (tmp_path / ".stfolder").mkdir()
    (tmp_path / "a" / "b").mkdir(parents=True)
    (warning,) = unsafe_folders.warnings_of(tmp_path / "a" / "b" / "ledger.db")
    assert "Syncthing" in warning


@pytest.mark.parametrize(
    "name",
    [
        "ledger(1).db",
        "ledger (2).db",
        "ledger（1）.db",
        "ledger.db (1)",
        "ledger.sync-conflict-20260305-080000-ABCDEFG.db",
        "ledger (李四's conflicted copy 2026-03-05).db",
        "ledger(李四的冲突副本2026-03-05).db",
    ],
)
def test_a_copy_from_a_conflict_beside_the_ledger_is_found(name: str, tmp_path: Path):
    (tmp_path / name).touch()
    (warning,) = unsafe_folders.warnings_of(tmp_path / "ledger.db")
    assert name in warning


def test_what_partyctl_itself_puts_there_is_no_conflict(tmp_path: Path):
    for name in (
        "ledger.db",
        "ledger.db.lock",
        "ledger.db-journal",
        "ledger.db.key.json",
        "x(1).db",
    ):
        (tmp_path / name).touch()
    for name in ("backups", "ledger.db.before-restore-20260305T080000Z"):
        (tmp_path / name).mkdir()
    assert unsafe_folders.warnings_of(tmp_path / "ledger.db") == []


MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:30 / {folder}/share rw - {kind} 192.0.2.1:/share rw
31 30 0:31 / {folder}/share/local\\040disk rw - ext4 /dev/vdb rw
"""


@pytest.mark.parametrize(
    "kind",
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "davfs",
        "fuse.sshfs",
        "fuse.davfs2",
        "fuse.rclone",
    ],
)
def test_a_network_file_system_is_known_by_its_mount(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS.format(folder=tmp_path, kind=kind), encoding="utf-8")
    monkeypatch.setattr(unsafe_folders, "MOUNTS", mounts)
    (warning,) = unsafe_folders.warnings_of(tmp_path / "share" / "台账" / "ledger.db")
    assert kind in warning
    assert warning.endswith("备份可以留在网络文件系统上。")
    assert unsafe_folders.warnings_of(tmp_path / "ledger.db") == []
    assert unsafe_folders.warnings_of(tmp_path / "shared" / "ledger.db") == []
    assert unsafe_folders.warnings_of(tmp_path / "share" / "local disk" / "ledger.db") == []


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "fuse.mergerfs", "overlay", "tmpfs", "ntfs3"])
def test_a_local_file_system_is_none(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS.format(folder=tmp_path, kind=kind), encoding="utf-8")
    monkeypatch.setattr(unsafe_folders, "MOUNTS", mounts)
    assert unsafe_folders.warnings_of(tmp_path / "share" / "ledger.db") == []


def test_where_nothing_lists_the_mounts_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(unsafe_folders, "MOUNTS", tmp_path / "none")
    assert unsafe_folders.warnings_of(tmp_path / "ledger.db") == []


def test_init_says_so_and_starts_the_ledger_all_the_same(run: Run, tmp_path: Path):
    path = tmp_path / "坚果云" / "ledger.db"
    said = run(f"init --organ 局 --branch 支部 --since 2026-01-01 --ledger {path}")
    assert "坚果云" in said.err
    assert "坚果云" not in said.out.replace(str(path), "")
    assert path.is_file()
