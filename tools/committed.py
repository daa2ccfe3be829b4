"""The files that make up the project, as git sees them."""

import subprocess
from pathlib import Path


def project_files(root: Path, *patterns: str) -> list[Path]:
    """Files under root that are committed or could be, by git's patterns (`*.md`)."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate", "-z", "--"]
    answer = subprocess.run([*listed, *patterns], cwd=root, capture_output=True, text=True, check=True)
    files = (root / name for name in answer.stdout.split("\0") if name)
    return [file for file in files if file.is_file() and not file.is_symlink()]
