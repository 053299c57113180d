# Video in a file.  What a picture is made of, it has from the window (picture.c).
if HAVE_LIBAV
noinst_LTLIBRARIES += plugins/record/libparts.la
plugins_record_libparts_la_SOURCES = \
	plugins/record/record.c \
	plugins/record/record.h \
	plugins/record/segment.c \
	plugins/sdl/picture.c \
	plugins/sdl/picture.h
plugins_record_libparts_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/plugins/sdl
plugins_record_libparts_la_CFLAGS = $(AM_CFLAGS) $(LIBAV_CFLAGS)
plugins_record_libparts_la_LIBADD = $(LIBAV_LIBS)

plugins_LTLIBRARIES += plugins/record/record.la
plugins_record_record_la_SOURCES = plugins/record/entry.c
plugins_record_record_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/plugins/sdl
plugins_record_record_la_CFLAGS = $(AM_CFLAGS)
# It is never unloaded: libavcodec keeps variables.
plugins_record_record_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared -Wl,-z,nodelete \
	-export-symbols-regex '^plugin_entry$$'
plugins_record_record_la_LIBADD = plugins/record/libparts.la
endif
