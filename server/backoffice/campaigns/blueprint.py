"""The studio's one blueprint; each file beside this one adds a form or a deed."""

from flask import Blueprint

bp = Blueprint("studio", __name__)
HOME = "/backoffice/campaigns"
EVERY = f"{HOME}/<slug>"
MOST_BYTES = 1_000_000  # of a step: two hundred prizes in six languages
HERE = "campaigns"  # the line of the navigation
