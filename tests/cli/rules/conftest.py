"""What the tests of changed rules share: the day on which they are changed."""

import pytest

from tests.conftest import ItIs


@pytest.fixture
def the_changes_are_of_days_to_come(it_is: ItIs) -> None:
    """From 2027 on; a change of the past asks to be confirmed."""
    it_is("2026-11-20")
