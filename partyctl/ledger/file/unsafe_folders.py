"""Detect folders in which a ledger can be damaged: synced folders and network shares.

A sync program may copy a file while it is being written, or replace it with another computer's
copy. On some network shares locks do not work. Backups are safe in these folders; a ledger in use
is not.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from partyctl.language import say

SYNCED = {
    "坚果云": r"nutstore|(我的)?坚果云",
    "OneDrive": r"onedrive",
    "Dropbox": r"dropbox",
    "百度网盘": r"baidu(netdisk|syncdisk|yun)|百度(网盘|云)",
    "WPS 云盘": r"wps ?(drive|cloud)|wps ?云",
    "iCloud": r"mobile documents$|icloud ?drive|icloud~",
}
"""Patterns for the names of folders that sync programs create."""

SYNCTHING_MARK = ".stfolder"

CONFLICT = re.compile(
    r".*(\.sync-conflict|conflicted copy|冲突)|[^()]*\S ?[(（]\d+[)）](\.|$)", re.IGNORECASE
)
"""The names that sync programs give to conflicting copies: ledger.sync-conflict-…, ledger (1).db."""

MOUNTS = Path("/proc/self/mountinfo")
NETWORK = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|9p|afs|ncpfs|ceph|glusterfs|davfs\d?"
    r"|fuse\.(sshfs|davfs\d?|rclone|glusterfs|ceph|s3fs|gvfsd-fuse|smbnetfs)"
)
ESCAPED = re.compile(r"\\([0-7]{3})")


def warnings_of(path: Path) -> list[str]:
    """Warnings about a ledger's folder, each as one text. The ledger need not exist yet."""
    return [*_synced(path.absolute()), *_conflicts(path), *_shared(path)]


def _synced(path: Path) -> Iterator[str]:
    for program in _programs(path.parent):
        yield say(
            f"台账在 {program} 同步的文件夹里，两边同时改会损坏或丢失；请移到别处，备份可以放这里。",
            f"The ledger is in a folder that {program} syncs. Syncing can damage the "
            "ledger or lose records, so move the ledger elsewhere. Backups can stay here.",
        )


def _programs(folder: Path) -> list[str]:
    """The sync programs that manage a folder, found with SYNCED and SYNCTHING_MARK."""
    found = [
        program
        for program, begins in SYNCED.items()
        if any(re.match(begins, part, re.IGNORECASE) for part in folder.parts)
    ]
    if any((each / SYNCTHING_MARK).exists() for each in (folder, *folder.parents)):
        found.append("Syncthing")
    return found


def _conflicts(path: Path) -> Iterator[str]:
    """Yield a warning if a sync program made conflicting copies of the ledger."""
    try:
        beside = sorted(each.name for each in path.parent.iterdir())
    except OSError:
        return
    copies = [name for name in beside if name.startswith(path.stem) and CONFLICT.match(name)]
    if copies:
        yield say(
            f"台账旁有同步冲突留下的副本：{'、'.join(copies)}；里面可能有这本台账没有的记录。",
            f"A sync program left conflicting copies next to the ledger: {', '.join(copies)}; "
            "they may contain records that the ledger does not have.",
        )


def _shared(path: Path) -> Iterator[str]:
    kind = _file_system(path)
    if NETWORK.fullmatch(kind):
        yield say(
            f"台账在网络文件系统（{kind}）上，锁不可靠：只可一人使用；请移到本机；备份可以留在网络文件系统上。",
            f"The ledger is on a network file system ({kind}), where locks are not "
            "reliable, so only one person may use the ledger. Move the ledger to this "
            "machine. Backups can stay on the network file system.",
        )


def _file_system(path: Path) -> str:
    """The type of the file system that contains a path's folder.

    Returns an empty text if the type is unknown, as on all systems except Linux.
    """
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    place = path.parent.resolve()
    kind, deepest = "", -1
    for line in lines:
        before, _, after = line.partition(" - ")
        point = Path(ESCAPED.sub(lambda found: chr(int(found[1], 8)), before.split()[4]))
        # If two file systems are mounted at the same point, the later one is visible.
        if place.is_relative_to(point) and len(point.parts) >= deepest:
            kind, deepest = after.split()[0], len(point.parts)
    return kind
