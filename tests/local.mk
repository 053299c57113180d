# Unit tests.  One program a suite: tests/unit/ROOM_SUITE.c.

# What the tests of each floor link: their own rooms and those below.
BASE_LIBS = src/base/libbase.a $(CHECK_LIBS)
SCHED_LIBS = src/sched/libsched.a $(BASE_LIBS)
CONF_LIBS = src/conf/libconf.a $(BASE_LIBS)
STATE_LIBS = src/state/libstate.a $(BASE_LIBS)
BUS_LIBS = src/bus/libbus.a src/state/libstate.a $(SCHED_LIBS)
AV_LIBS = src/av/libav.a src/state/libstate.a $(SCHED_LIBS)
DEV_LIBS = src/dev/libdev.a src/av/libav.a $(BUS_LIBS)
XMEM_LIBS = src/xmem/libxmem.a src/guest/libguest.a $(DEV_LIBS)
BIOS_LIBS = src/bios/libbios.a src/guest/libguest.a src/drive/libdrive.a $(DEV_LIBS)

if HAVE_CHECK
check_PROGRAMS += \
	tests/unit/base_cp \
	tests/unit/base_layout \
	tests/unit/base_text \
	tests/unit/bus_memory \
	tests/unit/bus_ports \
	tests/unit/conf_settings \
	tests/unit/guest_service \
	tests/unit/plug_open \
	tests/unit/sched_queue \
	tests/unit/machine_spin \
	tests/unit/session_capacity \
	tests/unit/session_costs \
	tests/unit/session_gauge \
	tests/unit/session_keys \
	tests/unit/state_snapshot
endif

tests_unit_base_layout_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_base_layout_LDADD = $(BASE_LIBS)
tests_unit_base_cp_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_base_cp_LDADD = $(BASE_LIBS)

tests_unit_base_text_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_base_text_LDADD = $(BASE_LIBS)

tests_unit_bus_memory_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_bus_memory_LDADD = $(BUS_LIBS)

tests_unit_bus_ports_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_bus_ports_LDADD = $(BUS_LIBS)

tests_unit_conf_settings_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_conf_settings_LDADD = $(CONF_LIBS)

include tests/cpu/fpu.mk
include tests/unit/av.mk
include tests/cpu/cpu.mk
include tests/unit/bios.mk
include tests/unit/dev.mk
include tests/unit/dos.mk
include tests/unit/drive.mk
include tests/unit/sdl.mk
include tests/unit/shell.mk
include tests/unit/term.mk
include tests/unit/xmem.mk

# Of the session, the parts that need no machine.
tests_unit_session_keys_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_session_keys_LDADD = src/session/libsession.a $(BASE_LIBS)
tests_unit_session_capacity_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_session_capacity_LDADD = src/session/libsession.a $(BASE_LIBS)
tests_unit_session_costs_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_session_costs_LDADD = src/session/libsession.a $(CONF_LIBS)
tests_unit_session_gauge_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_session_gauge_LDADD = src/session/libsession.a $(BASE_LIBS)

tests_unit_machine_spin_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_machine_spin_LDADD = $(MACHINE_LIBS) $(CHECK_LIBS)

# The control socket, on a machine that does not run.
if HAVE_CHECK
if HAVE_JSON
check_PROGRAMS += tests/unit/control_socket
endif
endif
tests_unit_control_socket_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS) $(JSON_CFLAGS)
tests_unit_control_socket_LDADD = src/control/libcontrol.a $(MACHINE_LIBS) $(CONTROL_LIBS) \
	$(CHECK_LIBS)

# The doorway is tested with a bus and a CPU of the test's own.
tests_unit_guest_service_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_guest_service_LDADD = src/guest/libguest.a src/state/libstate.a \
	src/base/libbase.a $(CHECK_LIBS)

# Its plugins are built as every plugin is; rpath makes libtool build them
# shared although they are never installed.
if HAVE_CHECK
check_LTLIBRARIES += tests/unit/plugin_good.la tests/unit/plugin_alien.la \
	tests/unit/plugin_empty.la
endif
TEST_PLUGIN_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -rpath $(abs_builddir)/tests/unit
tests_unit_plugin_good_la_LDFLAGS = $(TEST_PLUGIN_LDFLAGS)
tests_unit_plugin_alien_la_LDFLAGS = $(TEST_PLUGIN_LDFLAGS)
tests_unit_plugin_empty_la_LDFLAGS = $(TEST_PLUGIN_LDFLAGS)

tests_unit_plug_open_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_plug_open_LDADD = src/plug/libplug.a $(BASE_LIBS)

tests_unit_sched_queue_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_sched_queue_LDADD = $(SCHED_LIBS)

tests_unit_state_snapshot_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_state_snapshot_LDADD = $(STATE_LIBS)

EXTRA_DIST += tests/unit/suite.h tests/unit/pass_time.h

# The house rules.  They say what they found, and where.
HOUSE_CHECKS = tests/tools/check-floors tests/tools/check-globals \
	tests/tools/check-headers tests/tools/check-manual
TESTS += $(HOUSE_CHECKS)
EXTRA_DIST += $(HOUSE_CHECKS)
AM_TESTS_ENVIRONMENT = CC='$(CC)'; export CC; SAN_CFLAGS='$(SAN_CFLAGS)'; export SAN_CFLAGS; \
	CK_DEFAULT_TIMEOUT=60; export CK_DEFAULT_TIMEOUT;

TEST_EXTENSIONS = .test
TEST_LOG_COMPILER = $(SHELL)
include tests/bench/local.mk
include tests/dos/local.mk
include tests/fuzz/local.mk
