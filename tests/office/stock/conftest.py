import pytest

from tests.office.cast import Office
from tests.office.stock.shelf import Shelf


@pytest.fixture
def shelf(office: Office) -> Shelf:
    return Shelf(office)
