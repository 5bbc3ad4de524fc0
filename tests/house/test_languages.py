"""English answers have Chinese only in names and quotes; Chinese answers have English only in typed words.

There are two checks: every pair `say(中文, English)` in the source, which covers each refusal; and the real
output of every command, in a process of each language.
"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import get_type_hints

import pytest

from partyctl.cli.paper.kinds import KINDS
from partyctl.language import Told
from partyctl.law.admission.needs import Lack
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.engine.owed import Counting
from partyctl.law.engine.rule import Obligation, Shape
from partyctl.law.questions.explaining import Considered
from partyctl.law.sources.clauses import CHAPTER_OF
from partyctl.law.sources.texts import TEXTS
from partyctl.rollup.chapters import CODES
from partyctl.terms import BLANK, Term
from tests.cli.conftest import JANUARY
from tests.cli.paper.conftest import BUREAU, MINUTES
from tests.conftest import BRANCH
from tests.support import argument_vectors
from tests.support.command_tree import commands, option_names
from tests.support.in_process import FILLED
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
"""The places where an English sentence quotes Chinese, with the quotes."""

PROPER = """
AES Arm BOM CJK CSV Ctrl-C DOCTYPE Dask Debian DELETE Excel EXTRA GB HTML iCalendar JSON KiB LibreOffice
Linux Markdown MB NUL Noto Parquet PDF SHA SM SQLCipher SQLite Sans Serif SMTP SC TAB TOML TRUE
FALSE UTF UTF-8 WAL WeCom Windows Word WPS apprise bash compinit cron crontab dask distributed
duckdb fish gzip journal_mode XML sqlite_schema partyctl shell synchronous systemd typst zsh
source fpath rm ls pip zh en int str
"""
"""Names without a Chinese form, and shell code."""

TYPED = """
today yesterday true false enabled server from folder secret_file channels templates backups all none
OK relative name facts pass fail must should organ branch chapter rule month office stdout notes root
"""
"""Words typed unchanged in a command or a settings file."""


@cache
def typed_words() -> frozenset[str]:
    """Every word that may be in a command line: commands, options, vocabularies, rules."""
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
    """Every text that stands beside its English, in `say`, `Unread`, a pair: file, line, both."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for chinese, english in beside(node):
                yield str(path.relative_to(HERE)), node.lineno, chinese, english


SAYS = ("say", "Told")


def beside(node: ast.AST) -> Iterator[tuple[str, str]]:
    """The texts of a call or a pair that stand one after the other in both languages."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYS:
        chinese, english = map(constants, node.args) if len(node.args) == 2 else ("", "")
        yield chinese, english
    elif isinstance(node, ast.Call) or (isinstance(node, ast.Tuple) and len(node.elts) == 2):
        texts = list(map(constants, node.args if isinstance(node, ast.Call) else node.elts))
        for chinese, english in pairwise(texts):
            if HAN.search(chinese) and SENTENCE.search(english):
                yield chinese, english


SENTENCE = re.compile(r"[A-Za-z]{2,} [a-z·]")
"""What is English, and no word that is typed or read."""


def constants(node: ast.expr) -> str:
    """The text of a string, with · in place of each value."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(v.value if isinstance(v, ast.Constant) else "·" for v in node.values)
    if isinstance(node, ast.BinOp):
        return constants(node.left) + constants(node.right)
    return ""


def test_no_english_sentence_of_the_source_holds_chinese():
    mixed = [
        f"{file}:{line}: {english}"
        for file, line, _, english in pairs()
        if CHINESE.search(quoted().sub("·", english)) and file not in QUOTED
    ]
    assert not mixed
    assert len(list(pairs())) > 1500


def english_in(chinese: str) -> list[str]:
    """The English words in a Chinese text that are neither typed words nor names."""
    text = re.sub(r"\b\d+-[0-9a-f]{16}\b|bash-completion", " ", chinese)
    text = re.sub(
        r"PARTYCTL_[A-Z]+|partyctl [^，。；：）]*|(?<!\w)--?[a-z][\w-]*(=\S+)?", " ", text
    )
    text = re.sub(r"(?:~|\.{0,2})/\S+|\S*\.[a-z]{2,6}\b|\[[a-z.]+\]|@\S+|\$\S+", " ", text)
    return [word for word in ENGLISH.findall(text) if word not in typed_words()]


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
    """The output of every command in a language, and that language."""
    result = tmp_path_factory.mktemp("said") / "answers.json"
    command = [sys.executable, "-m", "tests.support.answers", request.param, str(result)]
    subprocess.run(command, cwd=HERE, check=True, capture_output=True, timeout=PATIENCE)
    return request.param, json.loads(result.read_text(encoding="utf-8"))


