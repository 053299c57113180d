noinst_LIBRARIES += src/shell/libshell.a
src_shell_libshell_a_SOURCES = \
	src/shell/batch.c \
	src/shell/copy.c \
	src/shell/copy.h \
	src/shell/copyfile.c \
	src/shell/critical.c \
	src/shell/data.h \
	src/shell/datetime.c \
	src/shell/del.c \
	src/shell/dir.c \
	src/shell/dirs.c \
	src/shell/edit.c \
	src/shell/edit.h \
	src/shell/env.c \
	src/shell/flow.c \
	src/shell/history.c \
	src/shell/job.c \
	src/shell/kit.c \
	src/shell/line.c \
	src/shell/misc.c \
	src/shell/move.c \
	src/shell/parse.c \
	src/shell/parse.h \
	src/shell/parse_flow.c \
	src/shell/prompt.c \
	src/shell/read.c \
	src/shell/rows.h \
	src/shell/run.c \
	src/shell/set.c \
	src/shell/sh.h \
	src/shell/shell.c \
	src/shell/shell.h \
	src/shell/start.c \
	src/shell/state.c
