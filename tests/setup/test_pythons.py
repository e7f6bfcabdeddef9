"""The locks and the program on every Python that is promised and is on this machine. Slow: -m slow."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def interpreter(version: str) -> Path | None:
    """A Python of this version on the PATH or among those of pyenv (whose shims on the PATH may lead nowhere)."""
    folders = [Path(folder) for folder in os.environ["PATH"].split(os.pathsep) if "shims" not in folder]
    folders += sorted(Path("~/.pyenv/versions").expanduser().glob(f"{version}.*/bin"))
    for folder in folders:
        python = folder / f"python{version}"
        command = [python, "-c", "import sys, ensurepip; print('%d.%d' % sys.version_info[:2])"]
        if python.exists() and subprocess.run(command, capture_output=True, text=True).stdout.strip() == version:
            return python
    return None


@pytest.mark.slow
@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_the_locks_install_and_the_program_starts(version: str, tmp_path: Path) -> None:
    python = interpreter(version)
    if not python:
        pytest.skip(f"no Python {version} here")

    def run(*arguments: str | Path) -> str:
        command = [tmp_path / "venv/bin/python", *arguments]
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8")
        assert done.returncode == 0, done.stdout[-4000:]
        return done.stdout

    for folder in (tmp_path, *tmp_path.parents[:2]):  # one test reads a file as another user, by this Python
        folder.chmod(0o755)
    subprocess.run([python, "-m", "venv", tmp_path / "venv"], check=True)
    run("-m", "pip", "install", "-qq", "--only-binary", ":all:", "--require-hashes", "-r", "requirements-dev.txt")
    run("-m", "pip", "check")
    [site] = (tmp_path / "venv/lib").glob("python3.*/site-packages")
    (site / "so-cchc.pth").write_text(f"{ROOT}\n", encoding="utf-8")  # as installer/setup.sh tells where the program is
    assert run("-c", "import sys; print('%d.%d' % sys.version_info[:2])").strip() == version
    run("-m", "app", "--help")
    # All tests but those of the set-up, which choose their Python themselves.
    run("-m", "pytest", "-q", "--ignore", "tests/setup")


def test_this_python_is_one_of_those_promised() -> None:
    assert (3, 11) <= sys.version_info < (3, 14)
