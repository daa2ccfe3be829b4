import pytest

from tests.office.cast import Office
from tests.office.staff.door import Door


@pytest.fixture
def door(office: Office) -> Door:
    return Door(office)
