noinst_LIBRARIES += src/cpu/libcpu.a
src_cpu_libcpu_a_SOURCES = \
	src/cpu/access.h \
	src/cpu/cpu.h \
	src/cpu/fpu.c \
	src/cpu/fpu.h \
	src/cpu/fpu_arith.c \
	src/cpu/fpu_core.h \
	src/cpu/fpu_env.c \
	src/cpu/fpu_host.h \
	src/cpu/fpu_host_soft.c \
	src/cpu/fpu_host_x87.c \
	src/cpu/fpu_move.c \
	src/cpu/fpu_op.h \
	src/cpu/fpu_soft.c \
	src/cpu/fpu_soft.h \
	src/cpu/fpu_soft_math.c \
	src/cpu/fpu_soft_steps.c \
	src/cpu/fpu_table.c \
	src/cpu/hot.h
