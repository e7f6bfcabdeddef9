#!/bin/sh
# Both commands on a clean Debian 12 that has python3 and a clone of CHECKOUT, nothing else: clean-root.sh CHECKOUT
# Needs root, git and debootstrap. How apt and pip reach their registries is read from this machine when it runs.
set -eu

checkout=$(readlink -f "$1")
if [ -z "${2:-}" ]; then
    root=$(mktemp -d)
    trap 'rm -rf --one-file-system "$root"' EXIT
    unshare --mount --propagation private "$0" "$checkout" "$root" # what it mounts is gone when it ends
    exit
fi
root=$2

say() { echo "== $(($(date +%s) - started)) s: $*"; }
started=$(date +%s)

# shellcheck disable=SC2016
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
debootstrap --variant=minbase --include=python3 bookworm "$root" "$mirror" >"$root.log" 2>&1 || {
    tail -n 20 "$root.log"
    exit 1
}
rm "$root.log"
say "a clean root of $(du -sm "$root" | cut -f 1) MB"

# The machine's way to the registries: names, certificates, settings of apt and pip, and below a few variables.
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
mkdir -p "$root/etc/xdg"
certificates=${PIP_CERT:-/etc/ssl/certs/ca-certificates.crt}
[ ! -e "$certificates" ] || cp -L "$certificates" "$root/etc/machine.crt"
apt-config dump Acquire >"$root/etc/apt/apt.conf.d/99machine"
[ ! -e /etc/pip.conf ] || cp -L /etc/pip.conf "$root/etc/"
[ ! -d /etc/xdg/pip ] || cp -rL /etc/xdg/pip "$root/etc/xdg/"
for settings in .config/pip .pip; do
    [ ! -d "$HOME/$settings" ] || { mkdir -p "$root/root/$settings" && cp -rL "$HOME/$settings/." "$root/root/$settings/"; }
done

mount -t proc proc "$root/proc"
mkdir -p "$root/dev/shm"
mount -t tmpfs tmpfs "$root/dev/shm"
git clone --quiet "$checkout" "$root/srv/so-cchc"

inside() {
    set -- HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$root" sh -euc "cd /srv/so-cchc; $1"
    [ ! -e "$root/etc/machine.crt" ] || set -- PIP_CERT=/etc/machine.crt "$@"
    for name in $(env | grep -oE '^(PIP_[A-Z_]+|[A-Za-z]+_(proxy|PROXY))=' | tr -d = | grep -v PIP_CERT); do
        set -- "$name=$(printenv "$name")" "$@"
    done
    env -i "$@" </dev/null
}

inside '! python3 -c "import ensurepip" 2>/dev/null && ! command -v pip pip3 git sudo' || {
    echo "the root is not clean"
    exit 1
}
inside './run demo'
say "./run demo, from nothing"
inside 'find /root /srv/so-cchc -name "*.pdf" -size +10k -not -path "*/.venv/*" | grep .'
inside './run demo'
say "./run demo once more"
inside './test -v'
say "./test"
