noinst_LIBRARIES += src/base/libbase.a
src_base_libbase_a_SOURCES = \
	src/base/cp.c \
	src/base/cp.h \
	src/base/cp_tables.c \
	src/base/cp_tables.h \
	src/base/error.c \
	src/base/error.h \
	src/base/home.c \
	src/base/home.h \
	src/base/layout.c \
	src/base/layout.h \
	src/base/layouts.c \
	src/base/layouts.h \
	src/base/le.h \
	src/base/log.c \
	src/base/log.h \
	src/base/ring.c \
	src/base/ring.h
