noinst_LIBRARIES += src/dev/libdev.a
src_dev_libdev_a_SOURCES = \
	src/dev/dma.c \
	src/dev/dma.h \
	src/dev/event.c \
	src/dev/event.h \
	src/dev/kbc.c \
	src/dev/kbc.h \
	src/dev/keyboard.c \
	src/dev/keyboard.h \
	src/dev/lpt.c \
	src/dev/lpt.h \
	src/dev/mouse.c \
	src/dev/mouse.h \
	src/dev/pic.c \
	src/dev/pic.h \
	src/dev/pit.c \
	src/dev/pit.h \
	src/dev/port61.c \
	src/dev/port61.h \
	src/dev/port92.c \
	src/dev/port92.h \
	src/dev/post.c \
	src/dev/post.h \
	src/dev/ps2.c \
	src/dev/ps2.h \
	src/dev/rtc.c \
	src/dev/rtc.h \
	src/dev/serial.c \
	src/dev/serial.h
