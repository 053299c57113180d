#!/bin/sh
# input.sh COUNT: from an event of the host to the DOS program that has seen it, in a window
# on an X server of its own: keys, mouse, a game pad, for a program that only looks for
# them and one that draws meanwhile.  Run by make bench-input in the build tree.  Where it
# may, it goes before all other programs of the host, whose work is not to be measured.
set -eu
top_src=$(cd "${srcdir:-.}" && pwd)
top_build=$(pwd)
tmp=$(mktemp -d)
x_pid= run_pid=
trap '[ -z "$run_pid" ] || kill $run_pid; [ -z "$x_pid" ] || kill $x_pid; rm -rf "$tmp"' EXIT
HOME=$tmp
export HOME
first=
! chrt -f 5 true 2>/dev/null || first='chrt -f 5'
cd "$tmp"
nasm -f bin -I "$top_src/tests/dos/" -o EVENTS.COM "$top_src/tests/dos/events.asm"
mkfifo vpad
: >display
$first Xvfb -displayfd 3 -screen 0 1280x1024x24 -nolisten tcp -noreset 3>display >xvfb 2>&1 &
x_pid=$!
until [ -s display ]; do sleep 0.1; done
number=$(cat display)
DISPLAY=:$number
export DISPLAY

# measure WHAT ARGUMENT... with the program's letter last
measure() {
	echo "$1:"
	shift
	VPAD=$tmp/vpad LD_PRELOAD=$top_build/tests/dos/.libs/vpad.so \
		$first "$top_build/dosvm" --front=sdl --com1=listen:"$tmp/com" "$@" </dev/null >/dev/null &
	run_pid=$!
	until window=$(xdotool search --onlyvisible --class dosvm 2>/dev/null) && [ -n "$window" ]; do
		sleep 0.1
	done
	xdotool windowmove --sync "$window" 0 0 || :
	xdotool windowfocus "$window"
	sleep 1
	$first "$top_build/tests/bench/input" "$number" "$tmp/com" "$tmp/vpad" "$count"
	kill $run_pid
	wait $run_pid || :
	run_pid=
	rm -f "$tmp/com"
}

count=$1
measure 'looks for them' EVENTS.COM
measure 'draws meanwhile' EVENTS.COM B
measure 'draws as fast as the host can' --speed=max EVENTS.COM B
