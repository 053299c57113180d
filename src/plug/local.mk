noinst_LIBRARIES += src/plug/libplug.a
src_plug_libplug_a_SOURCES = \
	src/plug/plug.c \
	src/plug/plug.h
