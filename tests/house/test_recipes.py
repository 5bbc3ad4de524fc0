"""The recipes of CONTRIBUTING.md, followed step by step on a copy of the tree.

First, the test leaves out the last steps of a recipe: the tests in the copy must fail, and say what
is missing and where to add it. After the last steps, the tests in the copy must pass.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.waiting import PATIENCE

HERE = Path(__file__).parents[2]
PARTS = (".ci", "partyctl", "migrations", "scripts", "tests", "docs", "man")
FILES = (
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "README.zh.md",
    "SECURITY.md",
    "pyproject.toml",
    "constraints.txt",
    "Makefile",
)
FROZEN = "v*.db"
LEFT_OUT = shutil.ignore_patterns(FROZEN, "*.pyc.*")
"""Not copied: frozen ledgers, which are large, and files that another test is compiling just now."""

CHECKED = ".mypy_cache"
"""The cache of mypy: if a copy of the tree has this cache, mypy checks the copy much faster."""

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

pytestmark = pytest.mark.hard  # slow, because each test starts pytest several times


class Tree:
    """A copy of the source tree, with methods for the steps that a developer takes in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in PARTS:
            shutil.copytree(HERE / part, folder / part, ignore=LEFT_OUT)
        *others, newest = sorted((HERE / "tests" / "ledgers").glob(FROZEN))
        shutil.copy(newest, folder / "tests" / "ledgers")
        for frozen in others:
            (folder / "tests" / "ledgers" / frozen.name).symlink_to(frozen)
        if (HERE / CHECKED).is_dir():
            shutil.copytree(HERE / CHECKED, folder / CHECKED)
        for name in FILES:
            shutil.copy(HERE / name, folder / name)

    def run(self, *args: str, code: int = 0) -> str:
        """Run Python with some arguments in the tree; check the exit code and return the output."""
        env = os.environ | {
            "PYTHONPATH": str(self.folder),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "PARTYCTL_LEDGER": str(self.folder / "own" / "ledger.db"),
        }
        done = subprocess.run(
            [sys.executable, *args],
            cwd=self.folder,
            env=env,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == code, (args, done.stdout[-6000:], done.stderr[-3000:])
        return done.stdout + done.stderr

    def partyctl(self, line: str, code: int = 0) -> str:
        return self.run("-m", "partyctl", *line.split(), code=code)

    def tests(self, *chosen: str, code: int = 0) -> str:
        return self.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "-x", *chosen, code=code)

    def checks(self) -> None:
        """Run the checks of `make check`, except the tests."""
        self.run("-m", "ruff", "format", "--quiet", ".")
        self.run("-m", "ruff", "check", "--no-cache", ".")
        self.run("-c", LINT_IMPORTS)
        self.run("-m", "mypy", "--no-error-summary", "partyctl")

    def told(self, wanted: str, *chosen: str) -> None:
        """Check that a test fails and says what to do."""
        said = " ".join(self.tests(*chosen, code=1).replace("\nE ", " ").split())
        assert " ".join(wanted.split()) in said, said[-6000:]

    def put(self, path: str, text: str, *, before: str | None = None) -> None:
        """Add text at the end of a file, or before the first place where `before` occurs."""
        file = self.folder / path
        old = file.read_text(encoding="utf-8") if file.exists() else ""
        if before is None:
            file.write_text(old + text, encoding="utf-8")
            return
        assert before in old, (path, before)
        file.write_text(old.replace(before, text + before, 1), encoding="utf-8")

    def replace(self, path: str, pattern: str, by: str) -> None:
        file = self.folder / path
        changed, times = re.subn(pattern, by, file.read_text(encoding="utf-8"), count=1)
        assert times == 1, (path, pattern)
        file.write_text(changed, encoding="utf-8")

    def is_migrated(self) -> None:
        """From the tests of migrations, run those that test the newest migration."""
        number = newest_schema() + 1
        newest = f"(v{number:04d} or v{number - 1:04d}) and not killed"
        migrations = "known or newest or numbered or describe or goes_up or views"
        chosen = f"frozen_ledger_of_every or questions_are or ({newest}) or {migrations}"
        self.tests(LADDER, MIGRATIONS, CHECKS_OF_ROWS, "-k", chosen)

    def start(self) -> None:
        self.partyctl("init --organ 市某局党组 --branch 机关支部 --since 2026-01-01")
        self.partyctl("member add 张三 --joined 2010-07-01 --post branch-secretary")


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path / "tree")


