"""Collect the columns and cells that were skipped, and report each kind of skipped cell once."""

from partyctl.language import bracketed, comma_list, say, semicolon_list
from partyctl.papers.sheets.grid import shown
from partyctl.papers.sheets.tables import Table
from partyctl.papers.sheets.unread import Unread


class Remarks:
    """The columns and cells that were skipped, and the texts of the remarks about them."""

    def __init__(self) -> None:
        self._asides: dict[tuple[str, str, str], list[str]] = {}
        self._beside: dict[str, int] = {}

    def aside(self, column: str, error: Unread, value: str) -> None:
        """Collect an unclear cell. In this column, such a cell is skipped, and is not an error."""
        values = self._asides.setdefault((column, error.kind, error.sentence), [])
        values.append(value)

    def beside(self, remarks: tuple[str, ...]) -> None:
        """Count the remarks beside a name, to report later that the remarks were not stored."""
        for remark in remarks:
            self._beside[remark] = self._beside.get(remark, 0) + 1

    def sentences(self, tables: list[Table]) -> list[str]:
        """Return the remarks as sentences."""
        return [*self._unknown(tables), *self._kept_out(), *self._besides(), *self._passed(tables)]

    def _unknown(self, tables: list[Table]) -> list[str]:
        names = dict.fromkeys(name for table in tables for name in table.block.unkept)
        if not names:
            return []
        listed = comma_list(shown(name) for name in names)
        return [say(f"没有登记这些列：{listed}。", f"These columns are not stored: {listed}.")]

    def _kept_out(self) -> list[str]:
        grouped: dict[tuple[str, str], list[str]] = {}
        reasons: dict[tuple[str, str], str] = {}
        for (column, kind, sentence), values in self._asides.items():
            grouped.setdefault((column, kind), []).extend(values)
            reasons[column, kind] = sentence
        return [
            say(
                f"“{shown(column)}”有 {len(values)} "
                f"处没有登记（{_some(values)}）：{reasons[column, kind]}。",
                f"“{shown(column)}”: {len(values)} not kept ({_some(values)}): "
                f"{reasons[column, kind]}.",
            )
            for (column, kind), values in grouped.items()
        ]

    def _besides(self) -> list[str]:
        if not self._beside:
            return []
        listed = comma_list(remark + bracketed(count) for remark, count in self._beside.items())
        return [
            say(
                f"姓名旁的附注没有登记：{listed}。",
                f"Remarks beside names are not stored: {listed}.",
            )
        ]

    def _passed(self, tables: list[Table]) -> list[str]:
        lines = [
            say(
                f"{shown(table.sheet)} 第 {row} 行“{shown(words)}”",
                f"{shown(table.sheet)} row {row} “{shown(words)}”",
            )
            for table in tables
            for row, words in table.passed_over
        ]
        if not lines:
            return []
        listed = semicolon_list(lines[:MOST_PASSED])
        more = len(lines) - MOST_PASSED
        if more > 0:
            listed += say(f"；另 {more} 行", f"; {more} more")
        return [say(f"不是数据的行，跳过：{listed}。", f"Skipped, not records: {listed}.")]


MOST_PASSED = 12


def _some(values: list[str]) -> str:
    different = list(dict.fromkeys(values))
    more = "…" if len(different) > 3 else ""
    return comma_list(shown(value) for value in different[:3]) + more
