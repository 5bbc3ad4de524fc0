"""Fixtures of the tests of changed rules: the day of the change."""

import pytest

from tests.conftest import ItIs


@pytest.fixture
def the_changes_are_of_days_to_come(it_is: ItIs) -> None:
    """Set today before 2027, when the changes start; changes of the past need confirmation."""
    it_is("2026-11-20")
