"""docs/PRIVACY.md gives each masked field the same privacy class as the program."""

from pathlib import Path

from partyctl.ledger.reading.nouns import NOUNS
from partyctl.ledger.reading.privacy import MASKED, masked
from partyctl.ledger.tables.all import METADATA
from partyctl.records.undo.redaction import KEPT, OPINION_VALUES, VALUES

PAGE = (Path(__file__).parents[2] / "docs" / "PRIVACY.md").read_text(encoding="utf-8")


def test_the_page_lists_every_masked_field():
    listed = PAGE.partition("<!-- fields")[2].partition("<!-- /fields -->")[0]
    rows = [line for line in listed.splitlines() if line.startswith("| `")]
    wanted = [f"| `{f.table}.{f.column}` | {f.sensitivity} |" for f in MASKED]
    assert rows == wanted, (
        "docs/PRIVACY.md lists MASKED of partyctl/ledger/reading/privacy.py, in its order: put in "
        f"{[row for row in wanted if row not in rows]}, take out {[r for r in rows if r not in wanted]}"
    )


def test_every_masked_field_is_a_column_and_can_be_revealed_and_erased():
    columns = {(field.table, field.column) for field in MASKED}
    assert all(column in METADATA.tables[table].columns for table, column in columns)
    revealed = [
        f
        for each in (kind.revealed for kind in NOUNS.values())
        for fields in each.values()
        for f in fields
    ]
    assert sorted((f.table, f.column) for f in revealed) == sorted(columns), (
        "each field of MASKED is `revealed` by one noun (partyctl/ledger/reading/nouns.py): a command's "
        f"--reveal shows it. Not there: {sorted(columns - {(f.table, f.column) for f in revealed})}"
    )
    erased = {(table, column) for table, column, *_ in (*VALUES, *OPINION_VALUES)}
    wanted = {(table, column) for table, column in columns if table not in KEPT}
    assert erased == wanted, (
        "`journal redact` erases each field of MASKED: VALUES, OPINION_VALUES or KEPT in "
        f"partyctl/records/undo/redaction.py. Not there: {sorted(wanted - erased)}"
    )


def test_a_column_that_sounds_private_is_masked():
    telling = ("id_number", "phone", "address", "income", "base", "salary", "mail", "bank")
    hidden = {(field.table, field.column) for field in MASKED}
    for table in METADATA.tables.values():
        for column in table.columns:
            if any(word in column.name for word in telling):
                assert (table.name, column.name) in hidden, (
                    f"{column} sounds private: add it to MASKED in "
                    "partyctl/ledger/reading/privacy.py, or give it another name"
                )


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
