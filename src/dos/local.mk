noinst_LIBRARIES += src/dos/libdos.a
src_dos_libdos_a_SOURCES = \
	src/dos/dos.h \
	src/dos/error.c \
	src/dos/errors.h \
	src/dos/int21.c \
	src/dos/int21.h \
	src/dos/layout.h \
	src/dos/services.h \
	src/dos/trace.c
