noinst_LIBRARIES += src/machine/libmachine.a
src_machine_libmachine_a_SOURCES = \
	src/machine/disks.c \
	src/machine/inspect.c \
	src/machine/inspect.h \
	src/machine/joystick.c \
	src/machine/machine.c \
	src/machine/machine.h \
	src/machine/pc.h \
	src/machine/pointer.c \
	src/machine/rooms.c \
	src/machine/run.c \
	src/machine/spin.c \
	src/machine/trace.c \
	src/machine/wire.c
