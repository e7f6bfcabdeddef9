"""The promise of the README's first screen, kept on a clean machine. Slow: -m slow."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0 or not shutil.which("debootstrap"), reason="needs root and debootstrap"
)
def test_both_commands_succeed_on_a_clean_debian() -> None:
    subprocess.run([ROOT / "tests/setup/clean-root.sh", ROOT], check=True, timeout=3600)
