/* segment.c - one file, by libavformat and libavcodec.
 *
 * Matroska counts in milliseconds, NUT in microseconds here.  Nothing that differs from
 * run to run (versions, dates, random numbers) is written, so the same run makes the same
 * file.  */

#include "record.h"

#include <errno.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define THREADS		4		/* each draws a part of the picture */

static const struct { const char *end, *container; } containers[] = {
	{ ".mkv", "matroska" }, { ".nut", "nut" },
};

const char *segment_container(const char *path)
{
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot && i < sizeof containers / sizeof *containers; i++)
		if (strcasecmp(dot, containers[i].end) == 0)
			return containers[i].container;
	return NULL;
}

static bool refuse(int error, char *text)
{
	char why[AV_ERROR_MAX_STRING_SIZE];

	av_make_error_string(why, sizeof why, error);
	snprintf(text, SEGMENT_TEXT, "%s", why);
	return false;
}

static bool open_codec(struct segment *s, const struct picture *p, char *text)
{
	const AVCodec *codec = avcodec_find_encoder(AV_CODEC_ID_FFV1);
	AVCodecContext *c = codec ? avcodec_alloc_context3(codec) : NULL;
	int e;

	s->codec = c;
	if (!c)
		return refuse(codec ? AVERROR(ENOMEM) : AVERROR_ENCODER_NOT_FOUND, text);
	c->width = p->width;
	c->height = p->height;
	c->pix_fmt = AV_PIX_FMT_0RGB32;
	c->time_base = (AVRational){ 1, 1000000 };
	/* The picture fills a monitor of 4:3.  */
	c->sample_aspect_ratio = av_mul_q((AVRational){ 4, 3 },
					  (AVRational){ p->height, p->width });
	c->gop_size = 1;
	c->level = 3;
	c->thread_count = THREADS;
	c->thread_type = FF_THREAD_SLICE;
	c->flags |= AV_CODEC_FLAG_BITEXACT;
	if (s->format->oformat->flags & AVFMT_GLOBALHEADER)
		c->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
	e = avcodec_open2(c, codec, NULL);
	return e >= 0 || refuse(e, text);
}

static bool add_stream(struct segment *s, const struct picture *p, char *text)
{
	AVStream *stream = avformat_new_stream(s->format, NULL);
	int e;

	if (!stream)
		return refuse(AVERROR(ENOMEM), text);
	e = avcodec_parameters_from_context(stream->codecpar, s->codec);
	if (e < 0)
		return refuse(e, text);
	stream->time_base = s->codec->time_base;
	stream->sample_aspect_ratio = s->codec->sample_aspect_ratio;
	if (p->rate_mhz)
		stream->avg_frame_rate = (AVRational){ p->rate_mhz, 1000 };
	return true;
}

static bool make_frame(struct segment *s, char *text)
{
	s->frame = av_frame_alloc();
	s->packet = av_packet_alloc();
	if (!s->frame || !s->packet)
		return refuse(AVERROR(ENOMEM), text);
	s->frame->width = s->codec->width;
	s->frame->height = s->codec->height;
	s->frame->format = s->codec->pix_fmt;
	if (av_frame_get_buffer(s->frame, 0) < 0)
		return refuse(AVERROR(ENOMEM), text);
	return true;
}

bool segment_begin(struct segment *s, const struct record *r, const char *path, uint64_t now,
		   char *text)
{
	char begin[32];
	int e;

	*s = (struct segment){ .begin = now };
	av_log_set_level(AV_LOG_QUIET);		/* it would write on the user's screen */
	e = avformat_alloc_output_context2(&s->format, NULL, r->container, path);
	if (e < 0)
		return refuse(e, text);
	s->format->flags |= AVFMT_FLAG_BITEXACT | AVFMT_FLAG_FLUSH_PACKETS;
	snprintf(begin, sizeof begin, "%llu.%09llu",
		 (unsigned long long)((now - r->begin) / 1000000000),
		 (unsigned long long)((now - r->begin) % 1000000000));
	av_dict_set(&s->format->metadata, "DOSVM_BEGIN", begin, 0);
	if (!open_codec(s, &r->picture, text) || !add_stream(s, &r->picture, text) ||
	    !make_frame(s, text))
		return false;
	e = avio_open(&s->format->pb, path, AVIO_FLAG_WRITE);
	if (e < 0)
		return refuse(e, text);
	e = avformat_write_header(s->format, NULL);
	if (e < 0)
		return refuse(e, text);
	s->headed = true;
	return true;
}

/* In the file's units, since it began.  */
static int64_t ticks(const struct segment *s, uint64_t date)
{
	return av_rescale_q(date - s->begin, (AVRational){ 1, 1000000000 },
			    s->format->streams[0]->time_base);
}

bool segment_same_date(const struct segment *s, uint64_t a, uint64_t b)
{
	return ticks(s, a) == ticks(s, b);
}

/* The coder takes a picture and answers with a packet, or keeps it for later.  */
static bool drain(struct segment *s, int64_t duration, char *text)
{
	int e;

	while ((e = avcodec_receive_packet(s->codec, s->packet)) >= 0) {
		s->packet->stream_index = 0;
		s->packet->duration = duration;
		e = av_write_frame(s->format, s->packet);
		av_packet_unref(s->packet);
		if (e >= 0)
			e = s->format->pb->error;
		if (e < 0)
			return refuse(e, text);
	}
	return e == AVERROR(EAGAIN) || e == AVERROR_EOF || refuse(e, text);
}

bool segment_fits(const struct segment *s, unsigned width, unsigned height)
{
	return (unsigned)s->codec->width == width && s->codec->height % height == 0;
}

bool segment_write(struct segment *s, const struct picture *p, uint64_t date, uint64_t until,
		   char *text)
{
	int64_t from = ticks(s, date), to = ticks(s, until);
	unsigned lines = s->codec->height, each = lines / p->height;
	int e = av_frame_make_writable(s->frame);

	for (unsigned y = 0; e >= 0 && y < lines; y++)
		memcpy(s->frame->data[0] + (ptrdiff_t)y * s->frame->linesize[0],
		       p->dot + (size_t)(y / each) * p->width, p->width * sizeof *p->dot);
	s->frame->pts = from;
	if (e >= 0)
		e = avcodec_send_frame(s->codec, s->frame);
	if (e < 0)
		return refuse(e, text);
	return drain(s, to > from ? to - from : 1, text);
}

bool segment_end(struct segment *s, char *text)
{
	int e = 0, closed = 0;

	if (s->headed) {
		e = av_write_trailer(s->format);
		if (e >= 0)
			e = s->format->pb->error;
	}
	if (s->format && s->format->pb)
		closed = avio_closep(&s->format->pb);
	av_frame_free(&s->frame);
	av_packet_free(&s->packet);
	avcodec_free_context(&s->codec);
	avformat_free_context(s->format);
	*s = (struct segment){ 0 };
	if (e >= 0)
		e = closed;
	return e >= 0 || refuse(e, text);
}
