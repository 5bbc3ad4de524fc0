"""Every link in the documents, except to other sites, leads to an existing file and heading."""

import re
from html import unescape
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

import pytest

HERE = Path(__file__).parents[2]
LEFT_OUT = {".venv", ".cache", "demo", "node_modules", "dist", ".git"}
DOCUMENTS = sorted(
    each
    for each in HERE.rglob("*.md")
    if not LEFT_OUT & set(each.relative_to(HERE).parts)
    and not any(part.endswith("_cache") for part in each.relative_to(HERE).parts)
)
FENCE = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(<?([^()<>\s]+(?:\([^()]*\)[^()<>\s]*)?)>?(?:\s+\"[^\"]*\")?\)")
HTML = re.compile(r"<(?:a|img|source)\b[^>]*?\b(?:href|src|srcset)=\"([^\" ]+)")
REFERENCE = re.compile(r"^\[[^\]]+\]:\s+(\S+)", re.MULTILINE)
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def without_code(text: str) -> str:
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))


def links(text: str) -> list[str]:
    plain = without_code(text)
    found = chain(LINK.findall(plain), HTML.findall(plain), REFERENCE.findall(plain))
    return [each for each in found if not OUTSIDE.match(each)]


def anchors(text: str) -> set[str]:
    """The anchors that GitHub makes from a document's headings, and the anchors written in the document."""
    found: set[str] = set(re.findall(r"<a (?:id|name)=\"([^\"]+)\"", text))
    for heading in re.findall(r"^#{1,6} +(.*?) *#*$", FENCE.sub("", text), re.MULTILINE):
        words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        words = re.sub(r"<[^>]*>", "", unescape(words)).lower()
        slug = re.sub(r"[^\w\- ]", "", words.strip()).replace(" ", "-")
        number, unique = 0, slug
        while unique in found:
            number += 1
            unique = f"{slug}-{number}"
        found.add(unique)
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(HERE)))
def test_every_link_leads_somewhere(document: Path):
    astray = []
    for link in links(document.read_text(encoding="utf-8")):
        path, _, anchor = unquote(link).partition("#")
        target = (document.parent / path).resolve() if path else document
        is_there = target.is_relative_to(HERE) and target.exists()
        if not is_there or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            astray.append(link)
    assert not astray


def test_the_documents_are_found_and_have_links():
    names = {str(each.relative_to(HERE)) for each in DOCUMENTS}
    assert {"README.md", "README.zh.md", "CONTRIBUTING.md", "docs/architecture.md"} <= names
    assert sum(len(links(each.read_text(encoding="utf-8"))) for each in DOCUMENTS) > 40


def test_a_link_astray_is_seen():
    assert links("[a](b.md#c) `[no](code)`\n```\n[no](block)\n```\n[x](https://example.org)") == [
        "b.md#c"
    ]
    assert anchors("# One, two!\n## `check --all`\n## 退出码\n## 退出码\n") == {
        "one-two",
        "check---all",
        "退出码",
        "退出码-1",
    }
