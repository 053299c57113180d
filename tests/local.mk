# Unit tests.  One program a suite: tests/unit/ROOM_SUITE.c.

# What the tests of each floor link: their own rooms and those below.
BUS_LIBS = src/bus/libbus.a src/state/libstate.a src/sched/libsched.a \
	src/base/libbase.a $(CHECK_LIBS)
DEV_LIBS = src/dev/libdev.a $(BUS_LIBS)

if HAVE_CHECK
check_PROGRAMS += \
	tests/unit/bus_memory \
	tests/unit/bus_ports \
	tests/unit/dev_pit \
	tests/unit/guest_service
endif

tests_unit_bus_memory_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_bus_memory_LDADD = $(BUS_LIBS)

tests_unit_bus_ports_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_bus_ports_LDADD = $(BUS_LIBS)

tests_unit_dev_pit_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_pit_LDADD = $(DEV_LIBS)

# The doorway is tested with a bus and a CPU of the test's own.
tests_unit_guest_service_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_guest_service_LDADD = src/guest/libguest.a src/state/libstate.a \
	src/base/libbase.a $(CHECK_LIBS)

EXTRA_DIST += tests/tools/check-floors tests/tools/check-globals
