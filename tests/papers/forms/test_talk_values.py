"""On a paper about a talk, committee members fill the field 谈话人, even if typed last."""

import pytest

from partyctl.papers.forms.talks import talk_values
from partyctl.terms import TalkKind

POSTS = {"张三": "支部书记", "李四": "组织委员"}
TALK = {
    "held_on": "2026-03-02",
    "place": None,
    "between": [TalkKind.COMMITTEE],
    "theme": None,
    "note": None,
    "follow_up": None,
}


@pytest.mark.parametrize(
    ("people", "members", "talker", "other"),
    [
        (["王五", "张三"], 2, "张三（支部书记）", "王五"),
        (["王五", "李四", "张三"], 3, "李四（组织委员）、张三（支部书记）", "王五"),
        (["张三", "李四"], 2, "张三（支部书记）、李四（组织委员）", "互谈"),
        (["王五", "赵六"], 2, "王五、赵六", "互谈"),
        (["王五", "周科员"], 1, "王五", "周科员"),
        (["张三", "周科员"], 1, "张三（支部书记）", "周科员"),
    ],
)
def test_the_committee_talks_with_members_and_equals_with_each_other(
    people: list[str], members: int, talker: str, other: str
):
    talk = TALK | {"with": people, "member_ids": list(range(members))}
    said = talk_values(talk, POSTS, ["张三", "李四"])
    assert (said["谈话人"], said["谈话对象"]) == (talker, other)
