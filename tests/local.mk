# Unit tests.  One program a suite: tests/unit/ROOM_SUITE.c.

if HAVE_CHECK
check_PROGRAMS += tests/unit/dev_pit
endif

tests_unit_dev_pit_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_pit_LDADD = src/dev/libdev.a src/bus/libbus.a src/state/libstate.a \
	src/sched/libsched.a src/base/libbase.a $(CHECK_LIBS)

EXTRA_DIST += tests/tools/check-floors tests/tools/check-globals
