# Tests of the x87.  Those with fpu_board.h bring memory and faults of their
# own, instead of an engine's.
FPU_LIBS = src/cpu/libcpu.a src/bus/libbus.a src/state/libstate.a \
	src/sched/libsched.a src/base/libbase.a

if HAVE_CHECK
check_PROGRAMS += tests/unit/cpu_fpu
endif
check_PROGRAMS += \
	tests/cpu/fpu_native \
	tests/cpu/fpu_native_soft \
	tests/cpu/fpu_vectors \
	tests/cpu/fpu_vectors_soft

tests_unit_cpu_fpu_SOURCES = tests/unit/cpu_fpu.c tests/cpu/fpu_board.h
tests_unit_cpu_fpu_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_cpu_fpu_LDADD = $(FPU_LIBS) $(CHECK_LIBS)

tests_cpu_fpu_native_SOURCES = tests/cpu/fpu_native.c tests/cpu/fpu_board.h
tests_cpu_fpu_native_LDADD = $(FPU_LIBS)

tests_cpu_fpu_vectors_SOURCES = tests/cpu/fpu_vectors.c
tests_cpu_fpu_vectors_CPPFLAGS = $(AM_CPPFLAGS) -DTESTDATA='"$(abs_top_srcdir)/../shared"'
tests_cpu_fpu_vectors_LDADD = $(FPU_LIBS)

# The same with the arithmetic of hosts without an x87.
check_LIBRARIES += tests/cpu/libfpusoft.a
tests_cpu_libfpusoft_a_CPPFLAGS = $(AM_CPPFLAGS) -DFPU_SOFT
tests_cpu_libfpusoft_a_SOURCES = \
	src/cpu/fpu.c \
	src/cpu/fpu_arith.c \
	src/cpu/fpu_env.c \
	src/cpu/fpu_host_soft.c \
	src/cpu/fpu_move.c \
	src/cpu/fpu_soft.c \
	src/cpu/fpu_soft_math.c \
	src/cpu/fpu_soft_steps.c \
	src/cpu/fpu_table.c
FPU_SOFT_LIBS = tests/cpu/libfpusoft.a $(FPU_LIBS) -lm

tests_cpu_fpu_native_soft_SOURCES = $(tests_cpu_fpu_native_SOURCES)
tests_cpu_fpu_native_soft_CPPFLAGS = $(AM_CPPFLAGS) -DFPU_SOFT
tests_cpu_fpu_native_soft_LDADD = $(FPU_SOFT_LIBS)

tests_cpu_fpu_vectors_soft_SOURCES = $(tests_cpu_fpu_vectors_SOURCES)
tests_cpu_fpu_vectors_soft_CPPFLAGS = $(tests_cpu_fpu_vectors_CPPFLAGS) -DFPU_SOFT
# Only the engine, further down, asks for the x87.
tests_cpu_fpu_vectors_soft_LDFLAGS = $(AM_LDFLAGS) -Wl,-u,fpu_reg_op
tests_cpu_fpu_vectors_soft_LDADD = $(FPU_SOFT_LIBS)
