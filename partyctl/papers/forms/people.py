"""Values for the roster, a review's ballot and the tally of its votes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from partyctl.language import comma_list, say
from partyctl.ledger.reading.lists import posts_on
from partyctl.papers.forms.registers import numbered
from partyctl.terms import Gender, Grade, stored_term

Object = dict[str, Any]


def posts_of(member: Mapping[str, Any], on: date) -> str:
    """List a person's posts on a day, such as 支部书记、党组成员."""
    return comma_list(post.label for post in posts_on(member, on))


def roster_rows(members: Sequence[Mapping[str, Any]], on: date) -> list[Object]:
    """Return the rows of the roster; telephone numbers are masked, as they are in lists."""
    return numbered(
        [
            {
                "姓名": each["name"],
                "性别": stored_term(Gender, each["gender"]).label if each["gender"] else None,
                "出生": each["birth_on"],
                "入党": each["joined_on"],
                "转正": each["full_on"]
                or (say("预备期", "on probation") if each["probationary"] else None),
                "党小组": each["cell"] or "",
                "职务": posts_of(each, on),
                "电话": each["phone"],
            }
            for each in members
        ]
    )


GRADES = {Grade.EXCELLENT: "优秀", Grade.QUALIFIED: "合格", Grade.BASIC: "基本合格"} | {
    Grade.UNQUALIFIED: "不合格"
}


def ballot_values(year: int, names: Sequence[str]) -> Object:
    """Return the fields of a ballot (支部·四): every member, with space for a mark under each grade."""
    marks = dict.fromkeys(GRADES.values(), "")
    rows = [{"序号": str(n), "姓名": name, **marks} for n, name in enumerate(names, 1)]
    return {"年度": str(year), "各人": rows}


def tally_rows(
    names: Sequence[tuple[int, str]],
    votes: Mapping[int, Mapping[str, Any]],
    ratings: Mapping[int, str],
) -> list[Object]:
    """Return the rows of the tally: for each member, the votes for each grade, and the grade given."""
    return numbered(
        [_tally(name, votes.get(number), ratings.get(number)) for number, name in names]
    )


def _tally(name: str, votes: Mapping[str, Any] | None, grade: str | None) -> Object:
    counts = {column: str(votes[each.value]) if votes else None for each, column in GRADES.items()}
    total = str(sum(votes[each.value] for each in GRADES)) if votes else None
    decided = stored_term(Grade, grade).label if grade else None
    return {"姓名": name, **counts, "票数": total, "评定等次": decided}


def share_note(excellent: int, members: int) -> str:
    """Write the note under the tally's title: how many are graded 优秀, and the usual maximum."""
    most = members // 3
    verdict = say("未超过", "not exceeded") if excellent <= most else say("超过", "exceeded")
    return say(
        f"参加评议 {members} 人，优秀等次一般不超过三分之一，即 {most} 人；"
        f"评定优秀 {excellent} 人，{verdict}。",
        f"Members reviewed: {members}. Usually at most a third of them, that is {most}, "
        f"are graded excellent. Graded excellent: {excellent}, limit {verdict}.",
    )
