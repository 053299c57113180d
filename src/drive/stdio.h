/* stdio.h - the host's standard streams as files on a drive without a
 * letter: "\\STDIN", "\\STDOUT", "\\STDERR".  So DOS handles 0 to 2 that are redirected
 * to pipes and files are entries of the system file table like any other.
 * Bytes pass unchanged.
 *
 * Position.  Position 0 of an open stream is where the host's position is
 * when it is opened.  As long as the guest goes on where it stopped the
 * host's position is left alone, so that streams that share it (2>&1, the
 * next program of the same script, ">>") behave as they do for Linux
 * programs.  When the guest seeks, the host's position moves by as much.
 * In a pipe a guest can seek back in the last 64 KB that it has read; else
 * what cannot seek ignores the position.
 *
 * Waiting.  A read gives all that was asked for, less only at the end: many
 * DOS programs take less for the end.  While more must come it answers
 * DRIVE_WAIT and keeps what it has.  A write is taken whole, or not at all
 * (DRIVE_WAIT): what a pipe has no room for yet is kept and goes out with
 * the next call.  Therefore stdio_drain() before the run ends.  An error
 * that turns up so late is answered to the next write.  */

#ifndef DRIVE_STDIO_H
#define DRIVE_STDIO_H

#include "drive/drive.h"

struct error;

#define STDIO_STREAMS	3

/* What stands behind the streams.  */
struct stdio_ops {
	/* *n: in, bytes wanted; out, bytes that were there.  DOS_OK with 0
	 * bytes is the end; DRIVE_WAIT (0 bytes): nothing yet.  */
	enum dos_error (*read)(void *ctx, unsigned stream, void *buf, size_t *n);
	/* *n: out, bytes taken.  DRIVE_WAIT: no more for now; DOS_OK with
	 * fewer than given: the disk is full.  */
	enum dos_error (*write)(void *ctx, unsigned stream, const void *buf, size_t *n);
	/* Move the host's position; *now is the new one, *size the file's.
	 * False: this one cannot seek.  */
	bool (*seek)(void *ctx, unsigned stream, int64_t by, uint64_t *now, uint64_t *size);
	/* Unix seconds of the last write to the file that it is.  NULL, or
	 * false: there is none.  */
	bool (*date)(void *ctx, unsigned stream, int64_t *sec);
};

/* ctx must live as long as the drive.  */
bool stdio_mount(struct drive *d, const struct stdio_ops *ops, void *ctx, struct error *err);

/* Send what is kept.  DRIVE_WAIT: something is still kept; an error: it was
 * thrown away.  */
enum dos_error stdio_drain(void *disk);

/* The host's own descriptors; ctx is a struct stdio_fds.  A descriptor of
 * -1 is closed.  They may be blocking: they are asked before they are used.
 * SIGPIPE must be ignored.  */
struct stdio_fds {
	int fd[STDIO_STREAMS];
	int failed;			/* errno of the last failed write, 0: none */
};
extern const struct stdio_ops stdio_fds_ops;

/* What stdio_ops.date answers of a descriptor.  */
bool stdio_fd_date(int fd, int64_t *sec);

#endif
