noinst_LIBRARIES += src/session/libsession.a
src_session_libsession_a_SOURCES = \
	src/session/boot.c \
	src/session/capacity.c \
	src/session/capacity.h \
	src/session/choice.c \
	src/session/commandline.c \
	src/session/complain.c \
	src/session/costs.c \
	src/session/costs.h \
	src/session/drive_c.c \
	src/session/drive_c.h \
	src/session/explode.c \
	src/session/explode.h \
	src/session/front.c \
	src/session/front.h \
	src/session/fullscreen.c \
	src/session/gauge.c \
	src/session/gauge.h \
	src/session/input.c \
	src/session/iszip.c \
	src/session/keyboard.c \
	src/session/keyboard.h \
	src/session/makeimage.c \
	src/session/makeimage.h \
	src/session/mounts.c \
	src/session/mounts.h \
	src/session/open.c \
	src/session/pace.c \
	src/session/parts.h \
	src/session/place.c \
	src/session/place.h \
	src/session/placechoice.c \
	src/session/portkind.c \
	src/session/ports.c \
	src/session/ports.h \
	src/session/program.c \
	src/session/program.h \
	src/session/record.c \
	src/session/record.h \
	src/session/refresh.c \
	src/session/refresh.h \
	src/session/screendump.c \
	src/session/screendump.h \
	src/session/session.c \
	src/session/session.h \
	src/session/signals.c \
	src/session/snapshot.c \
	src/session/speed.c \
	src/session/streams.c \
	src/session/streams.h \
	src/session/terminal.c \
	src/session/terminal.h \
	src/session/textsize.c \
	src/session/typist.c \
	src/session/typist.h \
	src/session/unzip.h \
	src/session/userdir.c \
	src/session/userdir.h \
	src/session/wait.c
if HAVE_ZIP
src_session_libsession_a_SOURCES += src/session/unzip.c
else
src_session_libsession_a_SOURCES += src/session/nounzip.c
endif
src_session_libsession_a_CFLAGS = $(AM_CFLAGS) $(ZIP_CFLAGS)
