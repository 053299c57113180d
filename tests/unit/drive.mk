# The tests of the drives.
DRIVE_LIBS = src/drive/libdrive.a src/state/libstate.a $(BASE_LIBS)

if HAVE_CHECK
check_PROGRAMS += \
	tests/unit/drive_confine \
	tests/unit/drive_fat \
	tests/unit/drive_fat_damage \
	tests/unit/drive_fat_layout \
	tests/unit/drive_fat_model \
	tests/unit/drive_fat_names \
	tests/unit/drive_hostdir \
	tests/unit/drive_image \
	tests/unit/drive_locks \
	tests/unit/drive_mem \
	tests/unit/drive_names \
	tests/unit/drive_partition \
	tests/unit/drive_overlay \
	tests/unit/drive_stdio
endif

tests_unit_drive_confine_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_drive_confine_LDADD = $(DRIVE_LIBS)

tests_unit_drive_fat_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_drive_fat_LDADD = $(DRIVE_LIBS)

tests_unit_drive_fat_damage_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_drive_fat_damage_LDADD = $(DRIVE_LIBS)

tests_unit_drive_fat_layout_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_drive_fat_layout_LDADD = $(DRIVE_LIBS)

tests_unit_drive_fat_model_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_drive_fat_model_LDADD = $(DRIVE_LIBS)

tests_unit_drive_fat_names_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_drive_fat_names_LDADD = $(DRIVE_LIBS)

tests_unit_drive_hostdir_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_drive_hostdir_LDADD = $(DRIVE_LIBS)

tests_unit_drive_image_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_drive_image_LDADD = $(DRIVE_LIBS)

tests_unit_drive_partition_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_drive_partition_LDADD = $(DRIVE_LIBS)

tests_unit_drive_locks_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_drive_locks_LDADD = $(DRIVE_LIBS)

tests_unit_drive_mem_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_drive_mem_LDADD = $(DRIVE_LIBS)

tests_unit_drive_names_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_drive_names_LDADD = $(DRIVE_LIBS)

tests_unit_drive_overlay_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_drive_overlay_LDADD = $(DRIVE_LIBS)

tests_unit_drive_stdio_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_drive_stdio_LDADD = $(DRIVE_LIBS)

EXTRA_DIST += tests/unit/drive_room.h tests/unit/fat_rig.h tests/unit/fat_check.h
EXTRA_DIST += tests/unit/drive_room.h tests/unit/image_room.h
