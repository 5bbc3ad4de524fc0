"""Read the lines of a batch, in the usual encodings, and show its progress."""

import codecs
import re
import sys
from pathlib import Path

from partyctl.cli.output.answers import tell
from partyctl.errors import BadInput
from partyctl.language import say
from partyctl.ledger.file import handed_in

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
HAN = re.compile(rb"[\xe3-\xe9][\x80-\xbf][\x80-\xbf]")
"""Matches the UTF-8 bytes of U+3000 to U+9FFF: Chinese characters and marks such as 。 (not ，)."""


def read_lines(file: str) -> list[str]:
    """Return the lines of a file, or of standard input (-).

    If the text is GB18030 instead of UTF-8, as Notepad may save it, say so on standard error.
    Raises BadInput, and the errors that `handed_in.opened` raises.
    """
    if file == "-":
        content = _standard_input()
        file = say("标准输入", "the standard input")
    else:
        content = handed_in.read(Path(file))
    return content if isinstance(content, list) else _decoded(content, file).splitlines()


def _standard_input() -> bytes | list[str]:
    """Read standard input: return its bytes, or its lines if the stream has no bytes."""
    buffer = getattr(sys.stdin, "buffer", None)
    if buffer is None:
        return sys.stdin.read().splitlines()
    content = bytes(buffer.read(handed_in.LARGEST_TEXT_MB * handed_in.MB + 1))
    if len(content) > handed_in.LARGEST_TEXT_MB * handed_in.MB:
        raise _no_text(say("标准输入", "the standard input"))
    return content


def _decoded(content: bytes, file: str) -> str:
    """Decode a file as UTF-8, or as GB18030 if the file is not valid UTF-8.

    Raises BadInput if the text is neither UTF-8 nor GB18030, or may be both.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    else:
        if not content.startswith(codecs.BOM_UTF8) and _may_be_gb18030(text):
            raise _unclear(file)
        return text
    if content.startswith(UTF_16) or b"\0" in content or _is_damaged_utf_8(content):
        raise _no_text(file)
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        raise _no_text(file) from None
    tell(say(f"{file} 不是 UTF-8，按 GB18030 读取。", f"{file} was read as GB18030."), err=True)
    return text


def _may_be_gb18030(text: str) -> bool:
    """Whether a text that is valid UTF-8 could also be a Chinese text in GB18030.

    For example, the two bytes of 卢 in GB18030 mean ¬ in UTF-8.
    """
    beyond_ascii = [character for character in text if not character.isascii()]
    return bool(beyond_ascii) and max(beyond_ascii) < "\u0800"


def _unclear(file: str) -> BadInput:
    return BadInput(
        say(
            f"{file} 是 UTF-8 还是 GB18030，看不出来。",
            f"The encoding of {file} is unclear: UTF-8 or GB18030.",
        ),
        say("用记事本另存为“带有 BOM 的 UTF-8”再试", "save the file as UTF-8 with a BOM"),
    )


def _is_damaged_utf_8(content: bytes) -> bool:
    """Whether bytes that are not valid UTF-8 are more probably damaged UTF-8 than GB18030.

    In a GB18030 text, three successive bytes are rarely a valid Chinese character in UTF-8.
    """
    there = 3 * len(HAN.findall(content))
    beyond_ascii = sum(byte > 0x7F for byte in content)
    return 2 * there > beyond_ascii


def _no_text(file: str) -> BadInput:
    return BadInput(
        say(f"{file} 不是 UTF-8 或 GB18030 文本。", f"{file} is neither UTF-8 nor GB18030 text."),
        say("用记事本另存为 UTF-8 再试", "save the file as UTF-8, and try again"),
    )


class Progress:
    """Shows the progress of a batch on a terminal, before the answer of each command."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.is_shown = total > 1 and sys.stderr is not None and sys.stderr.isatty()

    def step(self) -> None:
        """Count the next command, and show the progress."""
        self.done += 1
        if self.is_shown:
            sys.stdout.flush()
            sys.stderr.write(f"\r[{self.done}/{self.total}] ")
            sys.stderr.flush()

    def end(self) -> None:
        """Remove the progress from the terminal."""
        if self.is_shown:
            blank = " " * len(f"[{self.done}/{self.total}]")
            sys.stdout.flush()
            sys.stderr.write(f"\r{blank}\r")
            sys.stderr.flush()
