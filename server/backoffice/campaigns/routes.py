"""The campaign studio: from a template to live in five steps. Each module here adds its routes to the blueprint."""

import server.backoffice.campaigns.check
import server.backoffice.campaigns.list_routes
import server.backoffice.campaigns.new_routes
import server.backoffice.campaigns.playable
import server.backoffice.campaigns.step_dates
import server.backoffice.campaigns.step_prizes
import server.backoffice.campaigns.step_texts
import server.backoffice.campaigns.step_theme
import server.backoffice.campaigns.turns
import server.backoffice.campaigns.versions  # noqa: F401
from server.backoffice.campaigns.blueprint import bp

__all__ = ["bp"]
