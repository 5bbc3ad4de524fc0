"""How commands name people, branches and channels."""

import shlex

import pytest

from partyctl.law.engine.known import address, as_word


@pytest.mark.parametrize(
    "name", ["张三", "第一 支部", "o'Neil", "a'b c", "$(x)", "`x`", "a;b", "#2"]
)
def test_a_name_is_one_word_for_a_shell(name: str):
    assert shlex.split(as_word(name), comments=True) == [name]


def test_a_shared_name_is_a_number():
    assert address("张三", 7, frozenset({"张三"})) == "'#7'"
    assert address("张三", 7, frozenset()) == "张三"
