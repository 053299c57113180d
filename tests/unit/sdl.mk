# The parts of plugins/sdl that need no window.
if HAVE_SDL2
if HAVE_CHECK
check_PROGRAMS += tests/unit/sdl_pads tests/unit/sdl_paint tests/unit/sdl_parts
endif
endif
tests_unit_sdl_pads_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS) $(SDL_CFLAGS)
tests_unit_sdl_pads_LDADD = plugins/sdl/libparts.la $(SDL_LIBS) $(CHECK_LIBS)
tests_unit_sdl_paint_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS) $(SDL_CFLAGS)
tests_unit_sdl_paint_LDADD = plugins/sdl/libparts.la $(CHECK_LIBS) -lm
tests_unit_sdl_parts_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS) $(SDL_CFLAGS)
tests_unit_sdl_parts_LDADD = plugins/sdl/libparts.la $(CHECK_LIBS)
