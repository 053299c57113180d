# Tests of xmem.

if HAVE_CHECK
check_PROGRAMS += \
	tests/unit/xmem_a20 \
	tests/unit/xmem_xms
endif

tests_unit_xmem_a20_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_xmem_a20_LDADD = $(XMEM_LIBS)

tests_unit_xmem_xms_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_xmem_xms_LDADD = $(XMEM_LIBS)
