"""A day on which something happened cannot be in the future; the remedy names the latest day."""

import pytest

from tests.conftest import ItIs, Run


@pytest.mark.dated
@pytest.mark.parametrize(
    "line",
    [
        "member add 何涛 --joined 2026-04-01",
        "applicant add 吴芳 --applied 2026-04-01",
        "opinion add 食堂排队 --received 2026-04-01 --class general",
        "waive cell-meeting --subject 第一小组 --reason 防汛 --decided-on 2026-04-01",
    ],
)
def test_the_remedy_for_a_day_to_come_fits_every_option(branch: Run, it_is: ItIs, line: str):
    it_is("2026-03-02")
    said = branch(line, code=5).err
    assert "→ 日期写 2026-03-02 或更早" in said
    assert "--on" not in said
