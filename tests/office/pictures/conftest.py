import pytest

from tests.office.cast import Office


@pytest.fixture
def draft(office: Office) -> str:
    """The slug of the demo, a draft again."""
    return office.draft_again()
