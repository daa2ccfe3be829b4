"""What gunicorn serves: the app of this folder's settings, with its background loops."""

from pathlib import Path

from server.app import Background, create_app
from server.config import load_config
from server.keys import load_keys

config = load_config()
app = create_app(config, load_keys(Path(config.storage.keys)))
background: Background = app.extensions["popshot_background"]
background.start()
