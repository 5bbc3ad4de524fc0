"""The fields of a committee post: the duties whose reminders go to the holder of the post."""

from collections.abc import Mapping
from typing import Any

from partyctl.language import comma_list, say
from partyctl.reminders import values
from partyctl.reminders.values import Invalid
from partyctl.terms import Noun, Post, stored_term

Fields = Mapping[Post, tuple[str, ...]]
"""For each committee post, the nouns or rules for which its holder is responsible."""

USUAL_FIELDS: Fields = {
    Post.ORGANIZATION: ("member", "dues", "review", "talk", "applicant", "org-life"),
    Post.PUBLICITY: ("disclosure", "study-plan", "study-session", "study-record", "party-lecture"),
    Post.DISCIPLINE: ("rectify", "warning", "opinion", "integrity-education", "integrity-report"),
}


def fields_in(told: dict[str, Any]) -> Fields:
    """Return the fields of each post: those under [fields] in the settings, or else the usual ones.

    Raises Invalid for an unknown post, and for a word that is neither a noun nor a rule.
    """
    fields = dict(USUAL_FIELDS)
    for post, given in values.table(told, ("fields",), "[fields]").items():
        if post not in [each.value for each in Post]:
            raise Invalid(
                say(
                    f"[fields] 里没有 {post} 这个职务；可写：{comma_list(Post)}",
                    f"[fields] has no post {post}; the posts are: {comma_list(Post)}",
                ),
                ("fields", post),
            )
        if not (isinstance(given, list) and all(isinstance(each, str) for each in given)):
            raise Invalid(
                say(
                    f'[fields] 的 {post} 要写成文字列表，如 ["dues"]',
                    f'{post} under [fields] must be a list of texts, such as ["dues"]',
                ),
                ("fields", post),
                f'{post} = ["dues"]',
            )
        _require_duties(post, given)
        fields[stored_term(Post, post)] = tuple(given)
    return fields


def _require_duties(post: str, given: list[str]) -> None:
    """Refuse a word that is neither a rule nor the noun of a rule: no reminder would match it."""
    from partyctl.law.catalogue import CATALOGUE  # only here: few settings files have [fields]

    nouns = list(dict.fromkeys(rule.area.value for rule in CATALOGUE))
    known = {*nouns, *(rule.id for rule in CATALOGUE)}
    for each in given:
        if each not in known:
            raise Invalid(
                say(
                    f"[fields] 的 {post} 里不能写 {each}；可写：{comma_list(nouns)}，"
                    "或一条规则（partyctl rules list）",
                    f"{post} under [fields] cannot be {each}; the choices are: "
                    f"{comma_list(nouns)}, or a rule (partyctl rules list)",
                ),
                ("fields", post),
            )


def answers_for(fields: Fields, area: Noun, rule: str) -> list[Post]:
    """Return the posts that are responsible for a rule.

    The fields of a post are its responsibilities. A post is responsible for the rule if the rule is
    one of its fields. If the rule is not a field of any post, each post that has the rule's noun
    (`area`) as a field is responsible.
    """
    named = [post for post, field in fields.items() if rule in field]
    return named or [post for post, field in fields.items() if area in field]
