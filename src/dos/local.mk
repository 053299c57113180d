noinst_LIBRARIES += src/dos/libdos.a
src_dos_libdos_a_SOURCES = \
	src/dos/charfn.c \
	src/dos/console.c \
	src/dos/console.h \
	src/dos/country.c \
	src/dos/device.c \
	src/dos/device.h \
	src/dos/dos.h \
	src/dos/error.c \
	src/dos/errors.h \
	src/dos/int21.c \
	src/dos/int21.h \
	src/dos/layout.h \
	src/dos/line.c \
	src/dos/multiplex.c \
	src/dos/multiplex.h \
	src/dos/nls.c \
	src/dos/nls.h \
	src/dos/services.h \
	src/dos/time.c \
	src/dos/time.h \
	src/dos/trace.c
