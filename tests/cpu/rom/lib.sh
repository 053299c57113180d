# lib.sh - for the scripts tests/cpu/rom/*.test: programs that test the
# processor on a machine without DOS (tests/cpu/bare).  Sourced in the build
# tree's top by
#
#	. "${srcdir:-.}/tests/cpu/rom/lib.sh"

set -eu

top_src=$(cd "${srcdir:-.}" && pwd)
bare=$(pwd)/tests/cpu/bare
test_name=$(basename "$0" .test)

skip() { echo "skipped: $*"; exit 77; }
fail() { echo "FAIL: $*" >&2; exit 1; }

[ -x "$bare" ] || fail "$bare is not built"
command -v nasm >/dev/null || skip "there is no nasm"

tmp=$(mktemp -d "${TMPDIR:-/tmp}/dosvm-$test_name-XXXXXX")
trap 'rm -rf "$tmp"' EXIT
trap 'exit 129' HUP INT TERM

# assemble NAME [NASM-OPTION...]: tests/cpu/rom/NAME.asm to $tmp/NAME.
assemble() {
	name=$1
	shift
	nasm -f bin -I "$top_src/tests/cpu/rom/" "$@" -o "$tmp/$name" \
		"$top_src/tests/cpu/rom/$name.asm"
}

# passes NAME MODEL [OPTION...]: the program ends with exit(0), under every
# engine, and stepped.  What it printed is in $tmp/out.
passes() {
	name=$1
	shift
	ends "$name" 1 "$@"
}

# ends NAME STATUS MODEL [OPTION...]: the same, with another status.
ends() {
	name=$1 wanted=$2 model=$3
	shift 3
	for engine in $("$bare" --engines); do
		for way in "" --step; do
			status=0
			timeout -k 5 60 "$bare" --engine="$engine" $way --cpu="$model" \
				--limit=50000000 "$@" "$tmp/$name" >"$tmp/out" 2>"$tmp/err" || status=$?
			[ $status -eq $wanted ] || {
				cat "$tmp/out" "$tmp/err"
				fail "$name on $model, $engine $way: status $status"
			}
		done
	done
}

# rom NAME MODEL...: NAME.asm passes on each of them, on a machine with the options
# in $rom_options.  The program sees the
# number of the model (0: 8086 ... 5: Pentium) as MODEL.
rom_options=
rom() {
	name=$1
	shift
	for model; do
		case $model in
		8086) n=0 ;; 80186) n=1 ;; 80286) n=2 ;;
		80386) n=3 ;; 80486) n=4 ;; pentium) n=5 ;;
		esac
		assemble "$name" -DMODEL=$n
		passes "$name" "$model" $rom_options
	done
}
