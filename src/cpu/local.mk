noinst_LIBRARIES += src/cpu/libcpu.a
# Handlers end in a call of the next one: -foptimize-sibling-calls makes jumps
# of them at every optimisation level but -O0, where interp/insn.h does without.
src_cpu_libcpu_a_CPPFLAGS = $(AM_CPPFLAGS) $(COVERAGE_CPPFLAGS)
src_cpu_libcpu_a_CFLAGS = $(AM_CFLAGS) -foptimize-sibling-calls
src_cpu_libcpu_a_SOURCES = \
	src/cpu/access.h \
	src/cpu/cpu.c \
	src/cpu/cpu.h \
	src/cpu/descriptor.c \
	src/cpu/descriptor.h \
	src/cpu/disasm.c \
	src/cpu/disasm.h \
	src/cpu/flags.h \
	src/cpu/fpu.c \
	src/cpu/fpu.h \
	src/cpu/fpu_arith.c \
	src/cpu/fpu_core.h \
	src/cpu/fpu_env.c \
	src/cpu/fpu_host.h \
	src/cpu/fpu_host_soft.c \
	src/cpu/fpu_host_x87.c \
	src/cpu/fpu_live.c \
	src/cpu/fpu_live.h \
	src/cpu/fpu_move.c \
	src/cpu/fpu_op.h \
	src/cpu/fpu_port.c \
	src/cpu/fpu_soft.c \
	src/cpu/fpu_soft.h \
	src/cpu/fpu_soft_math.c \
	src/cpu/fpu_soft_steps.c \
	src/cpu/fpu_table.c \
	src/cpu/frame.c \
	src/cpu/hot.h \
	src/cpu/interp/alu.c \
	src/cpu/interp/bcd.c \
	src/cpu/interp/bits.c \
	src/cpu/interp/code.c \
	src/cpu/interp/control.c \
	src/cpu/interp/control.h \
	src/cpu/interp/coverage.c \
	src/cpu/interp/coverage.h \
	src/cpu/interp/engine.c \
	src/cpu/interp/esc.c \
	src/cpu/interp/esc.h \
	src/cpu/interp/esc_live.c \
	src/cpu/interp/forms.h \
	src/cpu/interp/insn.h \
	src/cpu/interp/interp.h \
	src/cpu/interp/io.c \
	src/cpu/interp/io.h \
	src/cpu/interp/loadall.c \
	src/cpu/interp/lower.c \
	src/cpu/interp/mmx.c \
	src/cpu/interp/move.c \
	src/cpu/interp/muldiv.c \
	src/cpu/interp/operand.h \
	src/cpu/interp/pentium.c \
	src/cpu/interp/protect.c \
	src/cpu/interp/segment.c \
	src/cpu/interp/shift.c \
	src/cpu/interp/stack.c \
	src/cpu/interp/stack.h \
	src/cpu/interp/string.c \
	src/cpu/interp/system.c \
	src/cpu/interrupt.c \
	src/cpu/memory.c \
	src/cpu/mmu.h \
	src/cpu/paging.c \
	src/cpu/parse.c \
	src/cpu/parse.h \
	src/cpu/table.c \
	src/cpu/table.def \
	src/cpu/task.c \
	src/cpu/transfer.c \
	src/cpu/transfer.h \
	src/cpu/v86.c \
	src/cpu/v86.h
