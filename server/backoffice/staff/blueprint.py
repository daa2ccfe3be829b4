"""The one blueprint of this desk, whose routes stand in several files."""

from flask import Blueprint

bp = Blueprint("staff", __name__)
