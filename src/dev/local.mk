noinst_LIBRARIES += src/dev/libdev.a
src_dev_libdev_a_SOURCES = \
	src/dev/pic.c \
	src/dev/pit.c
