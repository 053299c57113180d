noinst_LIBRARIES += src/control/libcontrol.a
src_control_libcontrol_a_CFLAGS = $(AM_CFLAGS) $(JSON_CFLAGS) $(PNG_CFLAGS)
src_control_libcontrol_a_SOURCES = \
	src/control/control.h \
	src/control/parts.h \
	src/control/words.c \
	src/control/words.h
if HAVE_JSON
src_control_libcontrol_a_SOURCES += \
	src/control/control.c \
	src/control/hands.c \
	src/control/joystick.c \
	src/control/members.c \
	src/control/requests.c \
	src/control/view.c \
	src/control/wait.c
if HAVE_PNG
src_control_libcontrol_a_SOURCES += src/control/png.c
else
src_control_libcontrol_a_SOURCES += src/control/nopng.c
endif
else
src_control_libcontrol_a_SOURCES += src/control/nojson.c
endif