REFERENCE = "tests/house/test_reference.py"

# A rule, and the new meeting kind that it uses

RULE = """INTEGRITY_DAY = Rule(
    id="integrity-day",
    title="每季度开展一次廉政日",
    english="An integrity day every quarter",
    article=BRANCH["二(三)"],
    area=Noun.MEETING,
    owed_by=Each.BRANCH,
    duty=Every("quarter"),
    met_by=MeetingKind.INTEGRITY_DAY,
    strength=Strength.SHOULD,
    remedy="meeting add integrity-day --on … --chair …",
)

"""
CASE = """
[[case]]
rule = "integrity-day"
name = "one in a quarter is enough, and one in the next is late"
since = 2026-01-01
facts = [{ on = 2026-02-10, what = "廉政日" }, { on = 2026-07-02, what = "廉政日", makes_up = "2026-Q2" }]
at.2026-01-31 = ["2026-Q1 due"]
at.2026-03-31 = ["2026-Q1 met on 2026-02-10"]
at.2026-07-01 = ["2026-Q1 met", "2026-Q2 advised", "2026-Q3 due"]
at.2026-07-02 = ["2026-Q1 met", "2026-Q2 late on 2026-07-02", "2026-Q3 due"]
"""
SPECIFIED = (
    "integrity-day              | 支部·二(三)       | should | branch                | quarter\n"
)
ROW = "| `integrity-day` | 支部·二(三) | should | An integrity day every quarter |\n"

CATALOGUE = "tests/law/test_catalogue.py"
CASES = "tests/law/chapters/test_cases.py"
MIGRATIONS = "tests/ledger/maintenance/test_migrations.py"
LADDER = "tests/ledger/maintenance/test_schema_ladder.py"
CHECKS_OF_ROWS = "tests/ledger/tampering/test_table_checks.py"
OPENING = "partyctl/ledger/file/opening.py"


def newest_schema() -> int:
    found = re.search(r"^SCHEMA = (\d+)", (HERE / OPENING).read_text(), re.M)
    assert found
    return int(found[1])


def write_the_word(tree: Tree) -> None:
    tree.replace(
        "partyctl/terms.py",
        r"(    THEME_DAY = .*\n)",
        r'\1    INTEGRITY_DAY = "integrity-day", "廉政日"\n',
    )


def draft(tree: Tree, message: str) -> str:
    """Draft the next migration; return its text."""
    number = newest_schema() + 1
    drafted = tree.run("scripts/draft_migration.py", message)
    assert f"SCHEMA = {number}" in drafted
    (script,) = (tree.folder / "migrations" / "versions").glob(f"{number:04d}_*.py")
    return script.read_text(encoding="utf-8")


def set_schema(tree: Tree) -> None:
    tree.replace(OPENING, r"SCHEMA = \d+", f"SCHEMA = {newest_schema() + 1}")


def test_a_word_alone(tree: Tree):
    write_the_word(tree)
    tree.start()
    refused = tree.partyctl("meeting add 廉政日 --on 2026-02-10 --chair 张三", code=78)
    assert "ck_meeting_kind_kind_is_known" in refused
    tree.told("make migration writes this file", CHECKS_OF_ROWS, "-k", "questions_are")

    assert draft(tree, "A meeting kind: the integrity day").count("rebuild(") == 2
    tree.told(f"opening.py: SCHEMA = {newest_schema() + 1}", MIGRATIONS, "-k", "schema_that_the")
    set_schema(tree)
    tree.told("make frozen", LADDER, "-k", "frozen_ledger_of_every")
    tree.run("scripts/freeze_ledger.py")
    tree.partyctl("migrate")
    tree.partyctl("meeting add 廉政日 --on 2026-02-10 --chair 张三")
    tree.partyctl("check --as-of 2026-04-01", code=3)
    assert tree.partyctl("journal verify --json").count('"ok": true')
    tree.is_migrated()
    tree.checks()


