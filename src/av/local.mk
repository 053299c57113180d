noinst_LIBRARIES += src/av/libav.a
src_av_libav_a_SOURCES = \
	src/av/mixer.c \
	src/av/mixer.h \
	src/av/screen.c \
	src/av/screen.h
