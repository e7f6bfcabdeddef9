# shellcheck shell=sh disable=SC2154,SC3013
# Sourced by ./run and ./test, which set $root (the checkout). Makes the private environment $root/.venv from one of the
# two lock files. Written for a bare machine: sh, coreutils and Python, nothing else.

venv=$root/.venv

# ready LOCK: is .venv made from this very lock? The environment keeps a copy of each lock it was made from, with its time.
# Only what the shell does itself, for this is what every start costs.
ready() {
    [ -x "$venv/bin/python" ] && [ -e "$venv/$1" ] &&
        ! [ "$root/$1" -nt "$venv/$1" ] && ! [ "$root/$1" -ot "$venv/$1" ]
}

# setup LOCK: makes it so, or says why not and ends 2. Standard output stays clean for the command that follows.
setup() {
    exec 9<"$root/installer/setup.sh"
    if command -v flock >/dev/null; then flock 9; fi # a second start waits for the first
    if ! ready "$1"; then make_environment "$1" >&2; fi
    exec 9<&-
}

make_environment() {
    if [ -x "$venv/bin/python" ] && cmp -s "$root/$1" "$venv/$1"; then
        cp -p "$root/$1" "$venv/$1" # the same lock, only touched
        return
    fi
    python=$(find_python) || fail "Cần Python 3.11, 3.12 hoặc 3.13." "Python 3.11, 3.12 or 3.13 is needed."
    install_system_packages
    echo "Đang chuẩn bị Sổ CCHC, có thể mất vài phút… (Setting up, this may take some minutes.)"
    if ! [ -e "$venv/requirements.txt" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        rm -rf "$venv" # none, half made or broken
        "$python" -m venv "$venv" || fail "Không tạo được thư mục $venv." "The environment could not be made."
    fi
    rm -f "$venv/requirements.txt" "$venv/requirements-dev.txt"
    "$venv/bin/python" -m pip install -qq --no-input --disable-pip-version-check \
        --only-binary :all: --require-hashes -r "$root/$1" ||
        fail "Chưa tải được các gói cần dùng. Xem lại mạng và chỗ trống trên đĩa rồi chạy lại." \
            "The packages could not be fetched. Check network and disk, then run again."
    # The checkout itself is found by a relative path, so that it may be moved.
    for site in "$venv"/lib/python3.*/site-packages; do echo ../../../.. >"$site/so-cchc.pth"; done
    # The lock for development holds the other one.
    cp -p "$root/requirements.txt" "$venv/"
    cp -p "$root/$1" "$venv/"
}

# The real path of the first fitting Python: the environment breaks visibly when the system moves on to another one.
find_python() {
    for name in python3 python3.13 python3.12 python3.11; do
        "$name" -c '
import os, sys
if not (3, 11) <= sys.version_info < (3, 14):
    sys.exit(1)
print(os.path.realpath(sys.executable))' 2>/dev/null && return
    done
    return 1
}

# What Python itself lacks on a bare Debian, and the libraries that Qt loads: package, and how to see that it is there.
missing_packages() {
    "$python" - <<'PYTHON'
import ctypes, importlib.util, sys

LIBRARIES = """
libgl1 libGL.so.1
libegl1 libEGL.so.1
libxkbcommon0 libxkbcommon.so.0
libdbus-1-3 libdbus-1.so.3
libfontconfig1 libfontconfig.so.1
libglib2.0-0 libglib-2.0.so.0
libxcb-cursor0 libxcb-cursor.so.0
libxkbcommon-x11-0 libxkbcommon-x11.so.0
libxcb-icccm4 libxcb-icccm.so.4
libxcb-image0 libxcb-image.so.0
libxcb-keysyms1 libxcb-keysyms.so.1
libxcb-render-util0 libxcb-render-util.so.0
libxcb-shape0 libxcb-shape.so.0
libxcb-xkb1 libxcb-xkb.so.1
libxcb-util1 libxcb-util.so.1
libcups2 libcups.so.2
"""
missing = []
if not importlib.util.find_spec("ensurepip") or not importlib.util.find_spec("venv"):
    missing.append(f"python3.{sys.version_info.minor}-venv")
for line in LIBRARIES.split("\n"):
    if line:
        package, library = line.split()
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
print(*missing)
PYTHON
}

install_system_packages() {
    missing=$(missing_packages) || fail "Python trên máy này không đầy đủ." "Python on this machine is not complete."
    [ -n "$missing" ] || return 0
    line="apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing"
    if ! command -v apt-get >/dev/null; then
        fail "Máy thiếu các thư viện có trong những gói Debian sau: $missing" "Libraries of these Debian packages are missing."
    elif [ "$(id -u)" = 0 ]; then
        echo "Đang cài các gói hệ thống còn thiếu… (Installing missing system packages: $missing)"
        sh -c "$line" </dev/null || true
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        echo "Đang cài các gói hệ thống còn thiếu… (Installing missing system packages: $missing)"
        sudo -n sh -c "$line" </dev/null || true
    fi
    if [ -n "$(missing_packages)" ]; then
        fail "Máy thiếu vài gói hệ thống. Hãy chạy dòng sau rồi chạy lại (system packages are missing; run this line first):" \
            "sudo sh -c '$line'"
    fi
}

fail() {
    printf '%s\n' "$@" >&2
    exit 2
}