def test_a_rule_with_a_new_meeting_kind(tree: Tree):
    write_the_word(tree)
    draft(tree, "A meeting kind: the integrity day")
    set_schema(tree)
    tree.run("scripts/freeze_ledger.py")
    meetings = "partyctl/law/chapters/meetings"
    tree.put(f"{meetings}.py", RULE, before="RULES = (")
    tree.told("put ['integrity-day'] in RULES", CATALOGUE, "-k", "left_off")
    tree.replace(
        f"{meetings}.py", r"    MEMBER_LECTURE,\n\)", "    MEMBER_LECTURE,\n    INTEGRITY_DAY,\n)"
    )

    tree.told("integrity-day can be", CASES, "-k", "integrity-day")
    tree.put(f"{meetings}.toml", CASE)
    tree.told("put in ['integrity-day | 支部·二(三)", CATALOGUE, "-k", "specification")
    tree.put(CATALOGUE, SPECIFIED, before='"""\n\nRESPONSIBILITY')
    whose = "tests/law/questions/test_whose.py"
    tree.told("OWED_BY in this file lists the owner of each duty", whose)
    tree.replace(whose, r'"branch": """', '"branch": """integrity-day ')
    tree.replace(whose, r'"quarter": """', '"quarter": """integrity-day ')
    coverage = "tests/house/test_coverage.py"
    tree.told("rules coverage --markdown > docs/coverage.md", coverage, "-k", "page_is")
    page = tree.partyctl("rules coverage --markdown")
    (tree.folder / "docs" / "coverage.md").write_text(page, encoding="utf-8")
    tree.told("run: make reference", REFERENCE, "-k", "rules_and_exit_codes")
    tree.run("-m", "scripts.reference")
    listed = tree.folder / "docs" / "reference" / "en" / "rule-list.md"
    assert ROW.strip() in listed.read_text(encoding="utf-8")

    tree.checks()
    tree.tests(CATALOGUE, whose, coverage)
    cases = "integrity or stands_beside or same_name or files"
    tree.tests(REFERENCE, CASES, "-k", f"rules_and_exit_codes or {cases}")
    tree.start()
    tree.partyctl("meeting add 廉政日 --on 2026-02-10 --chair 张三")
    owed = tree.partyctl("check --rule integrity-day --as-of 2026-04-01 --json")
    assert '"met"' in owed
    assert '"due"' in owed


# A command

GREETING = '''"""`partyctl greeting`: who there is to greet, by branch."""

from partyctl.cli.input.dates import today
from partyctl.cli.input.options import AsJson, AsOf
from partyctl.cli.session import current
from partyctl.cli.session.group import verb
from partyctl.contract.people import Greeted
from partyctl.language import say
from partyctl.ledger.reading import lists
from partyctl.show.tables import Line, print_json, print_table

app = verb()


@app.command(help=say("列出今天在册的党员", "The members on the roll today"))
def greeting(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """List the members on the roll."""
    with current.reading(as_of or today()) as reading:
        rows = lists.members(reading.ledger, reading.on)
    if as_json:
        greeted: list[Greeted] = [{"name": row["name"]} for row in rows]
        print_json(greeted)
        return
    print_table((say("姓名", "name"),), [Line((row["name"],)) for row in rows])
'''
GREETED = '''

class Greeted(TypedDict):
    """A member to greet."""

    name: str
'''
ENTRY = (
    '    Entry("greeting", "start.greeting", "今天在册的党员", "The members on the roll today"),\n'
)
WORKING = "tests/support/working_lines.py"
HANDBOOK = "tests/docs/test_handbook.py"
JSON = "tests/cli/output/test_json_contract.py"
TYPES = "partyctl/contract/nouns.py"


@pytest.mark.dated
def test_a_command(tree: Tree):
    tree.put("partyctl/cli/start/greeting.py", GREETING)
    tree.put("partyctl/contract/people.py", GREETED)
    tree.put("partyctl/cli/start/commands.py", ENTRY, before='    Entry("plan",')

    privacy = "tests/house/test_privacy.py"
    tree.told(f"add one to WORKING in {WORKING}", privacy, "-k", "that_works and greeting")
    tree.put(WORKING, '    "greeting": "greeting",\n', before='    "plan adopt":')
    tree.told("run: make reference", REFERENCE, "-k", "nouns_page")
    tree.run("-m", "scripts.reference")
    tree.told(f"COMMANDS in {TYPES} has the type", JSON, "-k", "named_type")
    tree.put(TYPES, '    "greeting": list[people.Greeted],\n', before='    "check": rules.Check')
    tree.told("python -m tests.support.contract > docs/JSON.md", JSON, "-k", "page_says")
    page = tree.run("-m", "tests.support.contract")
    (tree.folder / "docs" / "JSON.md").write_text(page, encoding="utf-8")

    tree.checks()
    told = "named_type or page_says or nouns_page or has_help or greeting"
    placeholders = "tests/house/test_placeholders.py"
    tree.tests(JSON, REFERENCE, HANDBOOK, privacy, placeholders, "-k", told)
    overview = tree.folder / "docs" / "reference" / "en" / "README.md"
    assert "| The members on the roll today |" in overview.read_text(encoding="utf-8")
    tree.start()
    assert "张三" in tree.partyctl("greeting --as-of 2026-02-01")
    assert "greeting" in tree.partyctl("--help")


