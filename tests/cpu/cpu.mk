# Tests of the processor and its engines.
CPU_LIBS = src/cpu/libcpu.a src/bus/libbus.a src/state/libstate.a \
	src/sched/libsched.a src/base/libbase.a

if HAVE_ZLIB
check_PROGRAMS += tests/cpu/moo
endif

tests_cpu_moo_CPPFLAGS = $(AM_CPPFLAGS) -DTESTDATA='"$(abs_top_srcdir)/../shared"'
tests_cpu_moo_CFLAGS = $(AM_CFLAGS) $(ZLIB_CFLAGS)
tests_cpu_moo_LDADD = $(CPU_LIBS) $(ZLIB_LIBS)

if HAVE_CHECK
check_PROGRAMS += tests/unit/cpu_debug tests/unit/cpu_disasm tests/unit/cpu_interp \
	tests/unit/cpu_live \
	tests/unit/cpu_models
endif
tests_unit_cpu_debug_SOURCES = tests/unit/cpu_debug.c tests/unit/cpu_rig.h
tests_unit_cpu_debug_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_cpu_debug_LDADD = $(CPU_LIBS) $(CHECK_LIBS)
tests_unit_cpu_disasm_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_cpu_disasm_LDADD = $(CPU_LIBS) $(CHECK_LIBS)
tests_unit_cpu_interp_SOURCES = tests/unit/cpu_interp.c tests/unit/cpu_rig.h
tests_unit_cpu_interp_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_cpu_interp_LDADD = $(CPU_LIBS) $(CHECK_LIBS)
tests_unit_cpu_live_SOURCES = tests/unit/cpu_live.c tests/unit/cpu_rig.h
tests_unit_cpu_live_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_cpu_live_LDADD = $(CPU_LIBS) $(CHECK_LIBS)
tests_unit_cpu_models_SOURCES = tests/unit/cpu_models.c tests/unit/cpu_rig.h
tests_unit_cpu_models_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_cpu_models_LDADD = $(CPU_LIBS) $(CHECK_LIBS)

# Random sequences on the host's processor and on ours:
# tests/cpu/native [16|32] [COUNT [SEED]]
check_PROGRAMS += tests/cpu/native
tests_cpu_native_SOURCES = \
	tests/cpu/silicon/main.c \
	tests/cpu/silicon/native.h \
	tests/cpu/silicon/ours.c \
	tests/cpu/silicon/sequence.c \
	tests/cpu/silicon/silicon.c
tests_cpu_native_LDADD = $(CPU_LIBS)

# A machine without DOS, for programs that test processors; no test itself.
# tests/cpu/bare --help
noinst_PROGRAMS += tests/cpu/bare
BOARD_SOURCES = tests/cpu/board/board.c tests/cpu/board/board.h
BOARD_LIBS = src/cpu/libcpu.a src/dev/libdev.a src/av/libav.a src/bus/libbus.a src/state/libstate.a \
	src/sched/libsched.a src/base/libbase.a
tests_cpu_bare_SOURCES = $(BOARD_SOURCES) tests/cpu/board/kernel.c tests/cpu/board/main.c
tests_cpu_bare_LDADD = $(BOARD_LIBS)

# Programs for the bare machine, and the scripts that run them.
ROM_TESTS = \
	tests/cpu/rom/bare.test \
	tests/cpu/rom/gates.test \
	tests/cpu/rom/io_map.test \
	tests/cpu/rom/limits.test \
	tests/cpu/rom/paging.test \
	tests/cpu/rom/pm286.test \
	tests/cpu/rom/queries.test \
	tests/cpu/rom/refusals.test \
	tests/cpu/rom/shutdown.test \
	tests/cpu/rom/tasks.test \
	tests/cpu/rom/v86.test \
	tests/cpu/rom/vme.test
TESTS += $(ROM_TESTS)
EXTRA_DIST += $(ROM_TESTS) tests/cpu/rom/lib.sh tests/cpu/rom/rom.inc \
	tests/cpu/rom/pm.inc \
	tests/cpu/rom/pm_kit.inc \
	tests/cpu/rom/gates.asm \
	tests/cpu/rom/io_map.asm \
	tests/cpu/rom/kernel.asm \
	tests/cpu/rom/limits.asm \
	tests/cpu/rom/paging.asm \
	tests/cpu/rom/pm286.asm \
	tests/cpu/rom/queries.asm \
	tests/cpu/rom/refusals.asm \
	tests/cpu/rom/reset.asm \
	tests/cpu/rom/shutdown.asm \
	tests/cpu/rom/tasks.asm \
	tests/cpu/rom/v86.asm \
	tests/cpu/rom/vme.asm

# Every instruction is made to fault: tests/cpu/faulting [MODEL [MODE [KEY]]]
check_PROGRAMS += tests/cpu/faulting
tests_cpu_faulting_SOURCES = \
	tests/cpu/faults/faults.h \
	tests/cpu/faults/main.c \
	tests/cpu/faults/victim.c \
	tests/cpu/faults/world.c
tests_cpu_faulting_LDADD = $(CPU_LIBS)

# What no test executes.  Needs configure --enable-opcode-coverage.
noinst_PROGRAMS += tests/cpu/coverage
tests_cpu_coverage_LDADD = $(CPU_LIBS)
COVERAGE_FILE = $(abs_builddir)/coverage.opcodes
CLEANFILES += coverage.opcodes
coverage-opcodes: tests/cpu/coverage
	@test -n "$(COVERAGE_CPPFLAGS)" || \
		{ echo "configure --enable-opcode-coverage first" >&2; exit 1; }
	rm -f $(COVERAGE_FILE)
	DOSVM_COVERAGE=$(COVERAGE_FILE) $(MAKE) $(AM_MAKEFLAGS) check
	tests/cpu/coverage $(COVERAGE_FILE)
.PHONY: coverage-opcodes

# Every instruction, stepped and run.
check_PROGRAMS += tests/cpu/agree
tests_cpu_agree_SOURCES = \
	tests/cpu/faults/agree.c \
	tests/cpu/faults/faults.h \
	tests/cpu/faults/victim.c \
	tests/cpu/faults/world.c
tests_cpu_agree_LDADD = $(CPU_LIBS)
