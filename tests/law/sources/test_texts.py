"""Citations of clauses of national texts and of the regulation."""

from datetime import date

import pytest

from partyctl.law.sources.clauses import BRANCH, CHAPTER_OF, NATIONAL, chapter_of
from partyctl.law.sources.texts import (
    ADMISSION_2014,
    ADMISSION_2026,
    BRANCH_WORK,
    DUES,
    TEXTS,
    text_of,
)


def test_a_citation_is_of_the_text_that_it_names_first():
    assert text_of("党费规定") is DUES
    assert text_of("党费规定·3") is DUES
    assert text_of("党费规定·3、支部工作条例·10") is DUES
    assert text_of("支部工作条例·10、党费规定·3") is BRANCH_WORK
    assert text_of(BRANCH["七"]) is None
    assert text_of("支部·七、党费规定·3") is None


def test_a_text_is_cited_by_its_name_and_an_article_by_its_number():
    assert str(DUES) == "党费规定"
    assert DUES.article(3) == "党费规定·3"
    assert text_of(DUES.article(3)) is DUES


def test_each_text_applies_from_its_own_day():
    assert {str(each): each.since for each in TEXTS} == {
        "党费规定": date(2008, 4, 1),
        "发展党员细则2014": date(2014, 5, 28),
        "支部工作条例": date(2018, 10, 28),
        "党员教育管理条例": date(2019, 5, 6),
        "基层选举条例": date(2020, 7, 13),
        "发展党员细则": date(2026, 5, 11),
    }
    assert {str(each): each.until for each in TEXTS if each.until != date.max} == {
        "发展党员细则2014": date(2026, 5, 11)
    }


def test_one_text_on_admission_ends_where_the_next_begins():
    assert ADMISSION_2014.until == ADMISSION_2026.since
    assert [each for each in TEXTS if each.until < each.since] == []


def test_a_chapter_is_that_of_the_first_clause_and_all_national_texts_are_one():
    assert chapter_of("支部·七、支部·七2").title == "七、党费缴纳制度"
    assert chapter_of("支部·六11、支部·七").title == "六、发展党员制度"
    assert chapter_of("党费规定·3") is NATIONAL
    with pytest.raises(KeyError):
        chapter_of("支部·十一")


def test_there_are_97_clauses_and_several_are_cited_together():
    assert len(CHAPTER_OF) == 97
    assert BRANCH["七", "七2"] == "支部·七、支部·七2"
    with pytest.raises(KeyError):
        BRANCH["七", "七4"]
