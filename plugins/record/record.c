/* record.c - pictures and their dates.  */

#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEGMENTS	9999

/* The first has the name as it was given, the others a number.  */
static bool segment_path(const struct record *r, char path[PATH_MAX])
{
	const char *dot = strrchr(r->path, '.');
	int n;

	if (r->segments == 1)
		n = snprintf(path, PATH_MAX, "%s", r->path);
	else
		n = snprintf(path, PATH_MAX, "%.*s-%04u%s", (int)(dot - r->path), r->path, r->segments,
			     dot);
	return n < PATH_MAX;
}

static bool fail(struct record *r, const char *text)
{
	char line[SEGMENT_TEXT + PATH_MAX + 4];

	if (!r->failed) {
		snprintf(line, sizeof line, "%s: %s", r->path, text);
		r->host->log(r->host->ctx, line);
	}
	r->failed = true;
	r->waits = false;
	return false;
}

static bool begin_segment(struct record *r, uint64_t now)
{
	char path[PATH_MAX], text[SEGMENT_TEXT];

	if (r->segments == SEGMENTS)
		return fail(r, "the picture has changed its size too often");
	r->segments++;
	if (!segment_path(r, path))
		return fail(r, "the name is too long");
	if (!segment_begin(&r->segment, r, path, now, text))
		return fail(r, text);
	return true;
}

/* How long the last picture was there, a player knows only by another one behind it.  */
static bool write_last(struct record *r, uint64_t now, char *text)
{
	uint64_t one = r->picture.rate_mhz ? 1000000000000 / r->picture.rate_mhz : 0;

	if (!segment_write(&r->segment, &r->picture, r->date, now, text))
		return false;
	return now - r->date < 2 * one || segment_same_date(&r->segment, r->date, now - one) ||
	       segment_write(&r->segment, &r->picture, now - one, now, text);
}

static bool end_segment(struct record *r, uint64_t now)
{
	char text[SEGMENT_TEXT];

	if (r->waits && !write_last(r, now, text))
		return fail(r, text);
	r->waits = false;
	return segment_end(&r->segment, text) || fail(r, text);
}

/* The frame, in dots, goes into the file that is being written.  */
static bool fits(const struct record *r, const struct frame *f)
{
	bool text = f->kind == FRAME_TEXT;

	return segment_fits(&r->segment, f->width * (text ? f->cell_width : 1),
			    f->height * (text ? f->cell_height : 1));
}

/* A card that is not programmed yet shows one cell; and without a font nobody can say
 * how text looks.  */
static bool is_picture(const struct frame *f)
{
	return f->width > 1 && f->height > 1 &&
	       (f->kind != FRAME_TEXT || (f->font && f->cell_width && f->cell_height));
}

static bool record_show(void *self, const struct frame *f)
{
	struct record *r = self;
	uint64_t now = r->host->now(r->host->ctx);
	char text[SEGMENT_TEXT];

	if (r->failed)
		return false;
	if (!is_picture(f))
		return true;
	if (r->segment.headed && !fits(r, f)) {
		if (!end_segment(r, now))
			return false;
	} else if (r->waits && !segment_same_date(&r->segment, r->date, now)) {
		if (!segment_write(&r->segment, &r->picture, r->date, now, text))
			return fail(r, text);
		r->waits = false;
	}
	if (!picture_take(&r->picture, f))
		return fail(r, "no memory");
	if (!r->picture.dot)
		return true;
	if (!r->segment.headed && !begin_segment(r, now))
		return false;
	if (!r->waits)
		r->date = now;
	r->waits = true;
	return true;
}

static void record_close(void *self)
{
	struct record *r = self;
	char text[SEGMENT_TEXT];

	if (!r->failed)
		end_segment(r, r->host->now(r->host->ctx));
	segment_end(&r->segment, text);
	picture_fini(&r->picture);
	free(r);
}

static void *record_open(const struct plugin_host *host)
{
	struct record *r = calloc(1, sizeof *r);
	const char *path = host->setting(host->ctx, "record-video");
	char text[SEGMENT_TEXT];
	FILE *f;

	if (!r || !path || (size_t)snprintf(r->path, sizeof r->path, "%s", path) >= sizeof r->path) {
		host->log(host->ctx, "the name is too long");
		free(r);
		return NULL;
	}
	r->host = host;
	r->begin = host->now(host->ctx);
	r->container = segment_container(r->path);
	if (!r->container) {
		fail(r, "the name must end in .mkv or .nut");
		free(r);
		return NULL;
	}
	/* What cannot be made is told before anything runs.  */
	f = fopen(r->path, "wbe");
	if (!f) {
		snprintf(text, sizeof text, "%m");
		fail(r, text);
		free(r);
		return NULL;
	}
	fclose(f);
	return r;
}

static const struct video_ops video = { .show = record_show, .pixels = true };

const struct plugin record_plugin = {
	.abi = PLUGIN_ABI, .name = "record", .open = record_open, .close = record_close,
	.video = &video,
};
