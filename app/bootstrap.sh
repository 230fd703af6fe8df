#!/usr/bin/env bash
# Makes this folder able to run Rapport: Debian packages, Python, .venv; on macOS the last two.
# Usage: bash app/bootstrap.sh [run|test]; "test" adds what the tests need.
# Called by the Makefile when a lock file is newer than its stamp; may be called again at any time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

WANT="${1:-run}"
VENV=.venv

say() { printf '%s\n' "$*" >&2; }

give_up() {
    say "Rapport cannot be set up yet: $*"
    exit 1
}

# --- Debian packages -------------------------------------------------------------------------
# "library or program:package". A library that is there is not asked for again, whatever its
# package is called in this release.
NEEDED="
libportaudio.so.2:libportaudio2 libpulse.so.0:libpulse0
libasound_module_pcm_pulse.so:libasound2-plugins
libGL.so.1:libgl1 libEGL.so.1:libegl1 libgthread-2.0.so.0:libglib2.0-0
libfontconfig.so.1:libfontconfig1 libdbus-1.so.3:libdbus-1-3
libX11-xcb.so.1:libx11-xcb1 libxkbcommon-x11.so.0:libxkbcommon-x11-0
libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4
libxcb-image.so.0:libxcb-image0 libxcb-keysyms.so.1:libxcb-keysyms1
libxcb-randr.so.0:libxcb-randr0 libxcb-render-util.so.0:libxcb-render-util0
libxcb-shape.so.0:libxcb-shape0 libxcb-shm.so.0:libxcb-shm0
libxcb-sync.so.1:libxcb-sync1 libxcb-util.so.1:libxcb-util1
libxcb-xfixes.so.0:libxcb-xfixes0 libXrandr.so.2:libxrandr2
libspeechd.so.2:libspeechd2 speech-dispatcher:speech-dispatcher
sd_espeak-ng:speech-dispatcher-espeak-ng
"
NEEDED_BY_TESTS="Xvfb:xvfb xauth:xauth pulseaudio:pulseaudio pactl:pulseaudio-utils paplay:pulseaudio-utils
espeak-ng:espeak-ng"

is_there() {
    case "$1" in
        libasound_module_*) compgen -G "/usr/lib/*/alsa-lib/$1" >/dev/null ;;
        sd_*) compgen -G "/usr/lib*/speech-dispatcher-modules/$1" >/dev/null \
            || compgen -G "/usr/lib*/*/speech-dispatcher-modules/$1" >/dev/null ;;
        lib*.so.*) grep -qF "$1 " <<<"$LIBRARIES" ;;
        *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

missing_packages() {
    local pair
    LIBRARIES="$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)"
    for pair in $NEEDED $([ "$WANT" = test ] && echo "$NEEDED_BY_TESTS"); do
        is_there "${pair%%:*}" || echo "${pair##*:}"
    done | sort -u | tr '\n' ' '
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1 && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        sudo "$@"
    else
        return 1
    fi
}

apt_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update >&2 || true
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq install -y --no-install-recommends "$@" >&2
}

install_packages() {
    local packages
    # Elsewhere the wheels bring what they need.
    [ "$(uname -s)" = Linux ] || return 0
    packages="$(missing_packages)"
    [ -n "$packages" ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say "These libraries may be missing, by their names in Debian: $packages"
        say "Where Rapport does not start, install what your system calls them."
        return 0
    fi
    say "Installing from Debian: $packages"
    # shellcheck disable=SC2086 # one word a package
    apt_install $packages && return 0
    say "These system packages are missing and could not be installed from here: $packages"
    say "Ask whoever looks after this machine for: apt install $packages"
}

# --- Python ----------------------------------------------------------------------------------
fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' 2>/dev/null; }

find_python() {
    local name
    for name in python3.11 python3.12 python3 /usr/bin/python3.11 /usr/bin/python3.12; do
        if command -v "$name" >/dev/null 2>&1 && fits "$name"; then
            echo "$name"
            return 0
        fi
    done
    return 1
}

# Where the system's own Python is a newer one, uv fetches one that fits.
make_venv_with_uv() {
    local uv=uv
    if ! command -v uv >/dev/null 2>&1; then
        command -v python3 >/dev/null 2>&1 || apt_install python3 python3-venv || return 1
        python3 -m venv .venv-uv 2>/dev/null || {
            apt_install python3-venv && python3 -m venv .venv-uv
        } || return 1
        .venv-uv/bin/python -m pip install --quiet --disable-pip-version-check uv >&2 || return 1
        uv=.venv-uv/bin/uv
    fi
    "$uv" venv --quiet --seed --python 3.11 "$VENV" >&2
}

make_venv() {
    local python
    if [ -x "$VENV/bin/python" ] && fits "$VENV/bin/python" \
        && "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then
        return 0
    fi
    rm -rf "$VENV"
    if python="$(find_python)"; then
        say "Making $VENV with $("$python" --version)"
        "$python" -m venv "$VENV" >/dev/null 2>&1 && return 0
        # Debian keeps ensurepip in a package of its own.
        apt_install "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" \
            && "$python" -m venv "$VENV" && return 0
    fi
    rm -rf "$VENV"
    make_venv_with_uv && return 0
    give_up "it needs Python 3.11 or 3.12 with venv (Debian 12: apt install python3 python3-venv;" \
        "elsewhere: install uv and run this again)."
}

# --- packages of the lock file ---------------------------------------------------------------
install_lock() {
    local lock=requirements.txt
    [ "$WANT" = run ] || lock=requirements-dev.txt
    local pip=("$VENV/bin/python" -m pip install --disable-pip-version-check --no-deps)
    # Progress is for people; a log needs only what went wrong.
    [ -t 2 ] || pip+=(--quiet)
    say "Installing the packages of $lock (hundreds of megabytes, once)"
    # --no-deps: the lock is complete, and leaves out what mediapipe declares and does not need.
    "${pip[@]}" -r "$lock" >&2 \
        || give_up "the Python packages could not be installed (see above)." \
            "The first set-up needs a network connection; afterwards none is needed."
    "${pip[@]}" -e . >&2 \
        || give_up "its own package could not be installed (see above)."
}

check_imports() {
    "$VENV/bin/python" -c 'import cv2, PySide6.QtWidgets, mediapipe' 2>"$VENV/.import-errors" || {
        tail -n 3 "$VENV/.import-errors" >&2
        give_up "a system library is missing (see above)."
    }
    rm -f "$VENV/.import-errors"
}

main() {
    case "$WANT" in run | test) ;; *) give_up "unknown set-up \"$WANT\"; say run or test." ;; esac
    install_packages
    make_venv
    install_lock
    check_imports
    touch "$VENV/.installed"
    if [ "$WANT" = test ]; then touch "$VENV/.installed-test"; fi
}

main
