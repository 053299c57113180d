# Measurements.  They are no part of make check: a time is never a verdict.

EXTRA_PROGRAMS = tests/bench/compare tests/bench/latency
tests_bench_compare_SOURCES = tests/bench/compare.c
tests_bench_latency_SOURCES = tests/bench/latency.c
tests_bench_latency_LDADD = -lutil
CLEANFILES += $(EXTRA_PROGRAMS)

# make bench-cpu ROUNDS=9 BENCH="fpu int16=100"
ROUNDS = 5
BENCH =

# make bench-keys KEYS=300
KEYS = 100

bench-tools: tests/bench/compare
bench-startup: bench-tools all
	srcdir='$(srcdir)' $(srcdir)/tests/bench/startup
bench-cpu: bench-tools all
	srcdir='$(srcdir)' $(srcdir)/tests/bench/cpu/measure $(ROUNDS) $(BENCH)
bench-video: bench-tools all
	VIDEO=1 srcdir='$(srcdir)' $(srcdir)/tests/bench/cpu/measure $(ROUNDS) $(BENCH)
.PHONY: bench-tools bench-startup bench-cpu bench-video

EXTRA_PROGRAMS += tests/bench/term/terminal
tests_bench_term_terminal_SOURCES = tests/bench/term/terminal.c
tests_bench_term_terminal_LDADD = -lutil
bench-term: tests/bench/term/terminal all
	$(srcdir)/tests/bench/term/measure $(ROUNDS)
.PHONY: bench-term

bench-keys: tests/bench/latency all
	srcdir='$(srcdir)' $(srcdir)/tests/bench/keys $(KEYS)
.PHONY: bench-keys

# make bench-input EVENTS=200
EVENTS = 100
EXTRA_PROGRAMS += tests/bench/input
tests_bench_input_SOURCES = tests/bench/input.c
bench-input: tests/bench/input tests/dos/vpad.la all
	srcdir='$(srcdir)' $(srcdir)/tests/bench/input.sh $(EVENTS)
.PHONY: bench-input
