noinst_LIBRARIES += src/debug/libdebug.a
src_debug_libdebug_a_SOURCES = \
	src/debug/commands.c \
	src/debug/commands.h \
	src/debug/debug.c \
	src/debug/debug.h \
	src/debug/dosview.c \
	src/debug/expr.c \
	src/debug/gdb.c \
	src/debug/gdb.h \
	src/debug/gdbregs.c \
	src/debug/gdbserve.c \
	src/debug/monitor.c \
	src/debug/monitor.h \
	src/debug/points.c \
	src/debug/show.c
