# Scripts that run ./dosvm as a user does, on programs assembled from
# tests/dos/*.asm.  See lib.sh.
DOS_TESTS = \
	tests/dos/files.test \
	tests/dos/fpu_error.test \
	tests/dos/hello.test \
	tests/dos/shell.test \
	tests/dos/tools_copy.test \
	tests/dos/tools_files.test \
	tests/dos/tools_filters.test \
	tests/dos/tools_system.test

TESTS += $(DOS_TESTS)
EXTRA_DIST += $(DOS_TESTS) tests/dos/lib.sh \
	tests/dos/exitcode.asm tests/dos/files.asm tests/dos/filter.asm tests/dos/hello.asm
