"""What gunicorn serves: the app of this folder's settings, with its background loops."""

import os
from functools import partial
from pathlib import Path

from flask import Flask
from gunicorn.errors import AppImportError

from server.app import Background, create_app
from server.backoffice.staff.first_owner import invite_first_owner
from server.backoffice.staff.link import address_of
from server.campaigns.seed_demo import DEMO_BRAND, seed_demo
from server.campaigns.theme import BadTheme
from server.clock import system_clock
from server.config import Config, load_config
from server.db import Database, open_database
from server.keys import Keys, load_keys
from server.migrate import make_folder, upgrade
from server.play.terms import make_terms
from server.run import SETUP
from server.texts import BadTexts


def _start() -> Flask:
    """Prepare the database as `server.run` asks, then build the app."""
    config = load_config()
    database = open_database(config.database_url)
    if SETUP in os.environ:
        make_folder(config.database_url)
        upgrade(database.engine)
    keys = load_keys(Path(config.storage.keys))
    secret = _seed(database, config, keys) if os.environ.get(SETUP) == "demo" else None
    made = create_app(config, keys, database=database)
    if secret is not None:
        made.extensions["popshot_first_link"] = address_of(config.public_url, secret)  # gunicorn's settings print it
    return made


def _seed(database: Database, config: Config, keys: Keys) -> str | None:
    """Make the demo where there is no campaign; the secret of an invitation for its first owner, until there is one."""
    with database.sessions() as session:
        seed_demo(session, partial(make_terms(config, keys).award_terms, keep_back=False), system_clock())
        return invite_first_owner(session, DEMO_BRAND, system_clock())


try:
    app = _start()
except (BadTexts, BadTheme) as refusal:
    raise AppImportError(f"popshot: {refusal}") from None  # gunicorn says the sentence and ends, without a traceback
background: Background = app.extensions["popshot_background"]
background.start()
