# Tests of the BIOS, on a board with real chips.

if HAVE_CHECK
check_PROGRAMS += \
	tests/unit/bios_boot \
	tests/unit/bios_disks \
	tests/unit/bios_fonts \
	tests/unit/bios_keyboard \
	tests/unit/bios_keytable \
	tests/unit/bios_mouse \
	tests/unit/bios_modes \
	tests/unit/bios_services \
	tests/unit/bios_sprite \
	tests/unit/bios_vbe \
	tests/unit/bios_video
endif

tests_unit_bios_boot_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_bios_boot_LDADD = src/bios/libbios.a src/guest/libguest.a src/drive/libdrive.a src/cpu/libcpu.a $(DEV_LIBS)

tests_unit_bios_disks_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_bios_disks_LDADD = $(BIOS_LIBS)

tests_unit_bios_fonts_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_bios_fonts_LDADD = $(BIOS_LIBS)

tests_unit_bios_keyboard_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_bios_keyboard_LDADD = $(BIOS_LIBS)

tests_unit_bios_keytable_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_bios_keytable_LDADD = $(BIOS_LIBS)

tests_unit_bios_mouse_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_bios_mouse_LDADD = $(BIOS_LIBS)

tests_unit_bios_modes_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_bios_modes_LDADD = $(BIOS_LIBS)

tests_unit_bios_services_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_bios_services_LDADD = $(BIOS_LIBS)

tests_unit_bios_sprite_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_bios_sprite_LDADD = $(BIOS_LIBS)

tests_unit_bios_vbe_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_bios_vbe_LDADD = $(BIOS_LIBS)

tests_unit_bios_video_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_bios_video_LDADD = $(BIOS_LIBS)
