"""`partyctl member edit --category CATEGORY --from MONTH`: change a member's category."""

from typing import TYPE_CHECKING

from partyctl.language import say
from partyctl.money import print_yuan
from partyctl.terms import Category

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.people import Member


def categorised(session: "Session", member: "Member", category: Category, month: str) -> str:
    """Record a member's category from a month on; return a text about it and its effect on dues."""
    from partyctl.records.dues.assessments import effect_of_category
    from partyctl.records.members.categories import set_category

    set_category(session, member, category, month)
    told = say(f"，{month} 起{category.chinese}", f", {category} from {month}")
    effect = effect_of_category(session, member, category, month)
    if effect is None or effect.before == effect.after:
        return told
    before, after = print_yuan(effect.before), print_yuan(effect.after)
    remedy = f"partyctl dues assess '#{member.number}' --base … --from {month} --reason …"
    return told + say(
        f"。党费按原核定每月 {before} 元，按{category.chinese}应为 {after} 元：{remedy}",
        f". The dues were assessed at {before} a month; for the category {category} "
        f"they would be {after}: {remedy}",
    )
