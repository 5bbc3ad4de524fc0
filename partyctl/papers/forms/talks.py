"""Values for the records of talks and of visits to contact points."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from partyctl.language import bracketed, comma_list, say
from partyctl.papers.forms.days import in_words
from partyctl.terms import TalkKind, VisitKind, stored_term

Object = dict[str, Any]


def talk_values(
    talk: Mapping[str, Any], posts: Mapping[str, str], leads: Collection[str] = ()
) -> Object:
    """Return the fields of a talk's record (支部·八).

    `posts`: the posts that people held on the day of the talk, keyed by name. `leads`: the
    names of committee members.

    The form says who talks (谈话人) to whom (谈话对象). Committee members talk to all others; if no
    committee member takes part, members talk to staff. If this leaves nobody for 谈话对象, the form
    shows 互谈 (each other) there.
    """
    everybody = list(talk["with"])
    members = everybody[: len(talk["member_ids"])]
    talkers = [each for each in everybody if each in leads] or members
    others = [each for each in everybody if each not in talkers]
    mutual = say("互谈", "each other")
    return {
        "时间": in_words(talk["held_on"]),
        "地点": talk["place"],
        "谈话人": _named(talkers, posts),
        "谈话对象": _named(others, posts) or mutual,
        "类型": comma_list(stored_term(TalkKind, kind).label for kind in talk["between"]) or None,
        "主题": talk["theme"],
        "内容": talk["note"],
        "意见": None,
        "后续": _follow_up(talk),
    }


def _named(names: Sequence[str], posts: Mapping[str, str]) -> str | None:
    """List people, each with the posts held on the day of the talk."""
    told = (name + bracketed(posts[name]) if posts.get(name) else name for name in names)
    return comma_list(told) or None


def _follow_up(talk: Mapping[str, Any]) -> str:
    if talk["follow_up"] is None:
        return say("无", "none")
    due, done = in_words(talk["follow_up_due"]), in_words(talk["follow_up_done"])
    told = say(f"{due}前", f"by {due}")
    if done:
        told += say(f"，{done}办结", f", done {done}")
    return f"{talk['follow_up']}{bracketed(told)}"


def visit_values(contact: Mapping[str, Any], visit: Mapping[str, Any]) -> Object:
    """Return the fields of a visit's record (支部·九)."""
    return {
        "联系点": contact["name"],
        "联系领导": contact["leader"],
        "时间": in_words(visit["visited_on"]),
        "形式": stored_term(VisitKind, visit["kind"]).label,
        "内容": visit["note"],
        "参加人": None,
        "意见": None,
        "后续": None,
    }
