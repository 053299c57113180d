# Tests of av.

if HAVE_CHECK
check_PROGRAMS += \
	tests/unit/av_mixer \
	tests/unit/av_screen
endif

tests_unit_av_mixer_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_av_mixer_LDADD = $(AV_LIBS)

tests_unit_av_screen_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_av_screen_LDADD = $(AV_LIBS)
