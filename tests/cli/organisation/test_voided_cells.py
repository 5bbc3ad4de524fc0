"""A cell to which members or meetings are assigned cannot be voided."""

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Run

VOID = "cell void 第二小组 --reason 误登"


@pytest.fixture
def second(branch: Run) -> Run:
    """A branch with a second cell."""
    branch("cell add 第二小组")
    return branch


def test_a_cell_with_members_is_voided_only_after_they_left_it(second: Run, refused: Refused):
    second("member edit 王五 --cell 第二小组")
    second("member edit 李四 --cell 第二小组")
    assert refused(VOID, 5).splitlines() == [
        "错误：第二小组里还有党员（李四、王五），不能作废。",
        "  → partyctl member edit '#2' --cell …",
    ]
    second("member edit '#2' --cell 第一小组")
    assert second("member edit '#3' --cell 无").out.splitlines()[1] == "  党小组：第二小组 → （空）"
    second(VOID)
    assert [each["cell"] for each in second("member list --json").json][1:] == ["第一小组", None]


def test_a_cell_with_meetings_is_voided_only_after_they_are_another_cells(
    second: Run, refused: Refused
):
    second("meeting add cell --cell 第二小组 --on 2026-03-05 --chair 王五")
    number = second("meeting list --json").json[-1]["id"]
    assert refused(VOID, 5).splitlines() == [
        f"错误：第二小组还有会议（#{number}），不能作废。",
        f"  → partyctl meeting edit {number} --cell …",
    ]
    second(f"meeting edit {number} --cell 第一小组")
    second(VOID)


def test_voided_members_and_meetings_do_not_keep_a_cell(second: Run):
    second("member edit 王五 --cell 第二小组")
    second("meeting add cell --cell 第二小组 --on 2026-03-05 --chair 王五")
    second("meeting void 1 --reason 误登")
    second("member void 王五 --reason 误登")
    second(VOID)


def test_an_error_names_at_most_five_members(second: Run, refused: Refused):
    for name in "甲乙丙丁戊己":
        second(f"member add 党员{name} --joined 2015-07-01 --cell 第二小组")
    assert "（党员甲、党员乙、党员丙、党员丁、党员戊…）" in refused(VOID, 5)
