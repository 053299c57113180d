noinst_LIBRARIES += src/xmem/libxmem.a
src_xmem_libxmem_a_SOURCES = \
	src/xmem/a20.c \
	src/xmem/a20.h \
	src/xmem/emb.c \
	src/xmem/emb.h \
	src/xmem/error.h \
	src/xmem/umb.c \
	src/xmem/umb.h \
	src/xmem/xms.c \
	src/xmem/xms.h
