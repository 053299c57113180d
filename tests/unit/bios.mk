# Tests of the BIOS, on a board with real chips and a CPU of the test's own.

if HAVE_CHECK
check_PROGRAMS += \
	tests/unit/bios_keyboard \
	tests/unit/bios_services
endif

tests_unit_bios_keyboard_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_bios_keyboard_LDADD = $(BIOS_LIBS)

tests_unit_bios_services_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_bios_services_LDADD = $(BIOS_LIBS)
