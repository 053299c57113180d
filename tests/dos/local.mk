# Scripts that run ./dosvm as a user does, on programs assembled from
# tests/dos/*.asm.  See lib.sh.
DOS_TESTS = \
	tests/dos/altlook.test \
	tests/dos/beam.test \
	tests/dos/cards.test \
	tests/dos/diskettes.test \
	tests/dos/config.test \
	tests/dos/control.test \
	tests/dos/files.test \
	tests/dos/fpu_error.test \
	tests/dos/hello.test \
	tests/dos/processor.test \
	tests/dos/installed.test \
	tests/dos/joystick.test \
	tests/dos/keyb.test \
	tests/dos/modes.test \
	tests/dos/mouse.test \
	tests/dos/poll.test \
	tests/dos/ports.test \
	tests/dos/shell.test \
	tests/dos/state.test \
	tests/dos/term.test \
	tests/dos/term_keys.test \
	tests/dos/term_left.test \
	tests/dos/term_modes.test \
	tests/dos/term_size.test \
	tests/dos/trace_port.test \
	tests/dos/tick.test tests/dos/tools_append.test \
	tests/dos/tools_copy.test \
	tests/dos/tools_doskey.test \
	tests/dos/tools_files.test \
	tests/dos/tools_filters.test \
	tests/dos/tools_more.test \
	tests/dos/tools_system.test \
	tests/dos/to_real_mode.test \
	tests/dos/vbe.test \
	tests/dos/vbe_pictures.test \
	tests/dos/video.test \
	tests/dos/xms.test

# A real terminal emulator, looked at.
XTERM_TESTS = tests/dos/xterm_colors.test tests/dos/xterm_use.test
TESTS += $(XTERM_TESTS)
EXTRA_DIST += $(XTERM_TESTS) tests/dos/xterm.sh tests/dos/golden.asm tests/dos/count_fast.asm tests/dos/pages.asm

TESTS += $(DOS_TESTS)
EXTRA_DIST += $(DOS_TESTS) tests/dos/lib.sh \
	tests/dos/altlook.asm tests/dos/to_real_mode.asm \
	tests/dos/cpuwhat.asm tests/dos/doskey.asm tests/dos/exitcode.asm tests/dos/files.asm tests/dos/filter.asm tests/dos/hello.asm tests/dos/instcmd.asm \
	tests/dos/joystick.asm tests/dos/sermouse.asm \
	tests/dos/menu.asm tests/dos/mouse.asm tests/dos/ownname.asm tests/dos/parting.asm tests/dos/poll.asm tests/dos/delay.asm tests/dos/screen.asm tests/dos/serial.asm tests/dos/tick.asm tests/dos/trace_port.asm tests/dos/sharing.asm \
	tests/dos/driver.asm tests/dos/upper.asm tests/dos/vbe_calls.asm tests/dos/vbe_modes.asm tests/dos/video.asm tests/dos/carddots.asm \
	tests/dos/whichcard.asm tests/dos/xms.asm

EXTRA_DIST += tests/dos/keylog.asm tests/dos/keys.tsv
WINDOW_TESTS = tests/dos/desktop.test tests/dos/window.test tests/dos/window_auto.test \
	tests/dos/window_input.test tests/dos/window_keyboard.test tests/dos/window_survives.test
TESTS += $(WINDOW_TESTS)
EXTRA_DIST += $(WINDOW_TESTS) tests/dos/window.sh tests/dos/events.asm tests/dos/pixels.asm tests/dos/pointer.asm \
	tests/dos/scancode.asm

# Game pads for the tests of plugins/sdl: preloaded.
if HAVE_SDL2
check_LTLIBRARIES += tests/dos/vpad.la
endif
tests_dos_vpad_la_SOURCES = tests/dos/vpad.c
tests_dos_vpad_la_CFLAGS = $(AM_CFLAGS) $(SDL_CFLAGS) -pthread
tests_dos_vpad_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -rpath $(abs_builddir)/tests/dos -pthread
tests_dos_vpad_la_LIBADD = -ldl

DEBUG_TESTS = tests/dos/debug.test tests/dos/debug_gdb.test
TESTS += $(DEBUG_TESTS)
EXTRA_DIST += $(DEBUG_TESTS) tests/dos/debugged.asm tests/dos/flat32.asm

EXTRA_DIST += tests/dos/bootable.asm tests/dos/partition.asm tests/dos/sectors.asm
SCRIPT_TESTS = \
	tests/dos/record.test \
	tests/dos/script_date.test \
	tests/dos/script_disk.test \
	tests/dos/script_drives.test \
	tests/dos/script_home.test \
	tests/dos/script_images.test \
	tests/dos/script_locks.test \
	tests/dos/script_look.test \
	tests/dos/script_open.test \
	tests/dos/script_pipes.test \
	tests/dos/script_program.test \
	tests/dos/script_screen.test \
	tests/dos/script_sharing.test \
	tests/dos/script_refresh.test \
	tests/dos/script_signals.test \
	tests/dos/script_snapshot.test \
	tests/dos/script_status.test

TESTS += $(SCRIPT_TESTS)
EXTRA_DIST += $(SCRIPT_TESTS) \
	tests/dos/oldzip.py tests/dos/argument.inc tests/dos/flat.inc tests/dos/hex.inc tests/dos/retrace.inc tests/dos/count_up.asm tests/dos/crash.asm tests/dos/ctrlc.asm tests/dos/deaf.asm tests/dos/environment.asm \
	tests/dos/draw.asm tests/dos/doubling.asm tests/dos/flicker.asm tests/dos/look.asm tests/dos/key.asm tests/dos/lines_for_ever.asm tests/dos/make_file.asm \
	tests/dos/show_file.asm tests/dos/sort_lines.asm tests/dos/tail.asm tests/dos/ticks.asm \
	tests/dos/color.asm tests/dos/root.asm tests/dos/stacks.asm tests/dos/ways_out.asm tests/dos/write_much.asm

# What script_snapshot.test saves and loads machines with; no test itself.
noinst_PROGRAMS += tests/dos/replay
tests_dos_replay_SOURCES = tests/dos/replay.c
tests_dos_replay_LDADD = $(MACHINE_LIBS)

# A terminal for the tests of plugins/term.
noinst_PROGRAMS += tests/dos/onpty
tests_dos_onpty_SOURCES = tests/dos/onpty.c
tests_dos_onpty_LDADD = -lutil

# What term_keys.test plays a terminal with; no test itself.
noinst_PROGRAMS += tests/dos/terminal
tests_dos_terminal_SOURCES = tests/dos/terminal.c tests/dos/terminal.h \
	tests/dos/terminal_kitty.c tests/dos/terminal_plain.c
tests_dos_terminal_LDADD = -lutil

# What modes.test looks at video modes with; no test itself.
EXTRA_DIST += tests/dos/modes tests/golden/modes tests/golden/vbe tests/dos/beam.asm tests/dos/retrace.asm tests/dos/sync5.asm
noinst_PROGRAMS += tests/dos/pictures
tests_dos_pictures_SOURCES = tests/dos/pictures.c
tests_dos_pictures_LDADD = $(MACHINE_LIBS)
