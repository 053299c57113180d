noinst_LIBRARIES += src/conf/libconf.a
src_conf_libconf_a_CPPFLAGS = $(AM_CPPFLAGS) -DSYSCONFDIR='"$(sysconfdir)"'
src_conf_libconf_a_SOURCES = \
	src/conf/args.c \
	src/conf/conf.c \
	src/conf/conf.h \
	src/conf/doc.c \
	src/conf/file.c \
	src/conf/parse.c \
	src/conf/parse.h \
	src/conf/schema.c \
	src/conf/schema.h
