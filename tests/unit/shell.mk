# COMMAND.COM's language alone, and the shell on the real kernel: a machine
# of a bus, the doorway, drives, DOS, and a processor of a few instructions.
if HAVE_CHECK
check_PROGRAMS += \
	tests/unit/shell_parse \
	tests/unit/shell_batch \
	tests/unit/shell_edit \
	tests/unit/shell_commands
endif

SHELL_LIBS = src/shell/libshell.a $(DOS_LIBS)

tests_unit_shell_parse_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_shell_parse_LDADD = src/shell/libshell.a $(BASE_LIBS)

tests_unit_shell_batch_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_shell_batch_LDADD = $(SHELL_LIBS)

tests_unit_shell_commands_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_shell_commands_LDADD = $(SHELL_LIBS)

tests_unit_shell_edit_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_shell_edit_LDADD = $(SHELL_LIBS)

EXTRA_DIST += tests/unit/shell_room.h tests/unit/shell_cpu.h
