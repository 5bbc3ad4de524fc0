"""Files that somebody hands in (a batch, a workbook, rules, a key): opened here, and nowhere else.

What is handed in may be anything: a pipe that nobody writes to, a device without end, a link to
itself, a text of brackets alone. It is a whole file of a modest size, or it is refused with a code.
"""

import os
import stat
from pathlib import Path
from typing import Any, BinaryIO

from partyctl.errors import BadInput, BadUsage, MissingInput
from partyctl.language import say
from partyctl.ledger.file.failures import explain_os

MB = 1024 * 1024
LARGEST_TEXT_MB = 4


def path_of(typed: str) -> Path:
    """A path as typed, with ~ for somebody's home. Raises BadUsage where there is no such home."""
    try:
        return Path(typed).expanduser()
    except (RuntimeError, ValueError):
        raise BadUsage(
            say(f"没有“{typed}”所说的用户。", f"Nobody is called as “{typed}” says."),
            say("写出完整路径", "the whole path"),
        ) from None


def opened(path: Path, most_mb: int = LARGEST_TEXT_MB) -> BinaryIO:
    """A regular file of at most so many megabytes, opened to be read.

    Raises MissingInput, NotPermitted, BadInput, CannotRead.
    """
    try:
        # Without waiting: a pipe would have us wait for whoever writes into it.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        raise MissingInput(
            say(f"没有文件 {path}。", f"There is no file {path}."), f"ls -ld {path.parent}"
        ) from None
    except OSError as error:
        raise explain_os(error) or error from None
    except ValueError:
        raise BadInput(say("文件名里有空字符。", "The name holds a NUL character.")) from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise BadInput(
                say(f"{path} 不是普通文件。", f"{path} is no regular file."), f"ls -ld {path}"
            )
        if status.st_size > most_mb * MB:
            raise BadInput(say(f"{path} 超过 {most_mb} MB。", f"{path} is over {most_mb} MB."))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read(path: Path, most_mb: int = LARGEST_TEXT_MB) -> bytes:
    """What is in a file. Raises as opened."""
    try:
        with opened(path, most_mb) as file:
            content = file.read(most_mb * MB)  # and no more, should it grow
    except OSError as error:
        raise explain_os(error) or error from None
    if content is None:  # of a file of the kernel's, which says that there is nothing just now
        raise BadInput(say(f"{path} 读不出内容。", f"Nothing can be read from {path}."))
    return content


def read_text(path: Path) -> str:
    """The text in a file. Raises as opened, and BadInput for what is no UTF-8."""
    try:
        return read(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(
            say(f"{path} 不是 UTF-8 文本。", f"{path} is no UTF-8 text."), f"file {path}"
        ) from None


def parsed_toml(text: str) -> dict[str, Any]:
    """The content of a TOML. Raises ValueError for what is none, however deep or long it is."""
    import tomllib

    try:
        return tomllib.loads(text)
    except (RecursionError, MemoryError):
        raise ValueError(say("嵌套太深", "nested too deeply")) from None


def parsed_json(text: str) -> Any:  # noqa: ANN401 - whatever JSON can say
    """The content of a JSON. Raises ValueError for what is none, however deep or long it is."""
    import json

    try:
        return json.loads(text)
    except (RecursionError, MemoryError):
        raise ValueError(say("嵌套太深", "nested too deeply")) from None
