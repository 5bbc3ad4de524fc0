"""Fixtures of the tests of changed rules: the day of the change."""

import pytest

from tests.conftest import ItIs


@pytest.fixture
def the_changes_are_of_days_to_come(it_is: ItIs) -> None:
    """Set today to a day before the changes start.

    A change that starts in the past would need `--confirm`.
    """
    it_is("2026-11-20")
