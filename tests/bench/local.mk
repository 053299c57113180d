# Measurements.  They are no part of make check: a time is never a verdict.

EXTRA_PROGRAMS = tests/bench/compare
tests_bench_compare_SOURCES = tests/bench/compare.c
CLEANFILES += $(EXTRA_PROGRAMS)

bench-tools: tests/bench/compare
bench-startup: bench-tools all
	srcdir='$(srcdir)' $(srcdir)/tests/bench/startup
.PHONY: bench-tools bench-startup
