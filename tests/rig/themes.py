"""The look that a test's campaign wears."""

from typing import Any

from server.campaigns.theme import HOUSE, read_theme_file

TOYS: dict[str, Any] = read_theme_file(HOUSE).as_json()
