noinst_LIBRARIES += src/guest/libguest.a
src_guest_libguest_a_SOURCES = \
	src/guest/gates.h \
	src/guest/guest.c \
	src/guest/guest.h \
	src/guest/idle.c \
	src/guest/memory.c
