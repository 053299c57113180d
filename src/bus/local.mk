noinst_LIBRARIES += src/bus/libbus.a
src_bus_libbus_a_SOURCES = \
	src/bus/bus.c \
	src/bus/bus.h \
	src/bus/fresh.c \
	src/bus/ports.c
