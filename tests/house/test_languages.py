"""English answers have Chinese only in names and quotes; Chinese answers have English only in typed words.

Three kinds of text are checked: the pairs `say(中文, English)` in the source; the output of every
command; and the refusals of wrong lines (the same lines in both languages). A separate process for
each language runs the commands. The last tests check that the law depends on no language.
"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from partyctl import language
from partyctl.bilingual import Text, Told
from partyctl.cli.paper.kinds import KINDS
from partyctl.cli.session.reading import Reading
from partyctl.errors import PartyctlError
from partyctl.law.admission.needs import Lack
from partyctl.law.catalogue import CATALOGUE, rule_named
from partyctl.law.changes.changes import Change, Numbers
from partyctl.law.changes.ladders import read_ladder
from partyctl.law.changes.rulebook import Rulebook, satisfied_by
from partyctl.law.dues.tariff import assess, tariff_of
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.obligations import obligations
from partyctl.law.engine.owed import Counting
from partyctl.law.engine.rule import Obligation, Shape
from partyctl.law.questions.changing import require_sense
from partyctl.law.questions.comparison import compared
from partyctl.law.questions.coverage import coverage
from partyctl.law.questions.explaining import Considered, explain
from partyctl.law.questions.grouping import grouped, spans
from partyctl.law.questions.remedies import bundled
from partyctl.law.questions.scoreboard import Item
from partyctl.law.sources.clauses import CHAPTER_OF
from partyctl.law.sources.texts import TEXTS
from partyctl.ledger.file.opening import open_for_reading
from partyctl.rollup.chapters import CODES
from partyctl.terms import BLANK, Category, RuleAct, Term
from tests.cli.conftest import JANUARY
from tests.cli.paper.conftest import BUREAU, MINUTES
from tests.conftest import BRANCH
from tests.support import argument_vectors
from tests.support.command_tree import commands, option_names
from tests.support.in_process import FILLED, put, written
from tests.support.waiting import PATIENCE
from tests.support.working_lines import WORKING

HERE = Path(__file__).parents[2]
PACKAGE = HERE / "partyctl"
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
HAN = re.compile(r"[\u3400-\u9fff]+")
ENGLISH = re.compile(r"[A-Za-z][A-Za-z_'-]*[A-Za-z]")

QUOTED = {
    "partyctl/cli/dues/sheet_rows.py": "the name of a column on the sheet",
    "partyctl/papers/book/binding.py": "the names of Chinese fonts",
}
"""The modules in which an English sentence contains Chinese words, and what these words are."""

PROPER = """
AES Arm BOM CJK CSV Sheet Ctrl-C DOCTYPE Dask Debian DELETE Excel EXTRA GB HTML iCalendar JSON KiB LibreOffice
Linux Markdown MB NUL Noto Parquet PDF SHA SM SQLCipher SQLite Sans Serif SMTP STARTTLS SC TAB TOML TRUE
FALSE UTF UTF-8 WAL WeCom Windows Word WPS apprise bash compinit cron crontab dask distributed
duckdb fish gzip journal_mode XML sqlite_schema partyctl shell synchronous systemd typst zsh
source fpath rm ls pip zh en int str
"""
"""Names that have no Chinese form, and words of shell code."""

TYPED = """
today yesterday true false mail enabled server from folder secret_file channels templates backups all none
OK relative name facts pass fail must should organ branch chapter rule month office stdout notes root
port security starttls tls user
"""
"""English words that a user types in a command or a settings file, in both languages."""


@cache
def typed_words() -> frozenset[str]:
    """English words that a Chinese text may contain: PROPER, TYPED, the words of command lines."""
    words = {word for command in commands() for word in command.words}
    for command in commands():
        for parameter in command.parameters:
            words |= {name.lstrip("-") for name in option_names(parameter)}
            words |= set(re.findall(r"[a-z][a-z-]+", parameter.metavar or ""))
    words |= {each.value for kind in Term.__subclasses__() for each in kind}
    words |= {rule.id for rule in CATALOGUE} | set((PROPER + TYPED).split()) | {"roll-forward"}
    return frozenset(words)


# The source


def pairs() -> Iterator[tuple[str, int, str, str]]:
    """Every Chinese text in the source with the English text after it: file, line, both texts."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for chinese, english in beside(node):
                yield str(path.relative_to(HERE)), node.lineno, chinese, english


