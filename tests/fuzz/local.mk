# Fuzz targets: tests/fuzz/fuzz_NAME.c, its seeds in tests/fuzz/seeds/NAME.
# A usual build runs each over its seeds and damaged copies of them, as a
# test.  configure --enable-fuzzers CC=clang makes them programs of
# libFuzzer; then `make fuzz-run FUZZ_SECONDS=n' shares n seconds among all.

FUZZERS = \
	tests/fuzz/fuzz_batch \
	tests/fuzz/fuzz_conf \
	tests/fuzz/fuzz_configsys \
	tests/fuzz/fuzz_drive \
	tests/fuzz/fuzz_exe \
	tests/fuzz/fuzz_fat \
	tests/fuzz/fuzz_explode \
	tests/fuzz/fuzz_gdb \
	tests/fuzz/fuzz_image \
	tests/fuzz/fuzz_path \
	tests/fuzz/fuzz_state

if HAVE_NCURSES
FUZZERS += tests/fuzz/fuzz_term
endif

if ENABLE_FUZZERS
FUZZ_MAIN =
noinst_PROGRAMS += $(FUZZERS)
else
FUZZ_MAIN = tests/fuzz/main.c tests/fuzz/fuzz.h
check_PROGRAMS += $(FUZZERS)
endif

tests_fuzz_fuzz_batch_SOURCES = tests/fuzz/fuzz_batch.c $(FUZZ_MAIN)
tests_fuzz_fuzz_batch_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_batch_LDADD = src/shell/libshell.a

tests_fuzz_fuzz_conf_SOURCES = tests/fuzz/fuzz_conf.c $(FUZZ_MAIN)
tests_fuzz_fuzz_conf_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_conf_LDADD = src/conf/libconf.a src/base/libbase.a

tests_fuzz_fuzz_configsys_SOURCES = tests/fuzz/fuzz_configsys.c $(FUZZ_MAIN)
tests_fuzz_fuzz_configsys_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_configsys_LDADD = src/dos/libdos.a

tests_fuzz_fuzz_drive_SOURCES = tests/fuzz/fuzz_drive.c $(FUZZ_MAIN)
tests_fuzz_fuzz_drive_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_drive_LDADD = src/drive/libdrive.a src/state/libstate.a src/base/libbase.a

tests_fuzz_fuzz_exe_SOURCES = tests/fuzz/fuzz_exe.c $(FUZZ_MAIN)
tests_fuzz_fuzz_exe_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_exe_LDADD = src/dos/libdos.a src/xmem/libxmem.a src/guest/libguest.a src/drive/libdrive.a \
	src/bus/libbus.a src/state/libstate.a src/sched/libsched.a src/base/libbase.a

tests_fuzz_fuzz_fat_SOURCES = tests/fuzz/fuzz_fat.c $(FUZZ_MAIN)
tests_fuzz_fuzz_fat_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_fat_LDADD = src/drive/libdrive.a src/state/libstate.a src/base/libbase.a

tests_fuzz_fuzz_explode_SOURCES = tests/fuzz/fuzz_explode.c $(FUZZ_MAIN)
tests_fuzz_fuzz_explode_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_explode_LDADD = src/session/libsession.a

tests_fuzz_fuzz_gdb_SOURCES = tests/fuzz/fuzz_gdb.c $(FUZZ_MAIN)
tests_fuzz_fuzz_gdb_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_gdb_LDADD = src/debug/libdebug.a $(MACHINE_LIBS)

tests_fuzz_fuzz_image_SOURCES = tests/fuzz/fuzz_image.c $(FUZZ_MAIN)
tests_fuzz_fuzz_image_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_image_LDADD = src/drive/libdrive.a src/state/libstate.a src/base/libbase.a

tests_fuzz_fuzz_path_SOURCES = tests/fuzz/fuzz_path.c $(FUZZ_MAIN)
tests_fuzz_fuzz_path_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_path_LDADD = src/drive/libdrive.a src/base/libbase.a

if HAVE_NCURSES
tests_fuzz_fuzz_term_SOURCES = tests/fuzz/fuzz_term.c $(FUZZ_MAIN)
tests_fuzz_fuzz_term_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_term_LDADD = plugins/term/libparts.la
endif

tests_fuzz_fuzz_state_SOURCES = tests/fuzz/fuzz_state.c $(FUZZ_MAIN)
tests_fuzz_fuzz_state_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_state_LDADD = $(MACHINE_LIBS)

FUZZ_SECONDS = 60
fuzz-run: $(FUZZERS)
	@srcdir='$(srcdir)' $(SHELL) $(srcdir)/tests/tools/fuzz-run '$(FUZZ_SECONDS)' $(FUZZERS)
.PHONY: fuzz-run
EXTRA_DIST += tests/tools/fuzz-run
