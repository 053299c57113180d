# lib.sh - for the scripts tests/dos/*.test: each is a user with a home of
# his own who runs ./dosvm.  Sourced by
#
#	. "${srcdir:-.}/tests/dos/lib.sh"
#
# in the build tree's top, which is where make check runs them.  The script
# goes on in an empty directory, which is D: for the programs it runs.  Any
# command that fails ends it; so do the expect_* verbs, which show what they
# saw.  KEEP=1 keeps the directory.

set -eu

top_src=$(cd "${srcdir:-.}" && pwd)
top_build=$(pwd)
dosvm=${DOSVM:-$top_build/dosvm}
limit=${LIMIT:-60}		# seconds for one run of dosvm
test_name=$(basename "$0" .test)

skip() { echo "skipped: $*"; exit 77; }
fail() { echo "FAIL: $*" >&2; exit 1; }

[ -x "$dosvm" ] || fail "$dosvm is not built"
command -v nasm >/dev/null || skip "there is no nasm"

tmp=$(mktemp -d "${TMPDIR:-/tmp}/dosvm-$test_name-XXXXXX")
tidy() {
	cd /
	[ -n "${KEEP:-}" ] && echo "kept: $tmp" || { chmod -R u+rwx "$tmp"; rm -rf "$tmp"; }
}
trap tidy EXIT
trap 'exit 129' HUP INT TERM

HOME=$tmp/home XDG_CONFIG_HOME=$tmp/home/.config XDG_DATA_HOME=$tmp/home/.local/share
XDG_RUNTIME_DIR=$tmp/home/run XDG_CACHE_HOME=$tmp/home/.cache XDG_STATE_HOME=$tmp/home/.local/state
export HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_RUNTIME_DIR XDG_CACHE_HOME XDG_STATE_HOME
unset DOSVM_PLUGIN_PATH DISPLAY WAYLAND_DISPLAY
LC_ALL=C.UTF-8 TZ=UTC0
export LC_ALL TZ
mkdir -p "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_RUNTIME_DIR" "$tmp/d"
cd "$tmp/d"

# program NAME [FILE [NASM-OPTION...]]: assemble tests/dos/NAME.asm into FILE
# (NAME.COM in capitals) of this directory.
program() {
	name=$1
	file=${2:-$(echo "$name" | tr 'a-z' 'A-Z').COM}
	[ $# -gt 1 ] && shift 2 || shift
	nasm -f bin -I "$top_src/tests/dos/" "$@" -o "$file" "$top_src/tests/dos/$name.asm"
}

# run ARGUMENT...: dosvm with these; afterwards $status, and its output in
# the files $out and $err.  Standard input is the caller's.
out=$tmp/out err=$tmp/err
run() {
	status=0
	ran="dosvm $*"
	timeout -k 5 "$limit" "$dosvm" "$@" >"$out" 2>"$err" || status=$?
}

show() {
	echo "--- $ran: exit status $status, standard output:"
	od -c "$out" | head -n 40
	echo "--- standard error:"
	head -n 40 "$err"
}

expect_status() {
	[ "$status" -eq "$1" ] || { show >&2; fail "exit status $1 expected"; }
}

# expect_out TEXT: standard output is exactly this; TEXT as printf's format
# %b understands it (\r\n).
expect_out() {
	printf '%b' "$1" | cmp -s - "$out" || { show >&2; fail "output expected: $1"; }
}

# expect_match PATTERN [FILE]: a line of the output matches (grep -E).
expect_match() {
	tr -d '\r' <"${2:-$out}" | grep -qE -- "$1" || { show >&2; fail "no line matches: $1"; }
}

# expect_file FILE TEXT: as expect_out, for a file.
expect_file() {
	printf '%b' "$2" | cmp -s - "$1" || { od -c "$1" | head -n 40 >&2; fail "$1: expected: $2"; }
}
