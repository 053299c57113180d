# The parts of plugins/term that need no terminal.
if HAVE_NCURSES
if HAVE_CHECK
check_PROGRAMS += tests/unit/term_decode tests/unit/term_paint
endif
endif
TERM_LIBS = plugins/term/libparts.la $(CHECK_LIBS)

tests_unit_term_decode_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_term_decode_LDADD = $(TERM_LIBS)

tests_unit_term_paint_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_term_paint_LDADD = $(TERM_LIBS)
