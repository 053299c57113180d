# The window.  What it is made of is a library, so that the tests have its parts.
if HAVE_SDL2
noinst_LTLIBRARIES += plugins/sdl/libparts.la
plugins_sdl_libparts_la_SOURCES = \
	plugins/sdl/canvas.c \
	plugins/sdl/canvas.h \
	plugins/sdl/clip.c \
	plugins/sdl/clip.h \
	plugins/sdl/crt.c \
	plugins/sdl/crt.h \
	plugins/sdl/display.c \
	plugins/sdl/display.h \
	plugins/sdl/events.c \
	plugins/sdl/hardware.c \
	plugins/sdl/hotkeys.c \
	plugins/sdl/hotkeys.h \
	plugins/sdl/keys.c \
	plugins/sdl/keys.h \
	plugins/sdl/osd.c \
	plugins/sdl/osd.h \
	plugins/sdl/pads.c \
	plugins/sdl/pads.h \
	plugins/sdl/picture.c \
	plugins/sdl/picture.h \
	plugins/sdl/pointer.c \
	plugins/sdl/pointer.h \
	plugins/sdl/scale.c \
	plugins/sdl/scale.h \
	plugins/sdl/sdl.c \
	plugins/sdl/sdl.h \
	plugins/sdl/shot.h \
	plugins/sdl/stretch.c \
	plugins/sdl/stretch.h \
	plugins/sdl/surface.c \
	plugins/sdl/tell.c \
	plugins/sdl/window.c \
	plugins/sdl/window.h
if HAVE_PNG
plugins_sdl_libparts_la_SOURCES += plugins/sdl/shot.c
else
plugins_sdl_libparts_la_SOURCES += plugins/sdl/noshot.c
endif
plugins_sdl_libparts_la_CFLAGS = $(AM_CFLAGS) $(SDL_CFLAGS) $(PNG_CFLAGS)
plugins_sdl_libparts_la_LIBADD = $(SDL_LIBS) $(PNG_LIBS) -lm

plugins_LTLIBRARIES += plugins/sdl/sdl.la
plugins_sdl_sdl_la_SOURCES = plugins/sdl/entry.c
plugins_sdl_sdl_la_CFLAGS = $(AM_CFLAGS) $(SDL_CFLAGS)
# It is never unloaded: SDL and the drivers behind it keep variables and threads.
plugins_sdl_sdl_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared -Wl,-z,nodelete \
	-export-symbols-regex '^plugin_entry$$'
plugins_sdl_sdl_la_LIBADD = plugins/sdl/libparts.la
endif
