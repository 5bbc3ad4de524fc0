"""What the records of a heart-to-heart talk and of a visit to a contact point say."""

from collections.abc import Mapping
from typing import Any

from partyctl.papers.forms.days import in_chinese
from partyctl.terms import TalkKind, VisitKind, stored_term

Object = dict[str, Any]


def talk_values(talk: Object, posts: Mapping[str, str]) -> Object:
    """The fields of a talk's record (支部·八); `posts` are the people's posts of the day."""
    first, *others = talk["with"] or [None]
    return {
        "时间": in_chinese(talk["held_on"]),
        "地点": talk["place"],
        "谈话人": _with_post(first, posts),
        "谈话对象": "、".join(filter(None, (_with_post(each, posts) for each in others))) or None,
        "类型": "、".join(stored_term(TalkKind, kind).chinese for kind in talk["between"]) or None,
        "主题": talk["theme"],
        "内容": talk["note"],
        "意见": None,
        "后续": _follow_up(talk),
    }


def _with_post(name: str | None, posts: Mapping[str, str]) -> str | None:
    if name is None:
        return None
    post = posts.get(name)
    return f"{name}（{post}）" if post else name


def _follow_up(talk: Object) -> str:
    if talk["follow_up"] is None:
        return "无"
    done = f"，{in_chinese(talk['follow_up_done'])}办结" if talk["follow_up_done"] else ""
    return f"{talk['follow_up']}（{in_chinese(talk['follow_up_due'])}前{done}）"


def visit_values(contact: Object, visit: Object) -> Object:
    """The fields of a visit's record (支部·九)."""
    return {
        "联系点": contact["name"],
        "联系领导": contact["leader"],
        "时间": in_chinese(visit["visited_on"]),
        "形式": stored_term(VisitKind, visit["kind"]).chinese,
        "内容": visit["note"],
        "参加人": None,
        "意见": None,
        "后续": None,
    }
