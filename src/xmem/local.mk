noinst_LIBRARIES += src/xmem/libxmem.a
src_xmem_libxmem_a_SOURCES = \
	src/xmem/a20.c \
	src/xmem/a20.h
