/* record.h - the picture in a file, as the guest's card makes it: lossless (FFV1), dot for
 * dot, at guest time.
 *
 * A picture is written when the next one comes, or at the end, because only then it is
 * known how long it was there; what comes at one date replaces what came before.
 *
 * A file has pictures of one size; one with half as many lines has each of them twice, as
 * on the monitor.  With another size another file begins, FILE-0002.mkv and so on, whose
 * time begins at 0 again; the tag DOSVM_BEGIN tells when that was, in seconds of the
 * recording.  */

#ifndef RECORD_H
#define RECORD_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "picture.h"
#include "plugin.h"

struct AVCodecContext;
struct AVFormatContext;
struct AVFrame;
struct AVPacket;

/* One file, while it is written.  */
struct segment {
	struct AVFormatContext *format;	/* NULL: none */
	struct AVCodecContext *codec;
	struct AVFrame *frame;
	struct AVPacket *packet;
	bool headed;
	uint64_t begin;			/* guest time, ns */
};

struct record {
	const struct plugin_host *host;
	char path[PATH_MAX];
	const char *container;		/* libavformat's name for it */
	unsigned segments;		/* begun so far */
	uint64_t begin;			/* guest time of the first */
	struct segment segment;
	struct picture picture;
	bool waits;			/* picture is to be written, ... */
	uint64_t date;			/* ... and has been there since */
	bool failed;
};

/* segment.c.  A refusal is a line in text, of this size, that says why.  */
#define SEGMENT_TEXT	400
/* The container of a file name, NULL: none that can hold such.  */
const char *segment_container(const char *path);
bool segment_begin(struct segment *s, const struct record *r, const char *path, uint64_t now,
		   char *text);
/* Of this size, or with every line several times.  */
bool segment_fits(const struct segment *s, unsigned width, unsigned height);
/* The picture, which fits, was there from its date until then.  */
bool segment_write(struct segment *s, const struct picture *p, uint64_t date, uint64_t until,
		   char *text);
/* Two dates that are one in this file.  */
bool segment_same_date(const struct segment *s, uint64_t a, uint64_t b);
/* Everything is in the file.  Also of one that was not begun.  */
bool segment_end(struct segment *s, char *text);

extern const struct plugin record_plugin;

#endif
