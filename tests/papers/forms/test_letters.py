"""Word documents contain their values, name missing values, and load nothing from outside."""

import hashlib
import resource
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document

from partyctl.papers.forms import bounded, documents, templates_at_hand
from partyctl.terms import BLANK
from tests.conftest import Run
from tests.support.waiting import PATIENCE

ROOT = Path(__file__).parents[3]
FACTS = "未经集体研究确定供应商 <甲&乙>"
"""The facts of a case, with characters that have a special meaning in XML."""


def text_of(path: Path) -> str:
    """All text of a document's paragraphs and tables."""
    document = Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def rows_of(path: Path) -> list[list[str]]:
    (table,) = Document(str(path)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.fixture
def office(run: Run, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A bureau with an inquiry and an order to correct."""
    run("init --organ 市某局党组 --branch 机关支部 --since 2026-01-01")
    run("member add 张三 --joined 2010-07-01 --post leading-secretary")
    run("member add 王五 --joined 2020-07-01 --post publicity")
    run("staff add 周科员 --title 办公室科员")
    run(
        f"warning issue 王五 --level inquiry --category 4 --facts '{FACTS}' --on 2026-03-02 "
        "--source 匿名电话"
    )
    run(
        "warning issue 周科员 --level correction --category 5 --facts 值班脱岗 --on 2026-03-02 "
        "--approved-by 张三 --approved-on 2026-03-01"
    )
    monkeypatch.chdir(tmp_path)
    return run


def test_a_letter_says_what_is_on_record(office: Run, tmp_path: Path):
    written = office("warning letter 1 --fill 文号=局党组〔2026〕1号")

    path = tmp_path / "询问函-1.docx"
    said = text_of(path)
    for value in ("市某局党组", "局党组〔2026〕1号", "王五同志", "宣传委员", FACTS, "2026年3月2日"):
        assert value in said
    assert "10日内" in said
    assert "局办公室" in said
    assert "匿名电话" not in said
    assert BLANK not in said
    assert written.err == ""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_not_on_record_stands_blank_and_is_named(office: Run, tmp_path: Path):
    written = office("warning letter 2 -o 通知.docx --json")
    assert written.json == {
        "file": "通知.docx",
        "template": "correction.docx",
        "blank": ["整改要求", "文号"],
        "sha256": hashlib.sha256(Path("通知.docx").read_bytes()).hexdigest(),
    }
    assert text_of(tmp_path / "通知.docx").count(BLANK) == 2
    office("warning talk 2 --on 2026-02-27 --by 张三")
    office("warning register 2 --on 2026-02-27 --demand 恢复双人值班")

    told = office("warning letter 2 -o 再.docx")

    assert "文号" in told.err
    assert "整改要求" not in told.err
    said = text_of(tmp_path / "再.docx")
    assert "恢复双人值班" in said
    assert "1个月内" in said
    assert "经张三于2026年3月1日批准" in said


def test_the_form_and_the_notice_hold_the_talk(office: Run, tmp_path: Path):
    office("warning deliver 1 --on 2026-03-05")
    office(
        "warning talk 1 --on 2026-03-10 --by 张三,周科员 --notified 2026-03-09 --outline 核实经过 "
        "--place 局会议室"
    )
    office("warning register 1 --on 2026-03-10 --promise 今后按程序办理")
    office("warning letter 1 --kind register -o 表.docx --fill 记录人=周科员")
    form = {
        name: value
        for row in rows_of(tmp_path / "表.docx")
        for name, value in zip(row[::2], row[1::2], strict=True)
    }
    assert form["防范对象"] == "王五"
    assert form["政治面貌"] == "中共党员"
    assert form["来源"] == "匿名电话"
    assert form["回复期限"] == "2026年3月15日"
    assert (form["主谈人"], form["参加人"], form["记录人"]) == ("张三", "周科员", "周科员")
    assert form["本人承诺"] == "今后按程序办理"

    office("warning letter 1 --kind 谈话通知 -o 通知.docx --fill 谈话时刻=上午9时")
    said = text_of(tmp_path / "通知.docx")
    assert "谈话时间：2026年3月10日上午9时" in said
    assert "2026年3月9日" in said
    assert FACTS not in said


def test_a_letter_leaves_an_entry_of_what_it_shows(office: Run):
    office("warning letter 1")
    last = office("warning show 1 --history --json").json["history"][-1]
    assert last["command"] == "warning letter"
    assert last["said"] == {"fields": ["name", "facts"], "reason": "询问函"}


def test_a_term_that_the_bureau_changed_is_what_the_letter_says(office: Run, tmp_path: Path):
    office(
        "rules set warning-inquiry-reply --days 15 --from 2026-03-01 --reason 上级规定 --confirm"
    )
    office("warning deliver 1 --on 2026-03-05")
    office("warning letter 1")
    assert "15日内" in text_of(tmp_path / "询问函-1.docx")


@pytest.mark.parametrize(
    ("number", "days", "term"),
    [(1, "--days 5 --from 2026-03-02", "5日内"), (2, "--days 20 --from 2026-03-02", "20日内")],
)
def test_a_letter_that_is_not_delivered_yet_has_the_term_of_its_own_day(
    office: Run, tmp_path: Path, number: int, days: str, term: str
):
    rule = "warning-inquiry-reply" if number == 1 else "warning-correction-report"
    office(f"rules set {rule} {days} --reason 上级规定 --confirm")
    office(f"rules set {rule} --days 9 --from 2026-03-03 --reason 再改 --confirm")
    office(f"warning letter {number} -o 函.docx")
    assert f"起{term}" in text_of(tmp_path / "函.docx")


def test_a_briefing_counts_and_names_nobody_it_should_not(office: Run, tmp_path: Path):
    office("meeting add members --on 2026-03-10 --chair 张三")
    office("meeting add members,lecture --on 2026-02-10 --chair 张三 --lecturer 王五")
    office("dues pay 王五 --month 2026-01 --amount 50.50 --on 2026-01-05")
    office("disclosure add regulations --title 组织生活制度 --scope internal")
    office("disclosure publish 1 --on 2026-01-06 --by board")
    office("opinion add 停车难 --received 2026-03-02 --class general --from 何群众")
    office("opinion settle 1 --on 2026-04-02 --told")

    found = office("disclosure briefing 2026-Q1 --json").json
    assert found["meetings"] == {"members": 2, "lecture": 1}
    assert found["dues"] == 5050
    early = office("disclosure briefing 2026-Q1 --json --as-of 2026-03-31").json
    assert early["opinions"]["settled"] == 0
    printed = office("disclosure briefing 2026-Q1").out
    office("disclosure briefing 2026-Q1 -o 通报.docx")
    said = text_of(tmp_path / "通报.docx")
    for told in (said, printed):
        assert "2026年第一季度" in told
        assert "党员大会2次、党课1次" in told
        assert "收缴党费50.50元" in told
        assert "以公开栏形式对内公开《组织生活制度》" in told
        assert "收到意见建议1件" in told
        for name in ("王五", "何群众", "停车难", FACTS, "周科员"):
            assert name not in told
    assert "没有登记" in office("disclosure briefing 2026-Q4").out


def test_the_register_of_opinions_never_says_who(office: Run, tmp_path: Path):
    office("opinion add 停车难 --received 2026-03-02 --class general --from 何群众 --by box")
    office("opinion refer 1 --to leading --on 2026-03-03")
    office("opinion settle 1 --on 2026-03-04 --told --result 已划线")
    office("opinion add 食堂 --received 2026-05-02 --class complex")

    office("opinion register -o 全部.docx")
    office("opinion register --quarter 2026-Q1 -o 一季度.docx")

    assert rows_of(tmp_path / "一季度.docx")[1:] == [
        [
            "1",
            "2026年3月2日",
            "意见箱",
            "一般性",
            "停车难",
            "局党组",
            "2026年3月4日",
            "已划线",
            "告知本人",
        ]
    ]
    assert len(rows_of(tmp_path / "全部.docx")) == 3
    assert "何群众" not in text_of(tmp_path / "全部.docx")


@pytest.mark.sweep(6)
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("warning letter 9", 4),
        ("warning letter 1 --kind admonition", 2),
        ("warning letter 1 --kind 公告", 2),
        ("warning letter 1 --template ../inquiry.docx", 2),
        ("warning letter 1 --template /etc/passwd", 2),
        ("warning letter 1 --template ..", 2),
        ("warning letter 1 --template .inquiry.docx", 2),
        ("warning letter 1 --template 'a\\b.docx'", 2),
        ("warning letter 1 --template passwd", 2),
        ("warning letter 1 --template none.docx", 4),
        ("warning letter 1 --template link.docx", 4),
        ("warning letter 1 --template broken.docx", 65),
        ("warning letter 1 --fill 文号", 2),
        ("warning letter 1 -o there.docx", 5),
        ("opinion register -o there.docx", 5),
        ("disclosure briefing 2026-Q1 -o there.docx", 5),
        ("disclosure briefing 2026-03", 2),
    ],
)
def test_what_cannot_be_written_is_refused(office: Run, ledger: Path, line: str, code: int):
    own = ledger.parent / "templates"
    own.mkdir()
    (ledger.parent / "outside.docx").write_bytes(
        (templates_at_hand.SHIPPED / "inquiry.docx").read_bytes()
    )
    (own / "link.docx").symlink_to(ledger.parent / "outside.docx")
    (own / "broken.docx").write_bytes(b"PK nothing")
    Path("there.docx").write_bytes(b"")
    before = set(Path().iterdir())

    said = office(line, code=code)

    assert said.err.startswith("错误：")
    assert set(Path().iterdir()) == before
    assert Path("there.docx").read_bytes() == b""


def test_a_bureau_puts_its_own_template_in_the_place_of_one(
    office: Run, ledger: Path, tmp_path: Path
):
    office("warning templates")
    own = ledger.parent / "templates"
    assert {each.name for each in own.iterdir()} == {
        each.name for each in templates_at_hand.shipped()
    }
    document = Document()
    document.add_paragraph("本局专用：{{ 对象 }}，{{ 本局栏目 }}")
    document.save(str(own / "inquiry.docx"))
    office("warning templates")  # an existing file is kept

    told = office("warning letter 1")

    assert text_of(tmp_path / "询问函-1.docx").startswith("本局专用：王五，〔待补〕")
    assert "本局栏目" in told.err


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{{ 对象.__class__.__base__.__subclasses__() }}",
        "{% for x in range(999999999) %}{% endfor %}",
        "{{ 对象 ",
    ],
)
def test_a_template_can_reach_nothing(office: Run, ledger: Path, tmp_path: Path, hostile: str):
    own = ledger.parent / "templates"
    own.mkdir()
    document = Document()
    document.add_paragraph(hostile)
    document.save(str(own / "inquiry.docx"))

    said = office("warning letter 1", code=65)

    assert "inquiry.docx" in said.err
    assert not (tmp_path / "询问函-1.docx").exists()


def test_a_template_that_would_fill_the_memory_is_refused(office: Run, ledger: Path):
    own = ledger.parent / "templates"
    own.mkdir()
    with zipfile.ZipFile(own / "inquiry.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (documents.LARGEST + 1))
    assert "模板 inquiry.docx 不是能用的 Word 模板" in office("warning letter 1", code=65).err


LOOP = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
DOUBLED = (
    "{% set n = namespace(x='aaaaaaaa') %}"
    "{% for i in range(40) %}{% set n.x = n.x ~ n.x %}{% endfor %}{{ n.x }}"
)


@pytest.mark.long
@pytest.mark.parametrize(
    "hostile",
    [LOOP, DOUBLED, "{{ 'x' * 9999999999 }}", "{{ 9 ** (9 ** 9) }}", "{{ '%999999999d' % 1 }}"],
    ids=["loop", "doubled", "long", "power", "wide"],
)
def test_a_template_has_so_much_time_and_memory_and_no_more(
    office: Run, ledger: Path, tmp_path: Path, hostile: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(bounded, "CPU_SECONDS", 2)
    own = ledger.parent / "templates"
    own.mkdir()
    document = Document()
    document.add_paragraph(hostile)
    document.save(str(own / "inquiry.docx"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert "模板 inquiry.docx 不是能用的 Word 模板" in office("warning letter 1", code=65).err

    assert not (tmp_path / "询问函-1.docx").exists()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KiB
    assert "warning letter" not in office("journal list --all").out


def test_a_template_that_answers_too_slowly_is_given_up(
    office: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch
):
    """If the template is on a network share that hangs, wall-clock time passes but no processor time."""
    monkeypatch.setattr(bounded, "SECONDS", 0.2)
    monkeypatch.setattr(documents, "_filled", lambda *_: time.sleep(60))
    assert "模板 inquiry.docx 不是能用的 Word 模板" in office("warning letter 1", code=65).err


def test_a_mistake_of_ours_in_the_child_is_reported_as_one(
    office: Run, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(documents, "NOT_IN_XML", None)
    said = office("warning letter 1", code=1).err
    assert "inquiry.docx" not in said
    (report,) = (tmp_path / "state").rglob("crashes/*.txt")
    kind, *places = report.read_text().splitlines()
    assert kind == "MistakeElsewhere"
    assert "AttributeError" in places
    assert "documents.py" in places[-1]
    assert places[-1].endswith(" _safe")


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml"])
def test_a_template_with_a_bad_checksum_is_refused(part: str, office: Run, ledger: Path):
    own = ledger.parent / "templates"
    own.mkdir()
    (shipped,) = (each for each in templates_at_hand.shipped() if each.name == "inquiry.docx")
    path = own / "inquiry.docx"
    with zipfile.ZipFile(shipped) as source, zipfile.ZipFile(path, "w") as target:
        for each in source.infolist():
            target.writestr(each.filename, source.read(each))
        place = target.getinfo(part).header_offset + 30 + len(part) + 60
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    assert "inquiry.docx" in office("warning letter 1", code=65).err


def test_a_template_of_another_kind_is_refused(office: Run, ledger: Path):
    own = ledger.parent / "templates"
    own.mkdir()
    for content in (
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0" + bytes(600),
        b"PK\x05\x06" + bytes(18),
    ):
        (own / "inquiry.docx").write_bytes(content)
        assert "模板 inquiry.docx 不是能用的 Word 模板" in office("warning letter 1", code=65).err


DRAWN_TWICE = """
import sys, time
from pathlib import Path
sys.path.insert(0, "scripts")
import draw_templates
import drawing
today = time.time()
for name, moment in (("today", today), ("tomorrow", today + 86400)):
    drawing.FOLDER = Path(sys.argv[1]) / name
    drawing.PAPERS = drawing.FOLDER / "papers"
    time.time = lambda: moment
    draw_templates.draw()
"""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Path]]:
    """The templates drawn with today's and with tomorrow's clock, keyed by day and file name."""
    folder = tmp_path_factory.mktemp("drawn")
    subprocess.run(
        [sys.executable, "-c", DRAWN_TWICE, str(folder)], cwd=ROOT, check=True, timeout=PATIENCE
    )
    days = ("today", "tomorrow")
    return {day: _by_place(folder / day, folder / day / "papers") for day in days}


def _by_place(*folders: Path) -> dict[str, Path]:
    """Templates of both languages, by their path in the folder, such as en/inquiry.docx."""
    ours = [(folder, each) for folder in folders for each in folder.glob("*.docx")]
    ours += [(folder, each) for folder in folders for each in folder.glob("en/*.docx")]
    return {str(each.relative_to(folder)): each for folder, each in ours}


@pytest.mark.long
@pytest.mark.dated
def test_the_templates_are_those_that_are_drawn(drawn: dict[str, dict[str, Path]]):
    shipped = _by_place(templates_at_hand.SHIPPED, templates_at_hand.SHIPPED_PAPERS)
    assert sum(name.startswith("en/") for name in shipped) == len(shipped) / 2
    assert shipped.keys() == drawn["today"].keys(), "make templates"
    for name, each in shipped.items():
        with zipfile.ZipFile(each) as ours, zipfile.ZipFile(drawn["today"][name]) as theirs:
            assert parts_of(ours) == parts_of(theirs), f"{name} differs: make templates"


def parts_of(archive: zipfile.ZipFile) -> list[tuple[object, ...]]:
    """The name, date, attributes and uncompressed content of each part of an archive."""
    return [
        (each.filename, each.date_time, each.external_attr, archive.read(each))
        for each in archive.infolist()
    ]


@pytest.mark.long
@pytest.mark.dated
def test_a_template_drawn_again_on_another_day_has_the_same_bytes(
    drawn: dict[str, dict[str, Path]],
):
    assert drawn["today"].keys() == drawn["tomorrow"].keys()
    for name, each in drawn["today"].items():
        assert each.read_bytes() == drawn["tomorrow"][name].read_bytes(), name
