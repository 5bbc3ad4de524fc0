"""Every error about a wrong command line is in the reader's language; help lists the known words."""

import re
from collections.abc import Iterator

import pytest

from partyctl.cli.session.usage import in_chinese
from partyctl.terms import (
    Category,
    DisclosureKind,
    LeaveReason,
    MeetingKind,
    PlanKind,
    Post,
    Term,
    VisitKind,
)
from tests.conftest import Run

WRONG = {
    "member list 多 写": "多写了“多 写”",
    "calendar --weeks x": "--weeks 的值不对：“x”不是整数",
    "calendar --weeks 0": "--weeks 的值不对：0 不在 1 到 106 之间",
    "check --all=1": "选项 --all 不带值",
    "journal list --last": "选项 --last 缺少值",
    "check --month=2026-05 五月": "多写了“五月”",
}


@pytest.mark.parametrize("line", WRONG)
def test_what_the_library_complains_of_is_said_in_chinese(line: str, branch: Run):
    sentence = branch(line, code=2).err.splitlines()[0]

    assert WRONG[line] in sentence
    assert not re.search(r"[A-Za-z]{3,} [A-Za-z]+", sentence)


def test_an_unknown_sentence_of_the_library_is_not_shown():
    assert in_chinese("Something new happened.") == ""


def listings() -> Iterator[tuple[str, type[Term]]]:
    yield "member add --help", Post
    yield "member add --help", Category
    yield "member post --help", Post
    yield "member edit --help", Category
    yield "member leave --help", LeaveReason
    yield "member list --help", Category
    yield "meeting add --help", MeetingKind
    yield "meeting plan --help", MeetingKind
    yield "meeting list --help", MeetingKind
    yield "dues assess --help", Category
    yield "disclosure add --help", DisclosureKind
    yield "plan adopt --help", PlanKind
    yield "contact visit --help", VisitKind


@pytest.mark.parametrize(("line", "words"), list(listings()))
def test_help_lists_every_word_that_can_be_typed(line: str, words: type[Term], run: Run):
    said = run(line).out

    for word in words:
        assert f"{word.value} {word.chinese}" in said
    assert "[OPTIONS]" not in said
    assert "<str>" not in said
    assert "[默认 no-" not in said
