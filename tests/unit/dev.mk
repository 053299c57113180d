# Tests of the chips, each alone on wires of the test's own.

if HAVE_CHECK
check_PROGRAMS += \
	tests/unit/dev_crt_pixels \
	tests/unit/dev_crt_registers \
	tests/unit/dev_crt_state \
	tests/unit/dev_dma \
	tests/unit/dev_ega \
	tests/unit/dev_gameport \
	tests/unit/dev_hostile \
	tests/unit/dev_kbc \
	tests/unit/dev_pic \
	tests/unit/dev_pit \
	tests/unit/dev_ports \
	tests/unit/dev_rtc \
	tests/unit/dev_serial \
	tests/unit/dev_sermouse \
	tests/unit/dev_svga \
	tests/unit/dev_vga_memory \
	tests/unit/dev_vga_pixels \
	tests/unit/dev_vga_registers \
	tests/unit/dev_vga_state \
	tests/unit/dev_vga_text
endif

tests_unit_dev_crt_pixels_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_crt_pixels_LDADD = $(DEV_LIBS)

tests_unit_dev_crt_registers_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_crt_registers_LDADD = $(DEV_LIBS)

tests_unit_dev_crt_state_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_crt_state_LDADD = $(DEV_LIBS)

tests_unit_dev_dma_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_dma_LDADD = $(DEV_LIBS)

tests_unit_dev_ega_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_ega_LDADD = $(DEV_LIBS)

tests_unit_dev_hostile_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_hostile_LDADD = $(DEV_LIBS)

tests_unit_dev_kbc_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_kbc_LDADD = $(DEV_LIBS)

tests_unit_dev_pic_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_pic_LDADD = $(DEV_LIBS)

tests_unit_dev_pit_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_pit_LDADD = $(DEV_LIBS)

tests_unit_dev_gameport_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_gameport_LDADD = $(DEV_LIBS)
tests_unit_dev_ports_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_ports_LDADD = $(DEV_LIBS)

tests_unit_dev_rtc_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_rtc_LDADD = $(DEV_LIBS)

tests_unit_dev_serial_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_serial_LDADD = $(DEV_LIBS)

tests_unit_dev_sermouse_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_sermouse_LDADD = $(DEV_LIBS)

tests_unit_dev_svga_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_svga_LDADD = $(DEV_LIBS)

tests_unit_dev_vga_memory_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_vga_memory_LDADD = $(DEV_LIBS)

tests_unit_dev_vga_pixels_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_vga_pixels_LDADD = $(DEV_LIBS)

tests_unit_dev_vga_registers_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_vga_registers_LDADD = $(DEV_LIBS)

tests_unit_dev_vga_state_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_vga_state_LDADD = $(DEV_LIBS)

tests_unit_dev_vga_text_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_dev_vga_text_LDADD = $(DEV_LIBS)

EXTRA_DIST += tests/unit/card_state.h tests/unit/crt_rig.h tests/unit/vga_rig.h
