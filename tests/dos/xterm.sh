# xterm.sh - for tests that look at a real xterm on an X server without a screen.
# Sourced after lib.sh; skips the test where something of that is missing.  Xterms
# are of the same font, a bitmap with all of code page 437, and nothing in them blinks
# by itself.

for needed in Xvfb xterm import compare convert xdotool; do
	command -v $needed >/dev/null || skip "there is no $needed"
done
[ -e "$top_build/plugins/term/.libs/term.so" ] || skip "there is no plugins/term"

x_pid=
x_tidy() {
	[ -z "$x_pid" ] || kill "$x_pid" 2>/dev/null || :
	wait || :
	sleep 0.2			# what ran in the xterms ends, too
	tidy || :
}
trap x_tidy EXIT

Xvfb -displayfd 3 -screen 0 1640x1000x24 -nolisten tcp 3>"$tmp/display" >"$tmp/xvfb" 2>&1 &
x_pid=$!
tries=0
until [ "$(wc -l <"$tmp/display")" -ge 1 ]; do
	tries=$((tries + 1))
	kill -0 "$x_pid" 2>/dev/null && [ $tries -lt 100 ] || skip "Xvfb does not run here"
	sleep 0.1
done
DISPLAY=:$(cat "$tmp/display")
export DISPLAY
unset COLORTERM TMUX WINDOWID

x_font=-misc-fixed-medium-r-semicondensed--13-120-75-75-c-60-iso10646-1

# term NAME GEOMETRY [OPTION...] -e COMMAND...: an xterm whose window has this name.
term() {
	name=$1 geometry=$2
	shift 2
	xterm -xrm 'XTerm*allowTitleOps: false' -xrm 'XTerm*showBlinkAsBold: true' \
		-xrm 'XTerm*cursorBlink: never' -xrm 'XTerm*scrollBar: false' \
		-bw 0 -fn "$x_font" -u8 -title "$name" -geometry "$geometry" "$@" >"$tmp/$name.log" 2>&1 &
	tries=0
	until xdotool search --onlyvisible --name "^$name\$" >"$tmp/$name.window" 2>/dev/null &&
			[ -s "$tmp/$name.window" ]; do
		tries=$((tries + 1))
		[ $tries -lt 150 ] || { cat "$tmp/$name.log" >&2; skip "xterm does not run here"; }
		sleep 0.1
	done
}

# shot NAME FILE: what this window shows.
shot() {
	import -window "$(head -n 1 "$tmp/$1.window")" "$2"
}

# differing A B: how many dots of the two pictures differ.
differing() {
	compare -metric AE "$1" "$2" null: 2>&1 || :
}
