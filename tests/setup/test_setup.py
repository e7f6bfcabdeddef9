"""./run and ./test on a machine in all its states. These tests use empty locks and a stand-in program."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import os, sys
print(*sys.argv[1:], sep="|")
print(os.getcwd())
print(__file__)
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout that ./run has set up once."""
    checkout = tmp_path_factory.mktemp("prepared") / "so cchc"
    (checkout / "installer").mkdir(parents=True)
    shutil.copy(ROOT / "run", checkout)
    shutil.copy(ROOT / "installer/setup.sh", checkout / "installer")
    for lock in ("requirements.txt", "requirements-dev.txt"):
        (checkout / lock).write_text("# nothing\n")
    (checkout / "app").mkdir()
    (checkout / "app/__main__.py").write_text(PROGRAM)
    first = run(checkout / "run")
    assert first.returncode == 0, first.stderr
    return checkout


@pytest.fixture
def checkout(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "sổ cchc", symlinks=True))


@pytest.fixture
def fresh(prepared: Path, tmp_path: Path) -> Path:
    """A checkout that was never started."""
    return Path(shutil.copytree(prepared, tmp_path / "sổ cchc", ignore=shutil.ignore_patterns(".venv")))


def run(*command: str | Path, cwd: Path | None = None, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | ({"PATH": path} if path else {})
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", timeout=120)


def tools(folder: Path, **scripts: str) -> Path:
    """A folder to stand as the whole PATH: what a bare machine has, and the given scripts."""
    folder.mkdir()
    for name in ("sh", "rm", "cp", "cmp", "cat", "readlink"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    for name, body in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (folder / name).chmod(0o755)
    return folder


def test_arguments_and_folder_of_the_caller_are_kept(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app/__main__.py").write_text("raise SystemExit('another program')")
    result = run(checkout / "run", "một", "hai ba", cwd=tmp_path)
    assert result.stdout.splitlines() == ["một|hai ba", str(tmp_path), str(checkout / "app/__main__.py")]
    assert result.stderr == ""


def test_a_link_from_elsewhere_starts_the_same_program(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "so-cchc").symlink_to(checkout / "run")
    assert run(tmp_path / "so-cchc").stdout.splitlines()[-1] == str(checkout / "app/__main__.py")
    assert run("sh", "run", cwd=checkout).stdout.splitlines()[-1] == str(checkout / "app/__main__.py")


def test_a_second_start_calls_nothing_but_python(checkout: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    result = run(checkout / "run", "--help", path=str(empty))
    assert (result.returncode, result.stderr) == (0, "")


def test_a_touched_lock_is_compared_not_installed_again(checkout: Path, tmp_path: Path) -> None:
    os.utime(checkout / "requirements.txt", (1, 1))
    only_tools = tools(tmp_path / "bin")
    result = run(checkout / "run", path=str(only_tools))
    assert (result.returncode, result.stderr) == (0, "")
    assert (checkout / ".venv/requirements.txt").stat().st_mtime == 1


@pytest.mark.parametrize("time", [-100, 100])
def test_a_changed_lock_is_installed_whichever_way_its_time_moved(checkout: Path, time: int) -> None:
    lock = checkout / "requirements.txt"
    now = lock.stat().st_mtime
    lock.write_text("# nothing else\n")
    os.utime(lock, (now + time, now + time))
    result = run(checkout / "run", "x")
    assert result.stdout.startswith("x\n")
    assert "Đang chuẩn bị" in result.stderr
    assert (checkout / ".venv/requirements.txt").read_text() == "# nothing else\n"
    assert not (checkout / ".venv/requirements-dev.txt").exists()


@pytest.mark.parametrize("damage", ["half made", "python gone", "packages gone"])
def test_a_half_made_or_broken_environment_is_made_again(checkout: Path, damage: str) -> None:
    environment = checkout / ".venv"
    if damage == "half made":
        (environment / "requirements.txt").unlink()
        (environment / "rest of the old").touch()
    elif damage == "python gone":
        for link in environment.glob("bin/python*"):
            link.unlink()
        (environment / "bin/python").symlink_to("/nowhere/python3.11")
    else:
        (checkout / "requirements.txt").write_text("# nothing now\n")
        shutil.rmtree(environment / "lib")
    result = run(checkout / "run", "x")
    assert result.stdout.startswith("x\n"), result.stderr
    assert not (environment / "rest of the old").exists()
    assert run(checkout / "run").stderr == ""


def test_a_moved_checkout_still_starts(checkout: Path, tmp_path: Path) -> None:
    moved = checkout.rename(tmp_path / "moved")
    result = run(moved / "run")
    assert result.stdout.splitlines()[-1] == str(moved / "app/__main__.py")
    assert result.stderr == ""


def test_packages_that_cannot_be_fetched_end_in_a_sentence_and_a_new_try(checkout: Path) -> None:
    lock = checkout / "requirements.txt"
    before = lock.read_text()
    lock.write_text("./no-such-package.whl --hash=sha256:" + "0" * 64 + "\n")
    result = run(checkout / "run")
    assert result.returncode == 2
    assert "Chưa tải được các gói" in result.stderr
    lock.write_text(before)
    assert run(checkout / "run").returncode == 0


def test_without_a_fitting_python_it_says_so(fresh: Path, tmp_path: Path) -> None:
    old = "exit 1"
    result = run(fresh / "run", path=str(tools(tmp_path / "bin", **{"python3": old, "python3.12": old})))
    assert result.returncode == 2
    assert result.stderr.splitlines()[0] == "Cần Python 3.11, 3.12 hoặc 3.13."
    assert "Traceback" not in result.stderr


def test_a_named_python_is_taken_when_python3_does_not_fit(fresh: Path, tmp_path: Path) -> None:
    scripts = {"python3": "exit 1", "python3.13": "exit 127", "python3.12": f'exec {sys.executable} "$@"'}
    result = run(fresh / "run", "x", path=str(tools(tmp_path / "bin", **scripts)))
    assert result.stdout.startswith("x\n"), result.stderr


# A Python that lacks ensurepip and libGL until apt-get has brought them.
BARE = """
if [ "$1" = -c ]; then echo "$0"; exit; fi
if [ "$1" = - ]; then [ -e "${0%/*}/brought" ] || echo python3.11-venv libgl1; exit; fi
echo "went on to $*"; exit 1
"""
APT = 'echo "$*" >>"${0%/*}/calls"'
APT_BRINGS = APT + '; [ "$1" != install ] || : >"${0%/*}/brought"'
INSTALL = "install -y --no-install-recommends python3.11-venv libgl1"
LINE = f"sudo sh -c 'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get {INSTALL}'"


@pytest.mark.parametrize("who", ["root", "sudo"])
def test_missing_system_packages_are_installed_after_an_update(fresh: Path, tmp_path: Path, who: str) -> None:
    scripts = {"python3": BARE, "apt-get": APT_BRINGS, "id": f"echo {0 if who == 'root' else 1000}"}
    if who == "sudo":
        scripts |= {"true": "", "sudo": 'shift; exec "$@"'}
    bin_ = tools(tmp_path / "bin", **scripts)
    result = run(fresh / "run", path=str(bin_))
    assert (bin_ / "calls").read_text().splitlines() == ["update", INSTALL]
    assert "went on to -m venv" in result.stderr


@pytest.mark.parametrize("who", ["nobody", "sudo that asks", "root, but apt-get fails"])
def test_where_they_cannot_be_installed_the_one_line_is_printed(fresh: Path, tmp_path: Path, who: str) -> None:
    scripts = {"python3": BARE, "apt-get": "exit 100", "id": f"echo {0 if who.startswith('root') else 1000}"}
    if who.startswith("sudo"):
        scripts["sudo"] = "exit 1"
    result = run(fresh / "run", path=str(tools(tmp_path / "bin", **scripts)))
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1] == LINE


def test_on_another_system_the_missing_libraries_are_named(fresh: Path, tmp_path: Path) -> None:
    result = run(fresh / "run", path=str(tools(tmp_path / "bin", python3=BARE)))
    assert result.returncode == 2
    assert "libgl1" in result.stderr
