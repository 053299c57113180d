# Fuzz targets: tests/fuzz/fuzz_NAME.c, its seeds in tests/fuzz/seeds/NAME.
# A usual build runs each over its seeds and damaged copies of them, as a
# test.  configure --enable-fuzzers CC=clang makes them programs of
# libFuzzer; then `make fuzz-run FUZZ_SECONDS=n' shares n seconds among all.

FUZZERS = \
	tests/fuzz/fuzz_conf

if ENABLE_FUZZERS
FUZZ_MAIN =
noinst_PROGRAMS += $(FUZZERS)
else
FUZZ_MAIN = tests/fuzz/main.c tests/fuzz/fuzz.h
check_PROGRAMS += $(FUZZERS)
endif

tests_fuzz_fuzz_conf_SOURCES = tests/fuzz/fuzz_conf.c $(FUZZ_MAIN)
tests_fuzz_fuzz_conf_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_conf_LDADD = src/conf/libconf.a src/base/libbase.a

FUZZ_SECONDS = 60
fuzz-run: $(FUZZERS)
	@srcdir='$(srcdir)' $(SHELL) $(srcdir)/tests/tools/fuzz-run '$(FUZZ_SECONDS)' $(FUZZERS)
.PHONY: fuzz-run
EXTRA_DIST += tests/tools/fuzz-run
