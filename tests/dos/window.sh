# window.sh - for the tests of plugins/sdl: an X server of their own.  Sourced after
# lib.sh.

for tool in Xvfb xdotool import compare convert; do
	command -v $tool >/dev/null || skip "there is no $tool"
done
[ -e "$top_build/plugins/sdl/.libs/sdl.so" ] || skip "there is no plugins/sdl"

# What libraries behind SDL (libdbus, LLVM of the software renderer) leave at the end is
# no leak of ours; all else that sanitizers see is.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS

x_pid= run_pid=
x_end() {
	[ -z "$run_pid" ] || kill "$run_pid" 2>/dev/null || :
	[ -z "$x_pid" ] || kill "$x_pid" 2>/dev/null || :
	tidy
}
trap x_end EXIT

# x_start: a server, which DISPLAY then names.
x_start() {
	: >"$tmp/display"
	Xvfb -displayfd 3 -screen 0 1700x1300x24 -nolisten tcp -noreset 3>"$tmp/display" >"$tmp/xvfb" 2>&1 &
	x_pid=$!
	tries=0
	until [ -s "$tmp/display" ]; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] && kill -0 $x_pid 2>/dev/null || skip "Xvfb does not run here"
		sleep 0.1
	done
	DISPLAY=:$(cat "$tmp/display")
	export DISPLAY
}

# window ARGUMENT...: dosvm in a window, which is on the screen afterwards; its number
# is $window.  What programs print goes to $window_out, if that is set: of /dev/null
# a window makes the screen.
window() {
	ran="dosvm --front=sdl $*"
	timeout -k 5 "$limit" "$dosvm" --front=sdl "$@" </dev/null >"${window_out:-$out}" 2>"$err" &
	run_pid=$!
	tries=0
	until window=$(xdotool search --onlyvisible --class dosvm 2>/dev/null | tail -n 1) &&
	      [ -n "$window" ]; do
		tries=$((tries + 1))
		[ $tries -lt 600 ] && kill -0 $run_pid 2>/dev/null || {
			status=?; show >&2; fail "no window"; }
		sleep 0.1
	done
	xdotool windowfocus "$window"
}

# ends: the run is over, $status is what it says.
ends() {
	status=0
	wait $run_pid || status=$?
	run_pid=
}

# $control: for ctl and same, if this dosvm has a control socket.
control=
[ ! -e "${dosvm}-ctl" ] || control=--control=$tmp/ctl
ctl() { timeout 60 "${dosvm}-ctl" -s "$tmp/ctl" "$@"; }

title() { xdotool getwindowname "$window" | grep -qE -- "$1"; }

# until_true COMMAND...: within a minute, on a busy host.
until_true() {
	tries=0
	until "$@" >/dev/null 2>&1; do
		tries=$((tries + 1))
		[ $tries -lt 600 ] || { status=?; show >&2; fail "never: $*"; }
		sleep 0.1
	done
}

# shows COLORS: there are more than so many in the window.
shows() { [ "$(import -window "$window" png:- | convert - -format %k info:)" -gt "$1" ]; }

# same WIDTH HEIGHT: what is in the middle of the window is a screenshot's picture, which
# is made so large; within a minute.
is_same() {
	ctl screenshot "$tmp/guest.png" >/dev/null
	import -window "$window" "$tmp/window.png"
	convert "$tmp/guest.png" -filter point -resize "$1x$2!" "$tmp/wanted.png"
	convert "$tmp/window.png" -gravity center -crop "$1x$2+0+0" +repage "$tmp/shown.png"
	compare -metric AE "$tmp/wanted.png" "$tmp/shown.png" null:
}
same() { until_true is_same "$@"; }