def data() -> str:
    """All text that the working lines have put into the tests' ledger."""
    vectors = Path(argument_vectors.__file__).read_text(encoding="utf-8")
    bureau = BUREAU.replace("{MINUTES}", "")
    return "\n".join((BRANCH, JANUARY, FILLED, bureau, *WORKING.values(), vectors))


@cache
def quoted() -> re.Pattern[str]:
    """Names and texts of the ledger, clauses, titles of texts and papers: never translated."""
    words = set(HAN.findall(data())) | {BLANK, "缺口", "目录", "中组发〔2008〕3号", "王"}
    words |= {"怎样接着用", "交接清单", "台账", "党务提醒"}
    words |= {text.name for text in TEXTS} | {each.kind.chinese for each in KINDS}
    words |= {fact for clause in CHAPTER_OF for fact in (clause, clause.partition("·")[2])} - {""}
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


BETWEEN = re.compile(r"·+(?:[、：；，]·+)+")
"""Names of people, and clauses, stand with a Chinese comma between them, as they do in JSON."""

FIELDS = re.compile(r"missing .*(?= \(not in Debian\))|\{[{%].*?[}%]\}")
"""The names of fonts, and the fields of a template, which are Chinese in each language."""

COPY = re.compile(r"Reading copy in English\..*?\(PARTYCTL_LANG=zh\)\.", re.DOTALL)
"""The line on an English paper that names the Chinese form."""

CODE = re.compile(rf"^({'|'.join(CODES)}) ")
"""A chapter's short code, before its title on the page of a hub."""

MARK = '{"'
"""What an entry sheet remembers of its first state, on a sheet that nobody sees."""

FOR_PROGRAMS = re.compile(r"^file (crontab|通知)")
"""What programs read."""


def of_screen(said: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    for command, parts in said.items():
        for part, text in parts.items():
            if part != "code" and not FOR_PROGRAMS.search(part):
                whole = text.replace(MINUTES, "·").replace("\r\n ", "")
                for line in COPY.sub("", whole).splitlines():
                    if not line.startswith(MARK):
                        yield command, part, line


def chinese_in(line: str) -> list[str]:
    """The Chinese words in an English line that are neither names nor quoted."""
    if not ENGLISH.search(line):
        return []  # a paper's title by itself, in a list of papers
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


PROGRAMS = {"completion", "rules export", "schedule print", "schedule install"}
"""What these print, a program reads."""


def english_in_line(line: str) -> list[str]:
    text = re.sub(r"/\S+|\b[0-9a-f]{6,}\b|\S*\d\S*|[A-Z-]+[:;=]\S*", " ", FIELDS.sub("", line))
    return [word for word in english_in(text) if word not in ("root",)]


WORDED_BY_THE_LAW = {
    "catalogue.py": "the error for an unknown rule",
    "changes/ladders.py": "the error for reminders that cannot be read",
    "changes/rulebook.py": "what satisfies a rule: a command, typed in the reader's words",
    "chapters/national/branches.py": "the name of a vote as the subject of a duty",
    "chapters/openness.py": "the name of an opinion as the subject of a duty",
    "chapters/organisation_life.py": "the name of a review as the subject of a duty",
    "chapters/warnings.py": "the name of a case as the subject of a duty",
    "dues/tariff.py": "the errors for an amount against the tariff",
    "questions/changing.py": "the errors for a change that makes no sense",
    "questions/coverage.py": "a clause in words",
    "questions/explaining.py": "what would satisfy a duty: a command, typed in the reader's words",
    "questions/grouping.py": "the names of a group",
    "questions/reviewing.py": "the obstacles in the error of `review close`",
}
"""Modules of the law that read the language of the run, and for what; a note or a reason never does."""

VALUES = {"Told", "joined", "COMMA", "ENUMERATION", "SEMICOLON"}


def test_the_law_answers_with_values():
    worded = {
        path.relative_to(PACKAGE / "law").as_posix()
        for path in (PACKAGE / "law").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "partyctl.language"
        if {each.name for each in node.names} - VALUES
    }
    assert worded == set(WORDED_BY_THE_LAW)


def test_notes_reasons_and_countings_are_worded_by_the_screen():
    assert get_type_hints(Obligation)["note"] == Told | None
    assert get_type_hints(Counting)["how"] is Told
    assert get_type_hints(Considered)["why"] is Told
    assert get_type_hints(Lack)["told"] is Told
    assert get_type_hints(Shape.words)["return"] is Told
