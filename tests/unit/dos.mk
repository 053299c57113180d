# The tests of the DOS kernel's calls, without a CPU.
if HAVE_CHECK
check_PROGRAMS += \
	tests/unit/dos_config \
	tests/unit/dos_device \
	tests/unit/dos_critical \
	tests/unit/dos_exec \
	tests/unit/dos_fcb \
	tests/unit/dos_file \
	tests/unit/dos_find \
	tests/unit/dos_int21 \
	tests/unit/dos_memory \
	tests/unit/dos_names_changed \
	tests/unit/dos_path \
	tests/unit/dos_redirect \
	tests/unit/dos_rubbish \
	tests/unit/dos_sharing \
	tests/unit/dos_space \
	tests/unit/dos_volume
endif

DOS_LIBS = src/dos/libdos.a src/xmem/libxmem.a src/guest/libguest.a src/drive/libdrive.a $(BUS_LIBS)

tests_unit_dos_volume_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dos_volume_LDADD = $(DOS_LIBS)

tests_unit_dos_config_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dos_config_LDADD = $(DOS_LIBS)

tests_unit_dos_device_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dos_device_LDADD = $(DOS_LIBS)

tests_unit_dos_critical_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dos_critical_LDADD = $(DOS_LIBS)

tests_unit_dos_exec_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dos_exec_LDADD = $(DOS_LIBS)

tests_unit_dos_fcb_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dos_fcb_LDADD = $(DOS_LIBS)

tests_unit_dos_file_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dos_file_LDADD = $(DOS_LIBS)

tests_unit_dos_find_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dos_find_LDADD = $(DOS_LIBS)

tests_unit_dos_int21_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dos_int21_LDADD = $(DOS_LIBS)

tests_unit_dos_memory_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dos_memory_LDADD = $(DOS_LIBS)

tests_unit_dos_names_changed_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dos_names_changed_LDADD = $(DOS_LIBS)

tests_unit_dos_path_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dos_path_LDADD = $(DOS_LIBS)

tests_unit_dos_redirect_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dos_redirect_LDADD = $(DOS_LIBS)

tests_unit_dos_rubbish_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dos_rubbish_LDADD = $(DOS_LIBS)

tests_unit_dos_sharing_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dos_sharing_LDADD = $(DOS_LIBS)

tests_unit_dos_space_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dos_space_LDADD = $(DOS_LIBS)

EXTRA_DIST += tests/unit/dos_kernel.h tests/unit/dos_net.h tests/unit/dos_room.h
