import os
import random
import struct
import subprocess
import sys
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest

from partyctl import language
from partyctl.errors import BadInput, CannotRead, MissingInput, NotPermitted
from partyctl.papers.sheets import contents
from partyctl.papers.sheets import guard as workbook_guard
from partyctl.papers.sheets.guard import guard

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
PICTURE = "xl/media/image1.png"
FRAME = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": "<Relationships>"
    f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'<workbook {NAMESPACE} xmlns:r="{RELATIONS}"><sheets>'
    '<sheet name="党员" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": "<Relationships>"
    f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}
ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'

TOO_FAR = "20,000 行或 64 列"
TOO_MUCH = "展开后过大"
TOO_LONG = "4,096 个字符"
DAMAGED = "不完整或已损坏"
TAMPERED = "像是被人改造过"
NO_WORKBOOK = "不是 .xlsx 工作簿"

GUARD_ONE = """
import sys, time
from pathlib import Path
from partyctl.errors import BadInput
from partyctl.papers.sheets.guard import guard
begun = time.process_time()
try:
    guard(Path(sys.argv[1]))
    verdict = "accepted"
except BadInput:
    verdict = "refused"
seconds = time.process_time() - begun
try:  # what getrusage says begins with the size of the process that started this one
    status = Path("/proc/self/status").read_text().splitlines()
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024
except OSError:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1048576
print(verdict, seconds, peak)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "名册.xlsx"


def sheet(rows, before=""):
    return f"<worksheet {NAMESPACE}>{before}<sheetData>{rows}</sheetData></worksheet>"


def strings(*texts):
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return {STRINGS: f"<sst {NAMESPACE}>{items}</sst>"}


def write(path, rows=ONE_CELL, before="", more=(), compression=zipfile.ZIP_DEFLATED):
    """Write a workbook of one sheet, with additional parts given by name and content."""
    parts = {**FRAME, SHEET: sheet(rows, before), **dict(more)}
    write_parts(path, parts.items(), compression)


def write_parts(path, parts, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in parts:
            archive.writestr(name, content)


def replace(path, old, new, times):
    content = path.read_bytes()
    assert content.count(old) == times
    path.write_bytes(content.replace(old, new))


def refuse(path, reason):
    with pytest.raises(BadInput, match=reason) as caught:
        guard(path)
    assert str(path) in caught.value.sentence


def noise(size):
    """Random hexadecimal digits (twice `size`), which compress little and contain no markup."""
    return random.Random(1).randbytes(size).hex()


# Decompression bombs: the four of R-30, and others that attack the guard itself.


def many_rows(path):
    write(path, "<row><c><v>1</v></c></row>" * 500_000)


def huge_cell(path):
    write(path, f'<row><c t="inlineStr"><is><t>{"党" * 20_000_000}</t></is></c></row>')


def huge_dimension(path):
    write(path, before='<dimension ref="A1:XFD1048576"/>')


def one_far_cell(path):
    write(path, ONE_CELL + '<row><c r="XFD1048576"><v>1</v></c></row>')


def entities(path):
    laughs = [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "哈"}">' for n in range(10)]
    styles = f"<!DOCTYPE s [{''.join(laughs)}]><s>&l9;</s>"
    write(path, more={"xl/styles.xml": styles})


def one_text_in_every_cell(path):
    cells = '<c t="s"><v>0</v></c>' * 64
    write(path, f"<row>{cells}</row>" * 2_000, more=strings("党" * 4_096))


def copies(rows, numbers):
    return {f"xl/worksheets/sheet{number}.xml": sheet(rows) for number in numbers}


def a_rectangle_in_every_sheet(path):
    two = '<row><c r="A1"><v>1</v></c></row><row><c r="BL20000"><v>1</v></c></row>'
    write(path, two, more=copies(two, range(2, 150)))


def deep_markup(path):
    write(path, "<a>" * 1_000_000 + "</a>" * 1_000_000)


def many_names(path):
    write(path, "".join(f"<a{number}/>" for number in range(500_000)))


def endless_tag(path):
    write(path, f'<a b="{noise(1_500_000)}"/>')


def zeros(path):
    write(path, more={PICTURE: b"\0" * 30_000_000})


def diluted_zeros(path):
    write(path, more={PICTURE: (random.Random(1).randbytes(1_000) + b"\0" * 49_000) * 1_400})


def endless_directory(path):
    parts = [(f"xl/{number}", "") for number in range(20_000)]
    write_parts(path, [*FRAME.items(), *parts])
    count = struct.pack("<HH", 20_004, 20_004)
    replace(path, b"PK\5\6\0\0\0\0" + count, b"PK\5\6\0\0\0\0" + struct.pack("<HH", 5, 5), 1)


BOMBS = {
    many_rows: TOO_FAR,
    huge_cell: TOO_LONG,
    huge_dimension: TOO_FAR,
    one_far_cell: TOO_FAR,
    entities: "DOCTYPE",
    one_text_in_every_cell: TOO_MUCH,
    a_rectangle_in_every_sheet: TOO_MUCH,
    deep_markup: DAMAGED,
    many_names: TOO_MUCH,
    endless_tag: DAMAGED,
    zeros: TOO_MUCH,
    diluted_zeros: TOO_MUCH,
    endless_directory: DAMAGED,
}


@pytest.mark.sweep(4)
@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_a_bomb_is_refused_in_little_memory_and_time(path, bomb):
    pytest.importorskip("resource")
    bomb(path)
    refuse(path, BOMBS[bomb])
    answer = subprocess.run(
        [sys.executable, "-c", GUARD_ONE, path], capture_output=True, check=True, text=True
    )
    verdict, seconds, peak_mb = answer.stdout.split()
    assert verdict == "refused"
    assert float(seconds) < 2
    assert int(peak_mb) < 300


def test_the_directory_of_parts_is_not_read_when_it_is_too_long(path, monkeypatch):
    endless_directory(path)
    monkeypatch.setattr(workbook_guard, "ZipFile", None)
    refuse(path, DAMAGED)


# Accepted files.


def full_row(number, texts=1):
    return (
        f'<row r="{number}"><c r="A{number}" t="s"><v>{number % texts}</v></c>'
        f'<c r="B{number}"><v>{number}</v></c><c r="C{number}"><v>{number / 7}</v></c></row>'
    )


def full_sheet(rows):
    return "".join(full_row(number, 100) for number in range(1, rows + 1))


def test_a_workbook_from_a_spreadsheet_program_passes(path):
    book = openpyxl.Workbook()
    book.active.append(["姓名", "党费"])
    book.active.append(["张三", 12.5])
    book.save(path)
    guard(path)


def test_twenty_thousand_rows_pass(path):
    dimension = '<dimension ref="A1:C20000"/>'
    write(path, full_sheet(20_000), dimension, strings(*(f"党员{n}" for n in range(100))))
    guard(path)


def test_one_row_more_is_refused(path):
    write(path, full_sheet(20_001), more=strings(*(f"党员{n}" for n in range(100))))
    refuse(path, TOO_FAR)


def test_a_cell_of_4096_characters_in_column_64_passes(path):
    cell = f'<c r="BL1" t="inlineStr"><is><t>{"党" * 4_096}</t></is></c>'
    write(path, f"<row>{cell}</row>", more={PICTURE: b"\x89PNG\r\n\x1a\n" + bytes(range(256))})
    guard(path)


def test_a_long_formula_does_not_count_with_its_value(path):
    cell = f'<c t="str"><f>{"A" * 4_000}</f><v>{"党" * 4_000}</v></c>'
    write(path, f"<row>{cell}</row>")
    guard(path)


def test_rich_text_counts_as_one_text_and_empty_cells_as_none(path):
    half = f"<r><t>{'党' * 2_049}</t></r>"
    write(path, '<row><c t="s"/></row>', more={STRINGS: f"<sst><si>{half}</si></sst>"})
    guard(path)
    write(path, more={STRINGS: f"<sst><si>{half}{half}</si></sst>"})
    refuse(path, TOO_LONG)


def test_long_text_outside_the_cells_passes(path):
    long = "批" * 5_000
    footer = f"</sheetData><f>{long}</f><sheetData>"
    write(path, ONE_CELL + footer, more={"xl/comments1.xml": f"<t>{long}</t>"})
    guard(path)


@pytest.mark.parametrize("corner", ['<row r="20000"><c r="BL20000"/></row>', '<row r="20000"/>'])
def test_the_sheets_together_may_fill_four_full_sheets(path, corner):
    width = '<row r="1"><c r="BL1"/></row>'
    write(path, width + corner, more=copies(width + corner, range(2, 5)))
    guard(path)
    write(path, width + corner, more=copies(width + corner, range(2, 6)))
    refuse(path, TOO_MUCH)


def test_a_java_export_with_a_64_bit_directory_passes(path):
    write(path)
    with_64_bit_directory(path)
    guard(path)


# The file itself.


def test_no_file_is_missing_input(tmp_path):
    (tmp_path / "文件").write_text("")
    for path in (tmp_path / "没有.xlsx", tmp_path / "文件" / "名册.xlsx"):
        with pytest.raises(MissingInput):
            guard(path)


def test_a_folder_is_refused(tmp_path):
    refuse(tmp_path, "不是普通文件")


@pytest.mark.parametrize(
    ("failure", "expected"),
    [(PermissionError(13, "no"), NotPermitted), (OSError(5, "io"), CannotRead)],
)
def test_a_file_that_cannot_be_opened_says_why(path, monkeypatch, failure, expected):
    def fail(*_):
        raise failure

    write(path)
    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(expected):
        guard(path)


def test_a_real_file_of_100_mb_is_refused_unread(path, monkeypatch):
    with path.open("wb") as file:
        file.truncate(100_000_000)
    monkeypatch.setattr(Path, "open", None)
    refuse(path, "超过 20 MB")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件是空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "旧式 .xls 或带密码"),
        ("姓名,党费\n张三,12\n".encode("gbk"), "改了扩展名的 CSV"),
        ("姓名,党费\n张三,12\n".encode("utf-16"), "改了扩展名的 CSV"),
        ("姓名,党费\n张三,12\n".encode("utf-8-sig"), "改了扩展名的 CSV"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "改了扩展名的 CSV"),
        (b"\x89PNG\0\0\0\r", NO_WORKBOOK),
    ],
    ids=["empty", "ole", "gbk", "utf-16", "utf-8-bom", "html", "picture"],
)
def test_what_is_no_archive_is_named(path, content, reason):
    path.write_bytes(content)
    refuse(path, reason)


def test_the_sentence_comes_in_english_too(path):
    language.choose("en")
    path.write_bytes(b"")
    refuse(path, "it is empty")


# The archive.


@pytest.mark.parametrize("kept", [0.5, 0.95, 0.999])
def test_a_file_cut_short_is_refused(path, kept):
    write(path, full_sheet(100), more=strings(*range(100)))
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    refuse(path, DAMAGED)


def test_an_archive_behind_another_is_refused(path):
    write(path)
    path.write_bytes(path.read_bytes() * 2)
    refuse(path, DAMAGED)


def test_an_end_behind_the_end_is_refused(path):
    write(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"PK\5\6" + bytes(18)
    refuse(path, DAMAGED)


def with_64_bit_directory(path, record_at=None):
    content = path.read_bytes()
    rest, end = content[:-22], content[-22:]
    count, length, start = struct.unpack("<HLL", end[10:20])
    record = struct.pack("<4sQHHLLQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, length, start)
    at = len(rest) if record_at is None else record_at
    path.write_bytes(rest + record + struct.pack("<4sLQL", b"PK\6\7", 0, at, 1) + end)


def test_a_second_64_bit_directory_elsewhere_is_refused(path):
    write(path)
    with_64_bit_directory(path, record_at=0)
    refuse(path, DAMAGED)


def test_a_wrong_count_of_parts_is_refused(path):
    write(path)
    replace(path, b"\0\0\5\0\5\0", b"\0\0\4\0\4\0", 1)
    refuse(path, DAMAGED)


def test_over_200_parts_are_refused(path):
    write(path, more={f"xl/media/{number}.png": "" for number in range(195)})
    guard(path)
    write(path, more={f"xl/media/{number}.png": "" for number in range(196)})
    refuse(path, "超过 200 个")


@pytest.mark.parametrize(
    "name",
    [
        "xl/WORKBOOK.xml",
        "xl\\workbook.xml",
        "../xl/media/a.png",
        "xl/../../a.png",
        "..\\a.png",
        "/xl/media/a.png",
        "C:/a.png",
    ],
)
def test_a_doubled_or_outside_part_is_refused(path, name):
    write(path, more={name: ""})
    refuse(path, TAMPERED)


def test_the_same_part_twice_is_refused(path):
    parts = [*FRAME.items(), (SHEET, sheet(ONE_CELL))]
    with pytest.warns(UserWarning, match="Duplicate"):
        write_parts(path, [*parts, (SHEET, sheet(ONE_CELL))])
    refuse(path, TAMPERED)


def test_a_part_with_a_second_name_is_refused(path):
    write_parts(path, [*FRAME.items(), (SHEET, sheet(ONE_CELL))])
    part = zipfile.ZipInfo(PICTURE)
    name = b"xl/worksheets/sheet2.xml"
    field = struct.pack("<BL", 1, zlib.crc32(PICTURE.encode())) + name
    part.extra = b"\x99\x99\1\0x" + struct.pack("<HH", 0x7075, len(field)) + field
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(part, "")
    refuse(path, TAMPERED)


def test_an_encrypted_part_is_refused(path):
    write(path, compression=zipfile.ZIP_STORED)
    entry = b"PK\1\2\x14\3\x14\0"
    replace(path, entry + b"\0\0", entry + b"\1\0", 5)
    refuse(path, "加密")


def test_macros_are_refused(path):
    write(path, more={"xl/vbaProject.bin": b"\0"})
    refuse(path, "含有宏")


@pytest.mark.parametrize("name", ["content.xml", "xl/workbook.bin"])
def test_another_kind_of_workbook_inside_is_refused(path, name):
    write(path, more={name: "<a/>"})
    refuse(path, NO_WORKBOOK)


def test_a_word_document_is_refused(path):
    write_parts(path, [("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<a/>")])
    refuse(path, NO_WORKBOOK)


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compression_that_cannot_be_taken_in_pieces_is_refused(path, compression):
    write(path, compression=compression)
    refuse(path, DAMAGED)


def test_parts_that_claim_more_bytes_than_the_file_has_are_refused(path):
    zero_bytes = 30_000_000
    write(path, more={PICTURE: b"\0" * zero_bytes, "xl/media/image2.png": noise(1_000_000)})
    with zipfile.ZipFile(path) as archive:
        real = archive.getinfo(PICTURE).compress_size
    old, new = (struct.pack("<LL", size, zero_bytes) for size in (real, zero_bytes // 100))
    replace(path, old, new, 2)
    refuse(path, DAMAGED)


def test_a_part_beyond_the_end_is_refused(path):
    write(path)
    part = zipfile.ZipInfo(PICTURE)
    part.extra = struct.pack("<HHQ", 1, 8, 2**62)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(part, "")
    content = path.read_bytes()
    at = content.rindex(b"PK\1\2") + 42
    path.write_bytes(content[:at] + b"\xff\xff\xff\xff" + content[at + 4 :])
    refuse(path, DAMAGED)


# False headers.


def claim(path, content, size):
    """Change the ZIP headers of a part so that they state a smaller size than its real size."""
    content = content.encode()
    honest = struct.pack("<L", len(content))
    replace(path, honest, struct.pack("<L", size), 2)
    return struct.pack("<L", zlib.crc32(content)), struct.pack("<L", zlib.crc32(content[:size]))


def test_more_content_than_claimed_is_seen(path):
    row = "<row><c><v>1</v></c></row>"
    rows = row * 4_000 + '<row><c r="XFD4001"/></row>' + row * 4_000
    write(path, rows)
    honest, false = claim(path, sheet(rows), 70_000)
    replace(path, honest, false, 2)
    refuse(path, TOO_FAR)


def test_a_false_size_is_refused_where_the_content_is_harmless(path):
    write(path)
    claim(path, sheet(ONE_CELL), 20)
    refuse(path, DAMAGED)


def test_a_false_checksum_is_refused(path):
    write(path)
    honest = struct.pack("<L", zlib.crc32(sheet(ONE_CELL).encode()))
    replace(path, honest, b"\0\0\0\0", 2)
    refuse(path, DAMAGED)


# The content of the parts.


@pytest.mark.parametrize(
    "content",
    [
        "<a><b></a>",
        "<a>",
        "",
        "no markup",
        "<a/><a/>",
        '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"),
        "<a>&nbsp;</a>",
        '<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>'.encode("latin-1"),
    ],
)
@pytest.mark.parametrize("name", ["xl/styles.xml", "XL/STYLES.XML", "_rels/.rels"])
def test_malformed_markup_is_refused(path, content, name):
    write(path, more={name: content})
    refuse(path, DAMAGED)


def test_a_doctype_is_refused_in_any_part(path):
    for name in ("_rels/.rels", "docProps/app.xml", "xl/drawings/a.xml"):
        write(path, more={name: "<!DOCTYPE a><a/>"})
        refuse(path, "DOCTYPE")


@pytest.mark.parametrize("name", [PICTURE, "xl/worksheets/sheet2", "xl/worksheets/a.bin"])
@pytest.mark.parametrize("before", [0, 64 * 1024 - 4])
def test_a_sheet_disguised_as_a_picture_is_refused(path, name, before):
    content = "P" * before + "sheetData"
    write(path, more={name: content})
    refuse(path, DAMAGED)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="20001"/>',
        '<row r="20000"/><row/>',
        "<row/>" * 20_001,
        '<row r="1"/>' * 20_001,
        '<row r="x"/>',
        f'<row r="{"9" * 5_000}"/>',
        '<x:row xmlns:x="x" r="20001"/>',
        '<row><c r="A20001"/></row>',
        '<row><c r="BM1"/></row>',
        '<row><c r="AAA1"/></row>',
        '<row><c r="1"/></row>',
        '<row><c r="$A$1"/></row>',
        "<row>" + "<c/>" * 65 + "</row>",
        '<row><c r="BL1"/><c/></row>',
        '<row r="20000"><c r="A1"/></row><row><c/></row>',
        '<x:c xmlns:x="x" r="BM1"/>',
    ],
)
def test_a_place_beyond_the_limits_is_refused(path, rows):
    write(path, rows)
    refuse(path, TOO_FAR)


@pytest.mark.parametrize("reference", ["A1:BM1", "A1:A20001", "BM1", "A20001:B20002", "A:C"])
def test_a_declared_size_beyond_the_limits_is_refused(path, reference):
    write(path, before=f'<dimension ref="{reference}"/>')
    refuse(path, TOO_FAR)


def test_a_sheet_may_not_hide_under_another_name(path):
    write(path, more={"xl/theme/theme1.xml": sheet('<row r="20001"/>')})
    refuse(path, TOO_FAR)


@pytest.mark.parametrize(
    "cell",
    [
        f'<c t="inlineStr"><is><t>{"党" * 4_097}</t></is></c>',
        f'<c t="str"><v>{"党" * 4_097}</v></c>',
        f'<c t="inlineStr"><is>{"<r><t>党</t></r>" * 4_097}</is></c>',
        f'<c t="str"><v><![CDATA[{"党" * 4_097}]]></v></c>',
        f'<c t="str"><v>{"&#20826;" * 4_097}</v></c>',
    ],
)
def test_a_cell_over_4096_characters_is_refused(path, cell):
    write(path, f"<row>{cell}</row>")
    refuse(path, TOO_LONG)


def test_a_shared_text_over_4096_characters_is_refused(path):
    write(path, more=strings("党" * 4_097))
    refuse(path, TOO_LONG)


@pytest.mark.parametrize("number", ["1", "x", "9" * 4_000, "1 0"])
def test_a_cell_that_names_no_shared_text_is_refused(path, number):
    write(path, f'<row><c t="s"><v>{number}</v></c></row>', more=strings("张三"))
    refuse(path, DAMAGED)


def test_shared_texts_in_a_second_part_are_refused(path):
    decoy = strings("短")[STRINGS]
    write(path, more={STRINGS: decoy, "xl/strings2.xml": decoy})
    refuse(path, DAMAGED)


def test_shared_texts_count_wherever_their_part_stands(path, monkeypatch):
    monkeypatch.setattr(contents, "MAX_SHEET_CHARACTERS", 3_999)
    write(path, '<row><c t="s"><v>1</v></c></row>', more=strings("", "党" * 3_999))
    guard(path)
    write(path, '<row><c t="s"><v>1</v></c></row>', more=strings("", "党" * 4_000))
    refuse(path, TOO_MUCH)


@pytest.mark.parametrize(("limit", "least"), [("MAX_CELLS_PER_SHEET", 10), ("MAX_TAGS", 28)])
def test_the_same_cell_written_too_often_is_refused(path, monkeypatch, limit, least):
    write(path, "<row>" + '<c r="A1"/>' * 10 + "</row>")
    monkeypatch.setattr(contents, limit, least)
    guard(path)
    monkeypatch.setattr(contents, limit, least - 1)
    refuse(path, TOO_MUCH)


def test_flipped_bytes_end_in_a_sentence_or_nowhere(path):
    write(path, full_sheet(5), more=strings(*range(5)))
    content = path.read_bytes()
    dice = random.Random(30)
    for _ in range(500):
        flipped = bytearray(content)
        for _ in range(dice.randint(1, 4)):
            flipped[dice.randrange(len(flipped))] = dice.randrange(256)
        path.write_bytes(flipped)
        with suppress(BadInput):
            guard(path)


PLAIN = (
    '<row r="{n}" spans="1:3"><c r="A{n}" s="1" t="s"><v>0</v></c><c r="B{n}"><v>7.5</v></c></row>'
)
TWO_PLAIN = PLAIN.format(n=1) + PLAIN.format(n=2)


@pytest.mark.parametrize(
    "rows",
    [
        TWO_PLAIN,
        TWO_PLAIN + "<row><c><v>1</v></c></row>",
        TWO_PLAIN + '<row r="3"><c r="A3" t="e"><v>#N/A</v></c><c r="B3"><f>A1</f></c></row>',
        PLAIN.format(n=1) + '<row r="2"><c r="C2"><f>A1</f><v></v></c></row>' + PLAIN.format(n=3),
        PLAIN.format(n=20_000),
        PLAIN.format(n=20_001),
        PLAIN.format(n=1).replace("B1", "B20001"),
        PLAIN.format(n=1).replace("B1", "BL1"),
        PLAIN.format(n=1).replace("B1", "BM1"),
        PLAIN.format(n=1).replace("<v>0<", "<v>1<"),
        PLAIN.format(n=1).replace("<v>0<", "<v>9999999<"),
        PLAIN.format(n=1).replace("spans", 'r="99999" spans'),
        PLAIN.format(n=1).replace('t="s"', 't="s" r="XFD1"'),
        PLAIN.format(n=1) + "</row>" + PLAIN.format(n=2),
        f"<!--{TWO_PLAIN}-->{TWO_PLAIN}",
        f"<!{TWO_PLAIN}-- >",
        f"<!{TWO_PLAIN}[CDATA[",
        f"<x y='>{TWO_PLAIN}<'/>",
        f"<x y='{TWO_PLAIN}'/>",
        f'<row r="1"><c r="A1" t="str"><f>A2</f>{TWO_PLAIN}</c></row>',
    ],
)
def test_rows_taken_out_are_judged_as_the_parser_judges_them(path, monkeypatch, rows):
    """Rows in the usual form bypass the XML parser; the result is the same as with the parser."""

    def verdict():
        write(path, rows, more=strings("张三"))
        try:
            return guard(path)
        except BadInput as refused:
            return refused.sentence

    fast = verdict()
    monkeypatch.setattr(contents, "rows_apart", lambda piece: [(piece, None)])
    monkeypatch.setattr(contents, "shared_texts_apart", lambda piece: [(piece, [])])
    assert fast == verdict()


@pytest.mark.parametrize(
    "text", ["党" * 4_096, "党" * 4_097, "a&amp;b", "\x01", "<si><t>内</t></si>"]
)
def test_shared_texts_taken_out_are_judged_as_the_parser_judges_them(path, monkeypatch, text):
    more = strings("首", text, "尾")
    rows = '<row><c t="s"><v>2</v></c></row>'
    monkeypatch.setattr(contents, "MAX_SHEET_CHARACTERS", 3)

    def verdict():
        write(path, rows, more=more)
        try:
            return guard(path)
        except BadInput as refused:
            return refused.sentence

    fast = verdict()
    monkeypatch.setattr(contents, "shared_texts_apart", lambda piece: [(piece, [])])
    assert fast == verdict()


def test_plain_rows_bypass_the_parser(path, monkeypatch):
    """Rows in the usual form are not passed to the XML parser; this halves the guard's time."""
    fed = []
    parse = contents.Markup._parse
    monkeypatch.setattr(
        contents.Markup, "_parse", lambda self, rest: (fed.append(rest), parse(self, rest))
    )
    write(path, TWO_PLAIN * 50, more=strings(*["张三"] * 50))
    guard(path)
    assert b"<row" not in b"".join(fed)
    assert b"<si" not in b"".join(fed)
