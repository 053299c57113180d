# The terminal front end.  What it is made of is a library, so that the tests have
# its parts.
if HAVE_NCURSES
noinst_LTLIBRARIES += plugins/term/libparts.la
plugins_term_libparts_la_SOURCES = \
	plugins/term/caps.c \
	plugins/term/caps.h \
	plugins/term/decode.c \
	plugins/term/decode.h \
	plugins/term/events.c \
	plugins/term/images.c \
	plugins/term/keys.c \
	plugins/term/keys.h \
	plugins/term/keytable.c \
	plugins/term/keytable.h \
	plugins/term/menu.c \
	plugins/term/menu.h \
	plugins/term/out.c \
	plugins/term/out.h \
	plugins/term/paint.c \
	plugins/term/paint.h \
	plugins/term/picture.c \
	plugins/term/picture.h \
	plugins/term/term.c \
	plugins/term/term.h \
	plugins/term/tty.c \
	plugins/term/tty.h \
	plugins/term/view.c \
	plugins/term/view.h
plugins_term_libparts_la_CFLAGS = $(AM_CFLAGS) $(NCURSES_CFLAGS)
plugins_term_libparts_la_LIBADD = $(NCURSES_LIBS)

plugins_LTLIBRARIES += plugins/term/term.la
plugins_term_term_la_SOURCES = plugins/term/entry.c
# It is never unloaded: libtinfo keeps what it has allocated in variables of its own.
plugins_term_term_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared -Wl,-z,nodelete \
	-export-symbols-regex '^plugin_entry$$'
plugins_term_term_la_LIBADD = plugins/term/libparts.la
endif
