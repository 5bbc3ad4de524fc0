"""Open files that partyctl may not have written, such as batches, minutes, packets and rules.

A path that a user gives can lead to anything: a pipe without a writer, an endless device, a link to
itself, or JSON with a million brackets. Only a regular file of limited size is accepted.
"""

import os
import re
import stat
from pathlib import Path
from typing import Any, BinaryIO

from partyctl.errors import BadInput, BadUsage, MissingInput
from partyctl.language import say
from partyctl.ledger.file.failures import explain_os, is_missing
from partyctl.ledger.file.flags import NO_WAIT, OURS_ALONE

MB = 1024 * 1024
LARGEST_TEXT_MB = 4


def path_of(typed: str) -> Path:
    """The path that the user typed, with ~ expanded. Raises BadUsage if ~ names an unknown user."""
    try:
        return Path(typed).expanduser()
    except (RuntimeError, ValueError):
        raise BadUsage(
            say(
                f"没有“{typed}”所说的用户。",
                f"“{typed}” names a user that does not exist on this computer.",
            ),
            say("写出完整路径", "write the whole path"),
        ) from None


def is_there(path: Path) -> bool:
    """Whether a path names something that exists; False if the name is too long for a file."""
    return os.path.exists(path)  # noqa: PTH110 - Path.exists fails for a name that is too long


def is_folder(path: Path) -> bool:
    """Whether a path names a folder; False if the name is too long for a folder."""
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir fails for a name that is too long


def opened(path: Path, most_mb: int = LARGEST_TEXT_MB) -> BinaryIO:
    """Open a regular file of at most `most_mb` megabytes for reading.

    Raises MissingInput, NotPermitted, BadInput, CannotRead.
    """
    try:
        # O_NONBLOCK, because opening a pipe would otherwise wait until another process writes to it.
        descriptor = os.open(path, os.O_RDONLY | NO_WAIT | OURS_ALONE)
    except OSError as error:
        if is_missing(error):
            raise MissingInput(
                say(f"没有文件 {path}。", f"There is no file {path}."), f"ls -ld {path.parent}"
            ) from None
        raise explain_os(error) or error from None
    except ValueError:
        raise BadInput(say("文件名里有空字符。", "The name contains a NUL character.")) from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise BadInput(
                say(f"{path} 不是普通文件。", f"{path} is not a regular file."), f"ls -ld {path}"
            )
        if status.st_size > most_mb * MB:
            raise BadInput(say(f"{path} 超过 {most_mb} MB。", f"{path} is over {most_mb} MB."))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read(path: Path, most_mb: int = LARGEST_TEXT_MB) -> bytes:
    """The content of a file given by the user. Raises the errors that `opened` raises."""
    try:
        with opened(path, most_mb) as file:
            content = file.read(most_mb * MB)  # limited: the file may be growing
    except OSError as error:
        raise explain_os(error) or error from None
    if content is None:  # a kernel file that has no data now
        raise BadInput(say(f"{path} 读不出内容。", f"Nothing can be read from {path}."))
    return content


def read_text(path: Path) -> str:
    """The text of a file given by the user.

    Raises the errors that `opened` raises, and BadInput if the text is not UTF-8.
    """
    try:
        return read(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(
            say(f"{path} 不是 UTF-8 文本。", f"{path} is not UTF-8 text."), f"file {path}"
        ) from None


def parsed_toml(text: str) -> dict[str, Any]:
    """Parse TOML. Raises only ValueError, even if the text is nested too deeply for Python."""
    import tomllib

    try:
        return tomllib.loads(text)
    except (RecursionError, MemoryError):
        raise ValueError(say("嵌套太深", "nested too deeply")) from None
    except ValueError as error:
        raise _in_our_words(error) from None


def parsed_json(text: str) -> Any:  # noqa: ANN401 - whatever JSON can say
    """Parse JSON. Raises only ValueError, even if the text is nested too deeply for Python."""
    import json

    try:
        return json.loads(text)
    except (RecursionError, MemoryError):
        raise ValueError(say("嵌套太深", "nested too deeply")) from None
    except ValueError as error:
        raise _in_our_words(error) from None


def _in_our_words(error: ValueError) -> ValueError:
    """Return an error with a message for clerks.

    In English, most messages are still Python's own.
    """
    if "integer string conversion" in str(error):
        return ValueError(say("数字太长", "a number is too long"))
    place = re.search(r"line (\d+),? column (\d+)", str(error))
    where = f"第 {place[1]} 行第 {place[2]} 列写得不对" if place else "末尾不完整"
    return ValueError(say(where, str(error)))
