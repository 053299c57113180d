noinst_LIBRARIES += src/dos/libdos.a
src_dos_libdos_a_SOURCES = \
	src/dos/charfn.c \
	src/dos/console.c \
	src/dos/console.h \
	src/dos/country.c \
	src/dos/critical.c \
	src/dos/critical.h \
	src/dos/device.c \
	src/dos/device.h \
	src/dos/dos.h \
	src/dos/env.c \
	src/dos/env.h \
	src/dos/error.c \
	src/dos/errors.h \
	src/dos/int21.c \
	src/dos/int21.h \
	src/dos/layout.h \
	src/dos/line.c \
	src/dos/loader.c \
	src/dos/loader.h \
	src/dos/memory.c \
	src/dos/memory.h \
	src/dos/multiplex.c \
	src/dos/multiplex.h \
	src/dos/network.c \
	src/dos/nls.c \
	src/dos/nls.h \
	src/dos/process.c \
	src/dos/process.h \
	src/dos/services.h \
	src/dos/system.c \
	src/dos/time.c \
	src/dos/time.h \
	src/dos/trace.c
