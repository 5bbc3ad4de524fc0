"""Values for the openness approval form and directory, and for the register of rectification items."""

from collections.abc import Mapping, Sequence
from typing import Any

from partyctl.language import comma_list
from partyctl.papers.forms.days import in_words
from partyctl.papers.forms.registers import numbered
from partyctl.terms import (
    DisclosureForm,
    DisclosureKind,
    DisclosureScope,
    PeriodClass,
    stored_term,
)

Object = dict[str, Any]


def approval_values(matter: Mapping[str, Any]) -> Object:
    """Return the fields of 党务公开审批表 (公开·2–4)."""
    form = matter["form"]
    return {
        "标题": matter["title"],
        "种类": stored_term(DisclosureKind, matter["kind"]).label,
        "内容": None,
        "范围": stored_term(DisclosureScope, matter["scope"]).label,
        "方式": stored_term(DisclosureForm, form).label if form else None,
        "时限": stored_term(PeriodClass, matter["period_class"]).label,
        "责任人": matter["responsible"],
        "保密审查": in_words(matter["reviewed_on"]),
        "审定日期": in_words(matter["approved_on"]),
    }


def directory_rows(matters: Sequence[Mapping[str, Any]]) -> list[Object]:
    """Return the rows of the directory (公开·3)."""
    return numbered(
        [
            {
                "公开事项": each["title"],
                "种类": stored_term(DisclosureKind, each["kind"]).label,
                "范围": stored_term(DisclosureScope, each["scope"]).label,
                "形式": stored_term(DisclosureForm, each["form"]).label if each["form"] else None,
                "时限": stored_term(PeriodClass, each["period_class"]).label,
                "责任人": each["responsible"],
                "保密审查": each["reviewed_on"],
                "审定": each["approved_on"],
                "公开日期": comma_list(line["published_on"] for line in each["publications"]),
            }
            for each in matters
        ]
    )


def rectification_rows(items: Sequence[Mapping[str, Any]]) -> list[Object]:
    """Return the rows of the register of rectification items (支部·五(6))."""
    return numbered(
        [
            {
                "问题": each["problem"],
                "整改措施": each["measure"],
                "责任人": each["owner"],
                "提出": each["set_on"],
                "完成时限": each["due_on"],
                "销号日期": each["closed_on"] or "",
            }
            for each in items
        ]
    )
