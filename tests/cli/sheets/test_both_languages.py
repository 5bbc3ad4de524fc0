"""An entry sheet can be written in one language and imported in the other."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from partyctl import language
from partyctl.papers.sheets.choices import CHINESE, ENGLISH, TERMS, in_this_language, meant, offered
from tests.cli.conftest import digest
from tests.cli.sheets.test_entry_sheets import change
from tests.conftest import Prepare, Run
from tests.house.test_languages import CHINESE as HAN
from tests.house.test_languages import quoted
from tests.support.command_tree import commands

MORE = """
    member edit 李四 --gender 女 --birth 1990-03-05 --phone 13800001234
    member add 赵六 --joined 2026-02-01 --probationary
    dues assess 张三 --base 5100 --from 2026-01
    dues assess 王五 --base 2000 --from 2026-01 --category retired
    dues pay 张三 --month 2026-03 --amount 76.50 --on 2026-03-05
    meeting add members --on 2026-03-02 --chair 张三 --present 张三,李四 --absent 王五:出差
    review open 2026 --on 2026-09-01
    review meeting 2026 --on 2026-09-20
    review rate 2026 张三 excellent --votes 3/1/0/0
    talk add --on 2026-03-02 --with 张三,李四 --theme 思想
    applicant add 郑十 --applied 2026-02-01 --birth 1999-01-01
    applicant step 郑十 activist --on 2026-03-02 --votes 3/3/3/0/0
    disclosure add briefing --title 一季度通报 --scope internal --form board --approved-on 2026-03-21
"""
WHAT = {"meeting": "1", "dues": "2026-03", "review": "2026"}
NOUNS = sorted(each.words[0] for each in commands() if each.words[1:] == ("sheet",))
SETTLED = {"same", "nothing"}


@pytest.fixture
def office(branch: Run, prepare: Prepare) -> Run:
    prepare(MORE)
    return branch


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda name: monkeypatch.setenv("PARTYCTL_LANG", name)


def texts_of(path: Path) -> list[str]:
    """All text of a workbook's first sheet: cells, its name, and the choices that a cell offers."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    return [*cells, sheet.title, *(each.formula1 for each in sheet.data_validations.dataValidation)]


def test_every_sheet_is_tried():
    assert NOUNS == ["applicant", "disclosure", "dues", "meeting", "member", "review", "talk"]


@pytest.mark.sweep(5)
@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize(("written", "read"), [("en", "zh"), ("zh", "en"), ("en", "en")])
def test_a_sheet_comes_back_in_either_language(
    office: Run, speak, ledger: Path, tmp_path: Path, noun: str, written: str, read: str
):
    path = tmp_path / "sheet.xlsx"
    speak(written)
    office(f"{noun} sheet {WHAT.get(noun, '')} -o {path}")
    before = digest(ledger)
    speak(read)
    told = office(f"{noun} import {path} --update --json").json
    (rows,) = (
        value
        for value in told.values()
        if isinstance(value, list) and value and "state" in value[0]
    )
    assert {each["state"] for each in rows} <= SETTLED, rows
    assert digest(ledger) == before


@pytest.mark.sweep(2)
@pytest.mark.parametrize("noun", NOUNS)
def test_an_english_sheet_has_no_chinese_but_names(office: Run, speak, tmp_path: Path, noun: str):
    path = tmp_path / "sheet.xlsx"
    speak("en")
    office(f"{noun} sheet {WHAT.get(noun, '')} -o {path}")
    mixed = [text for text in texts_of(path) if HAN.search(quoted().sub("", text))]
    assert not mixed


NOTED = {
    "dues": ("台账编号和姓名不要改", "Do not change IDs or names."),
    "member": ("台账编号和姓名不要改", "Do not change IDs or names."),
    "review": ("没有的写 0。台账编号和姓名不要改", "(0 for none). Do not change IDs or names."),
    "talk": ("多谈几次的另起一行（编号也写）", "for a second talk, add a line with the ID."),
}
"""What the note above the table must say in each language."""


@pytest.mark.parametrize("noun", NOTED)
def test_a_sheet_notes_the_same_in_both_languages(office: Run, speak, tmp_path: Path, noun: str):
    for name, note in zip(("zh", "en"), NOTED[noun], strict=True):
        path = tmp_path / f"{name}.xlsx"
        speak(name)
        office(f"{noun} sheet {WHAT.get(noun, '')} -o {path}")
        assert any(note in text for text in texts_of(path))


def test_what_is_typed_in_english_is_stored(office: Run, speak, tmp_path: Path):
    speak("en")
    path = tmp_path / "roster.xlsx"
    office(f"member sheet -o {path}")
    change(path, "王五", "gender", "male")
    change(path, "王五", "category", "retired")
    change(path, "王五", "posts", "publicity")
    speak("zh")
    office(f"member import {path} --update --from 2026-03-01")
    shown = office("member show 王五 --json").json
    assert (shown["gender"], shown["category"]) == ("male", "retired")
    assert [each["post"] for each in shown["posts"]] == ["publicity"]


def test_a_ledger_that_changed_elsewhere_takes_a_sheet_of_the_other_language(
    office: Run, speak, tmp_path: Path
):
    speak("en")
    path = tmp_path / "roster.xlsx"
    office(f"member sheet -o {path}")
    office("talk add --on 2026-03-03 --with 张三,王五")
    speak("zh")
    office(f"member import {path} --update")
    office("member edit 李四 --gender 男")
    assert "性别 女 → 男" in office(f"member import {path} --update", code=65).out
    speak("en")
    assert "gender: female → male" in office(f"member import {path} --update", code=65).out


def test_a_choice_is_offered_and_understood_in_either_language():
    language.choose("en")
    assert offered("同一人") == "the same person"
    assert meant("The same person", ("同一人", "另一人")) == "同一人"
    assert meant("另一人", ("同一人", "另一人")) == "另一人"
    assert meant("2", ("同一人", "另一人")) == "另一人"
    assert in_this_language("支部书记、组织委员") == "branch-secretary, organization"
    language.choose("zh")
    assert offered("同一人") == "同一人"
    assert in_this_language("branch-secretary, organization") == "支部书记、组织委员"


def test_no_word_of_a_sheet_means_two_things():
    words = [(word.chinese, word.value) for terms in TERMS for word in terms]
    for chinese, english in words:
        assert ENGLISH[chinese] == english
        assert ENGLISH[CHINESE[english]] == english
