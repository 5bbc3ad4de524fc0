"""Normalise column names as people write them: 姓 名, *姓名：, 入党时间（年月日）."""

import re
import unicodedata
from functools import lru_cache

INVISIBLE = re.compile("[\\s\u200b-\u200f\u2060\ufeff]+")
MARKS = re.compile("[*★☆△▲●#:：。.、，,;；'\"“”‘’`]+")
REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>")
LONGEST = 40


@lru_cache(maxsize=16384)
def heading(text: str) -> str:
    """Return a column's name in lower case and NFKC, without blanks, marks or bracketed remarks.

    A name that is only a remark is kept. A text longer than `LONGEST` gives an empty name.
    """
    if len(text) > LONGEST:
        return ""
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower()
    without = REMARK.sub("", plain)
    return MARKS.sub("", without) or MARKS.sub("", plain)
