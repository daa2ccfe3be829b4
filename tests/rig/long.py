"""The long form of tests that grow with their numbers: `make chaos` asks for it, `make test` runs the short one."""

import os

LONG = os.environ.get("POPSHOT_LONG", "") != ""