# A form

DRAWN = '''def notice() -> None:
    """A notice to the branch."""
    document = paper()
    foot(document, "通知")
    heading(document, say("通    知", "Notice"))
    line(document, say("{{ 党组 }}全体党员：", "To the members of {{ 党组 }}:"), indent=True)
    line(document, "{{ 事由 }}", indent=True)
    signature(document, "{{ 日期 }}")
    save(document, "notice.docx")


'''
NOTICE = '''"""`partyctl notice`: a notice to the branch, as a Word document."""

from pathlib import Path

from partyctl.cli.input.dates import today
from partyctl.cli.input.options import AsJson, AsOf
from partyctl.cli.output.documents import (
    Fill,
    Output,
    Wanted,
    at_hand,
    say_written,
    write_document,
)
from partyctl.cli.session import current
from partyctl.cli.session.group import verb
from partyctl.language import say
from partyctl.show.papers import printed_foot

app = verb()


@app.command(help=say("写一份通知", "Write a notice"))
def notice(
    output: Output = Path("notice.docx"),
    fill: Fill = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Write a notice to the branch."""
    wanted = Wanted(fill=fill, output=output)
    path = wanted.target("notice.docx")
    with current.reading(as_of or today()) as reading:
        values = {"党组": reading.organ.name, "日期": reading.on.isoformat()}
        values["页脚"] = printed_foot(reading.ledger)
    written = write_document(at_hand("notice.docx", None), values, path, wanted)
    say_written([written], as_json=as_json)
'''


def test_a_form(tree: Tree):
    tree.put("scripts/draw_templates.py", DRAWN, before="def draw() -> None:")
    tree.replace("scripts/draw_templates.py", r"( +)register\(\)\n", r"\g<0>\1notice()\n")
    letters = "tests/papers/forms/test_letters.py"
    tree.told("make templates", letters, "-k", "those_that_are_drawn")
    tree.run("scripts/draw_templates.py")
    template = tree.folder / "partyctl" / "papers" / "forms" / "templates" / "notice.docx"
    assert template.is_file()
    tree.tests(letters, "-k", "drawn")

    tree.put("partyctl/cli/paper/notice.py", NOTICE)
    entry = '    Entry("notice", "paper.notice", "写一份通知", "Write a notice"),\n'
    tree.put("partyctl/cli/start/commands.py", entry, before='    Entry("plan",')
    tree.put(
        WORKING, '    "notice": "notice -o {folder}/notice.docx",\n', before='    "plan adopt":'
    )
    fuzz = "tests/cli/input/test_fuzz.py"
    vectors = "tests/support/argument_vectors.py"
    tree.told(f"FILES in {vectors}: say what to type", fuzz, "-k", "takes_a_file")
    tree.put(
        vectors, '    ("notice", "output"): _any_file,\n', before='    ("warning letter", "output")'
    )

    tree.checks()
    works = "has_help or takes_a_file or (works and notice)"
    tree.tests(HANDBOOK, fuzz, "tests/house/test_privacy.py", "-k", works)
    tree.start()
    said = tree.partyctl("notice -o notice.docx --as-of 2026-02-01")
    assert "〔待补〕：事由" in said
    from docx import Document

    lines = [each.text for each in Document(str(tree.folder / "notice.docx")).paragraphs]
    assert "市某局党组全体党员：" in lines
    assert "〔待补〕" in lines
    assert "2026-02-01" in lines


# A table

