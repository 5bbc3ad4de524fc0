"""How private each field is: the page says what the program does."""

from pathlib import Path

from partyctl.ledger.reading.privacy import MASKED, REVEALED, Sensitivity, class_of, masked
from partyctl.ledger.tables.all import METADATA
from partyctl.records.undo.redaction import KEPT, OPINION_VALUES, VALUES

PAGE = (Path(__file__).parents[2] / "docs" / "PRIVACY.md").read_text(encoding="utf-8")


def test_the_page_lists_every_masked_field():
    listed = PAGE.partition("<!-- fields")[2].partition("<!-- /fields -->")[0]
    rows = [line for line in listed.splitlines() if line.startswith("| `")]
    assert rows == [f"| `{f.table}.{f.column}` | {f.sensitivity} |" for f in MASKED]


def test_every_masked_field_is_a_column_and_can_be_revealed_and_erased():
    columns = {(field.table, field.column) for field in MASKED}
    assert all(column in METADATA.tables[table].columns for table, column in columns)
    revealed = [f for each in REVEALED.values() for fields in each.values() for f in fields]
    assert sorted((f.table, f.column) for f in revealed) == sorted(columns)
    erased = {(table, column) for table, column, *_ in (*VALUES, *OPINION_VALUES)}
    assert erased == {(table, column) for table, column in columns if table not in KEPT}


def test_a_column_that_sounds_private_is_masked():
    telling = ("id_number", "phone", "address", "income", "base", "salary", "mail", "bank")
    for table in METADATA.tables.values():
        for column in table.columns:
            if any(word in column.name for word in telling):
                hidden = (Sensitivity.PERSONAL, Sensitivity.SENSITIVE)
                assert class_of(table.name, column.name) in hidden, column


def test_masking_shows_no_more_than_it_says():
    row = {"name": "张三", "id_number": "11010519491231002X", "phone": "13800001111"}
    hidden = masked("member", row)
    assert hidden == {
        "name": "张三",
        "id_number": "110105********002X",
        "phone": "138****1111",
    }
    assert masked("dues_assessment", {"base": 510000, "working": "…"}) == {
        "base": "***",
        "working": "***",
    }
    assert masked("member", {"id_number": None}) == {"id_number": None}
