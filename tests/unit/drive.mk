# The tests of the drives.
if HAVE_CHECK
check_PROGRAMS += \
	tests/unit/drive_hostdir \
	tests/unit/drive_names
endif

DRIVE_LIBS = src/drive/libdrive.a src/state/libstate.a $(BASE_LIBS)

tests_unit_drive_hostdir_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_drive_hostdir_LDADD = $(DRIVE_LIBS)

tests_unit_drive_names_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_drive_names_LDADD = $(DRIVE_LIBS)

EXTRA_DIST += tests/unit/drive_room.h