TABLE = '''"""Courses that people of the bureau took."""

from datetime import date

from sqlalchemy import Text
from sqlmodel import Field

from partyctl.ledger.tables.base import Record, is_date, is_filled


class StaffCourse(Record, table=True):
    """A course: who took it, what it was called, and when."""

    __tablename__ = "staff_course"
    __table_args__ = (is_filled("title"), is_date("held_on"))

    staff_id: int = Field(foreign_key="staff.id", index=True)
    title: str = Field(sa_type=Text)
    held_on: date
'''
ENTERING = '''

def add_course(session: Session, staff_id: int, title: str, on: date) -> None:
    """Enter a course that somebody took."""
    course = new(StaffCourse, staff_id=staff_id, title=title, held_on=on)
    session.add(course)
'''
COURSE = '''@app.command(help=say("登记一次培训", "Enter a course"))
def course(
    number: Annotated[int, typer.Argument(help=say("编号", "the number"))],
    title: Annotated[str, typer.Argument(help=say("名称", "the title"))],
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Enter a course that somebody took."""
    with current.writing() as session:
        from partyctl.records.members import organisation

        organisation.add_course(session, number, title, on or today())
    line = say(f"已登记 #{number} 的培训", f"A course of #{number}")
    acknowledge(Noun.STAFF, number, line, as_json=as_json)


'''
COURSES = "".join(f"staff course 1 课程{n} --on 2026-03-05\n" for n in range(60))
JOURNAL = "tests/ledger/journal/test_journal.py"
TAMPERED = "tests/ledger/tampering"
CORRECTIONS = "tests/cli/output/test_corrections.py"
NAMES = "partyctl/show/columns.py"
COURSES_TABLE = "partyctl/ledger/tables/courses.py"
NAMED = '    "staff_course": Told("培训", "course"),\n'


BELONGING = """from partyctl.ledger.tables import people
from partyctl.ledger.tables.base import Record, is_date, is_filled

BELONGS_TO = (people.Staff,)
\"""Foreign keys in this module refer to this table, so it must be imported first.\"""
"""
LOADED = "tests/ledger/tables/test_tables_are_loaded.py"


def test_a_table(tree: Tree):
    every = "partyctl/ledger/tables/all.py"
    tree.put(COURSES_TABLE, TABLE)
    tree.told("BELONGS_TO in partyctl.ledger.tables.courses names", LOADED, "-k", "courses")
    tree.replace(COURSES_TABLE, r"from partyctl\.ledger\.tables\.base import .*\n", BELONGING)
    tree.told("MODULES lacks ['courses']", MIGRATIONS, "-k", "every_table_is_known")
    tree.put(every, "    courses,\n", before="    democratic_life,\n    disclosures,\n    dues")
    tree.replace(every, r"MODULES = \(\n", "MODULES = (\n    courses,\n")
    tree.told("must name the noun of these tables: ['staff_course']", JOURNAL, "-k", "belongs_to_a")
    tree.replace(
        "partyctl/ledger/reading/nouns.py",
        r'Kind\("staff", told_of\(Noun.STAFF\), "name", ',
        'Kind("staff", told_of(Noun.STAFF), "name", (Lines("staff_course", "staff_id"),), ',
    )

    assert "CREATE TABLE staff_course" in draft(tree, "Courses of the staff")
    set_schema(tree)

    entering = "partyctl/records/members/organisation.py"
    tree.put(entering, ENTERING)
    tree.put(
        entering,
        "from partyctl.ledger.tables.courses import StaffCourse\n",
        before="from partyctl.ledger.tables.organisation import",
    )
    staff = "partyctl/cli/organisation/staff.py"
    tree.put(staff, COURSE, before="add_void(app")
    tree.replace(
        staff, "import AsJson, Person, unused_day", "import AsJson, On, Person, unused_day"
    )
    (tree.folder / "courses.txt").write_text(COURSES, encoding="utf-8")
    tree.run("scripts/freeze_ledger.py", "courses.txt")
    tree.told("no row of ['staff_course'] to tamper with", TAMPERED, "-k", "every_table_has_rows")
    tree.put(
        f"{TAMPERED}/conftest.py",
        "    staff course 1 公文写作 --on 2026-03-05\n",
        before="    contact add 东河村",
    )

    tree.told(f"ROWS in {NAMES} names each table", CORRECTIONS, "-k", "has_a_name")
    tree.put(NAMES, NAMED, before='    "talk": told_of')

    works = '    "staff course": "staff course 1 公文写作 --on 2026-03-05",\n'
    tree.put(WORKING, works, before='    "plan adopt":')

    tree.checks()
    rows = f"{TAMPERED}/test_tampered_rows.py"
    told = "has_a_name or is_words or belongs_to_a or has_rows or course"
    tree.tests(LOADED, CORRECTIONS, JOURNAL, rows, "-k", told)
    tree.is_migrated()
    tree.start()
    tree.partyctl("staff add 赵六")
    tree.partyctl("staff course 1 公文写作 --on 2026-03-05")
    assert tree.partyctl("journal verify --json").count('"ok": true')