SAYS = ("say", "Told")


def beside(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Each Chinese text and the English text after it, in the arguments of a call or in a pair."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYS:
        chinese, english = map(constants, node.args) if len(node.args) == 2 else ("", "")
        yield chinese, english
    elif isinstance(node, ast.Call) or (isinstance(node, ast.Tuple) and len(node.elts) == 2):
        texts = list(map(constants, node.args if isinstance(node, ast.Call) else node.elts))
        for chinese, english in pairwise(texts):
            if HAN.search(chinese) and SENTENCE.search(english):
                yield chinese, english


SENTENCE = re.compile(r"[A-Za-z]{2,} [a-z·]")
"""Matches English text, but not a single word such as an option."""


def constants(node: ast.expr) -> str:
    """The text of a string, with · in place of each value."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(v.value if isinstance(v, ast.Constant) else "·" for v in node.values)
    if isinstance(node, ast.BinOp):
        return constants(node.left) + constants(node.right)
    return ""


@pytest.mark.long
def test_no_english_sentence_of_the_source_holds_chinese():
    mixed = [
        f"{file}:{line}: {english}"
        for file, line, _, english in pairs()
        if CHINESE.search(quoted().sub("·", english)) and file not in QUOTED
    ]
    assert not mixed
    assert len(list(pairs())) > 1500


def english_in(chinese: str) -> list[str]:
    """The English words of a Chinese text, except typed words and names."""
    text = re.sub(r"\b\d+-[0-9a-f]{16}\b|bash-completion", " ", chinese)
    text = re.sub(
        r"PARTYCTL_[A-Z]+|partyctl [^，。；：）]*|(?<!\w)--?[a-z][\w-]*(=\S+)?", " ", text
    )
    text = re.sub(r"(?:~|\.{0,2})/\S+|\S*\.[a-z]{2,6}\b|\[[a-z.]+\]|@\S+|\$\S+", " ", text)
    return [word for word in ENGLISH.findall(text) if word not in typed_words()]


@pytest.mark.long
def test_no_chinese_sentence_of_the_source_holds_english():
    mixed = [
        f"{file}:{line}: {found}: {chinese}"
        for file, line, chinese, _ in pairs()
        if (found := english_in(chinese))
    ]
    assert not mixed


# Printed output


@pytest.fixture(scope="module", params=["zh", "en"])
def said(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """A language, and the output of every command in that language."""
    result = tmp_path_factory.mktemp("said") / "answers.json"
    command = [sys.executable, "-m", "tests.support.answers", request.param, str(result)]
    subprocess.run(command, cwd=HERE, check=True, capture_output=True, timeout=PATIENCE)
    return request.param, json.loads(result.read_text(encoding="utf-8"))


def data() -> str:
    """All text that the tests' commands put into the ledger."""
    vectors = Path(argument_vectors.__file__).read_text(encoding="utf-8")
    bureau = BUREAU.replace("{MINUTES}", "")
    return "\n".join((BRANCH, JANUARY, FILLED, bureau, *WORKING.values(), vectors))


@cache
def quoted() -> re.Pattern[str]:
    """Matches Chinese that is never translated: test data, clauses, titles of texts and papers."""
    words = set(HAN.findall(data())) | {BLANK, "缺口", "目录", "中组发〔2008〕3号", "王"}
    words |= {"怎样接着用", "交接清单", "台账", "党务提醒"}
    words |= {text.name for text in TEXTS} | {each.kind.chinese for each in KINDS}
    words |= {fact for clause in CHAPTER_OF for fact in (clause, clause.partition("·")[2])} - {""}
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


BETWEEN = re.compile(r"·+(?:[、：；，]·+)+")
"""Matches Chinese punctuation between names or clauses that have been replaced by ·."""

FIELDS = re.compile(r"missing .*(?= \(not in Debian\))|\{[{%].*?[}%]\}")
"""Matches names of fonts, and fields of templates; both are Chinese in both languages."""

COPY = re.compile(r"Reading copy in English\..*?\(PARTYCTL_LANG=zh\)\.", re.DOTALL)
"""Matches the line on an English paper that names the Chinese form."""

CODE = re.compile(rf"^({'|'.join(CODES)}) ")
"""Matches a chapter's short code, which stands before its title on the page of a hub."""

MARK = '{"'
"""The start of the hidden sheet in which an entry sheet stores its original values."""

FOR_PROGRAMS = re.compile(r"^file (crontab|通知)")
"""Matches `file` and the name of a file that programs read; the file's text is not checked."""


def of_screen(said: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    for command, parts in said.items():
        for part, text in parts.items():
            if part != "code" and not FOR_PROGRAMS.search(part):
                whole = text.replace(MINUTES, "·").replace("\r\n ", "")
                for line in COPY.sub("", whole).splitlines():
                    if not line.startswith(MARK):
                        yield command, part, line


def chinese_in(line: str) -> list[str]:
    """The Chinese words of an English line, except names and quoted words."""
    if not ENGLISH.search(line):
        return []  # the line is a paper's Chinese title in a list of papers
    text = FIELDS.sub(
        "·", re.sub(r"/\S+|\S+\.(db|xlsx|docx|html|csv|pdf)\b", "·", CODE.sub("", line))
    )
    text = BETWEEN.sub("·", quoted().sub("·", text))
    return CHINESE.findall(text)


@pytest.mark.hard
def test_what_a_command_says_is_in_one_language(said):
    name, answers = said
    found_in = chinese_in if name == "en" else english_in_line
    mixed = [
        f"{command} | {part} | {found} | {line.strip()[:120]}"
        for command, part, line in of_screen(answers)
        if (found := found_in(line)) and command not in PROGRAMS
    ]
    assert not mixed, "\n".join(["", *mixed[:60]])
    assert len(answers) > 190


# Refusals


@pytest.fixture(scope="module", params=["zh", "en"])
def refused(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """A language, and the errors of every command in that language for the same wrong lines."""
    result = tmp_path_factory.mktemp("refused") / "refusals.json"
    command = [
        sys.executable,
        "-m",
        "tests.support.answers",
        request.param,
        str(result),
        "refusals",
    ]
    subprocess.run(command, cwd=HERE, check=True, capture_output=True, timeout=PATIENCE)
    return request.param, json.loads(result.read_text(encoding="utf-8"))


AS_TYPED = re.compile(r"“[^”]*”|\\u?[0-9a-f]+|→ (?:head -c|chmod) .*")
"""Matches a quoted word, the escape code of a character, or shell code."""


def own_words(line: list[str], said: str) -> str:
    """A refusal with the words and paths of the refused command line replaced by ·."""
    typed = {part for word in line for part in (word, *re.split(r"[=,:;，、：；]", word))}
    typed |= {Path(word).name for word in typed if "/" in word}
    for word in sorted((each.strip() for each in typed), key=len, reverse=True):
        if len(word) > 1 and re.search(r"[^\W\d_]", word):
            said = said.replace(word, "·")
    return said


@pytest.mark.hard
def test_what_is_refused_is_refused_in_one_language(refused):
    name, answers = refused
    mixed = []
    for each in answers:
        for line in own_words(each["line"], AS_TYPED.sub("·", each["err"])).splitlines():
            text = BETWEEN.sub("·", quoted().sub("·", line))
            if found := CHINESE.findall(text) if name == "en" else english_in_line(line):
                mixed.append(f"{' '.join(each['line'])[:100]} | {found} | {line[:160]}")
    assert not mixed, ascii("\n".join(["", *mixed[:60]]))
    assert len(answers) > 700
    assert {each["code"] for each in answers} >= {2, 4, 5, 65, 66, 73}


def test_a_mixed_refusal_is_noticed():
    english = own_words(["member", "show", "王五x"], "Error: 王五x 不在 the roll.")
    assert CHINESE.findall(quoted().sub("·", english)) == ["不在"]
    assert english_in_line(own_words(["a"], "错误：没有 roll 这个人。")) == ["roll"]


PROGRAMS = {"completion", "rules export", "schedule print", "schedule install"}
"""The output of these commands is for programs."""


def english_in_line(line: str) -> list[str]:
    text = re.sub(r"/\S+|\b[0-9a-f]{6,}\b|\S*\d\S*|[A-Z-]+[:;=]\S*", " ", FIELDS.sub("", line))
    return [word for word in english_in(text) if word not in ("root",)]


READING_THE_LANGUAGE = {"label", "heading", "sentence"}
"""Attributes that depend on the chosen language, in modules that the law may import."""


def test_no_module_of_the_law_asks_for_a_word_in_this_runs_language():
    asked = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in (PACKAGE / "law").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in READING_THE_LANGUAGE
    ]
    assert not asked


class Unreadable(dict[str, bool]):
    def __getitem__(self, key: str) -> bool:
        raise AssertionError("the law read the language of the run")


ERRORS = (
    lambda: rule_named("member-meeting"),
    lambda: read_ladder("7,x"),
    lambda: tariff_of("1990-01"),
    lambda: assess(Category.EMPLOYED, None, "2026-01"),
    lambda: assess(Category.STUDENT, None, "2026-01", 500),
    lambda: require_sense(change(count=3, name="oath"), Rulebook([])),
    lambda: require_sense(change(), Rulebook([])),
    lambda: require_sense(change(every="month"), Rulebook([])),
)
"""Calls that the law refuses, each for a different reason."""


def change(name: str = "members-meeting", **numbers: Any) -> Change:
    return Change(name, RuleAct.SET, date(2026, 1, 1), Numbers(**numbers))


def test_the_law_answers_without_the_language_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    put(written(), tmp_path / "ledger.db")
    with open_for_reading(tmp_path / "ledger.db") as connection:
        reading = Reading(connection, date(2027, 2, 1))
        known = [reading.known(each) for each in reading.branches]
    monkeypatch.setattr(language, "_chosen", Unreadable())
    owed = [each for branch in known for each in obligations(CATALOGUE, branch, Rulebook([]))]
    named = [each.subject.name for each in owed]
    assert sum(isinstance(each, Told) for each in named) > 10
    assert len([explain(each, known[0]) for each in owed if each.is_open][:200]) > 50
    groups = grouped(Item(each, "机关支部", False) for each in owed)
    assert len([spans(each.periods) for each in groups]) > 20
    assert all(each.remedy for each in bundled(groups, frozenset()) if each.groups[0].first.is_open)
    assert len(coverage()) == len(CHAPTER_OF)
    assert compared(Rulebook([]), date(2027, 2, 1))
    assert all(satisfied_by(rule).command for rule in CATALOGUE)
    for wrong in ERRORS:
        with pytest.raises(PartyctlError):
            wrong()


def test_an_error_of_the_law_is_worded_where_it_is_read():
    for wrong in ERRORS:
        with pytest.raises(PartyctlError) as refused:
            wrong()
        words = []
        for each in ("zh", "en"):
            language.choose(each)
            words.append((refused.value.sentence, str(refused.value), refused.value.remedy or ""))
        language.choose("zh")
        (chinese, same, _), (english, other, _) = words
        assert (chinese, english) == (same, other)
        assert HAN.search(chinese)
        assert not CHINESE.search(quoted().sub("·", english)), english


def test_notes_reasons_and_countings_are_worded_by_the_screen():
    assert get_type_hints(Obligation)["note"] == Told | None
    assert get_type_hints(Counting)["how"] is Told
    assert get_type_hints(Considered)["why"] is Told
    assert get_type_hints(Lack)["told"] is Told
    assert get_type_hints(Subject)["name"] == Text
    assert get_type_hints(Shape.words)["return"] is Told
