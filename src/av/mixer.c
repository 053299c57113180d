/* mixer.c - sound on its way out.
 *
 * Every 10 ms each channel is brought to the stream's rate by linear
 * interpolation between neighbouring frames, weighed and summed.  */

#include "av/mixer.h"

#include <stdlib.h>
#include <string.h>

#include "plugin.h"
#include "state/state.h"

#define ONE_FRAME	(UINT64_C(1) << 32)

static bool heard(const struct mixer *m)
{
	for (unsigned i = 0; i < MIXER_SINKS; i++)
		if (m->sink[i].ops)
			return true;
	return false;
}

/* Dates of chunks and the frames in each are computed from power-on.  */
static uint64_t frames_until(const struct mixer *m, uint64_t chunk)
{
	return ticks_of_vtime(chunk * MIXER_CHUNK, m->rate);
}

static void arm(struct mixer *m)
{
	sched_at(m->sched, &m->flush, (m->chunks + 1) * MIXER_CHUNK);
}

static int16_t saturate(int32_t v)
{
	return v > INT16_MAX ? INT16_MAX : v < INT16_MIN ? INT16_MIN : v;
}

static int32_t between(int32_t a, int32_t b, uint64_t phase)
{
	return a + (int32_t)(((int64_t)(b - a) * (int64_t)(phase & (ONE_FRAME - 1))) >> 32);
}

static void drop_front(struct mixer_channel *c, size_t frames)
{
	c->frames -= frames;
	memmove(c->pcm, c->pcm + 2 * frames, c->frames * 2 * sizeof *c->pcm);
}

/* Adds a channel's share of `count' frames to sum.  The last frame in store
 * is not used up: the next to come is interpolated from it.  */
static void add_channel(struct mixer_channel *c, int32_t *sum, size_t count)
{
	uint64_t step = c->rate * ONE_FRAME / c->mixer->rate;
	size_t i, at;

	if (!c->playing)
		c->playing = c->frames > (2 * count * step >> 32) + 1;
	if (!c->playing)
		return;
	for (i = 0; i < count; i++, c->phase += step) {
		const int16_t *f;

		at = c->phase >> 32;
		if (at + 1 >= c->frames)
			break;
		f = c->pcm + 2 * at;
		sum[2 * i] += between(f[0], f[2], c->phase) * c->gain[0] / 256;
		sum[2 * i + 1] += between(f[1], f[3], c->phase) * c->gain[1] / 256;
	}
	at = c->phase >> 32;
	if (i < count) {			/* it ran dry: begin anew */
		at = c->frames;
		c->phase = 0;
		c->playing = false;
	}
	drop_front(c, at);
	c->phase &= ONE_FRAME - 1;
}

static void mixer_fire(void *ctx, vtime late)
{
	struct mixer *m = ctx;
	size_t count = frames_until(m, m->chunks + 1) - frames_until(m, m->chunks);
	int32_t sum[2 * (MIXER_RATE_MAX / 100 + 1)] = { 0 };

	(void)late;
	for (unsigned i = 0; i < MIXER_CHANNELS; i++)
		if (m->channel[i].name)
			add_channel(&m->channel[i], sum, count);
	for (size_t i = 0; i < 2 * count; i++)
		m->out[i] = saturate(sum[i]);
	for (unsigned i = 0; i < MIXER_SINKS; i++)
		if (m->sink[i].ops)
			m->sink[i].ops->play(m->sink[i].self, m->out, count);
	m->chunks++;
	arm(m);
}

void mixer_init(struct mixer *m, struct sched *sched, unsigned rate)
{
	rate = rate < 1000 ? 1000 : rate > MIXER_RATE_MAX ? MIXER_RATE_MAX : rate;
	*m = (struct mixer){
		.sched = sched,
		.rate = rate,
		.flush = { .name = "mixer", .fire = mixer_fire, .ctx = m },
		.out = calloc(rate / 100 + 1, 2 * sizeof *m->out),
	};
}

void mixer_fini(struct mixer *m)
{
	for (int i = 0; i < MIXER_SINKS; i++)
		mixer_detach(m, i);
	for (unsigned i = 0; i < MIXER_CHANNELS; i++)
		free(m->channel[i].pcm);
	free(m->out);
	memset(m->channel, 0, sizeof m->channel);
	m->out = NULL;
}

struct mixer_channel *mixer_open(struct mixer *m, const char *name, unsigned rate)
{
	for (unsigned i = 0; i < MIXER_CHANNELS; i++) {
		struct mixer_channel *c = &m->channel[i];

		if (c->name)
			continue;
		*c = (struct mixer_channel){ .name = name, .mixer = m, .gain = { 256, 256 } };
		mixer_rate(c, rate);
		return c;
	}
	return NULL;
}

void mixer_rate(struct mixer_channel *c, unsigned rate)
{
	c->rate = rate < 1 ? 1 : rate > MIXER_RATE_MAX ? MIXER_RATE_MAX : rate;
}

void mixer_gain(struct mixer_channel *c, uint16_t left, uint16_t right)
{
	c->gain[0] = left > 256 ? 256 : left;
	c->gain[1] = right > 256 ? 256 : right;
}

/* Room for n frames more.  */
static bool make_room(struct mixer_channel *c, size_t n)
{
	size_t room = c->room ? c->room : 1024;
	int16_t *pcm;

	while (room < c->frames + n)
		room *= 2;
	if (room == c->room)
		return true;
	pcm = realloc(c->pcm, room * 2 * sizeof *pcm);
	if (!pcm)
		return false;
	c->pcm = pcm;
	c->room = room;
	return true;
}

/* How many to drop: much at once, so that it need not be done often.  */
static size_t too_many(const struct mixer_channel *c, size_t frames)
{
	size_t least = c->frames + frames - MIXER_STORE_MAX, eighth = MIXER_STORE_MAX / 8;

	return least > eighth || c->frames < eighth ? least : eighth;
}

void mixer_push(struct mixer_channel *c, const int16_t *pcm, size_t frames)
{
	if (!heard(c->mixer))
		return;
	if (frames > MIXER_STORE_MAX) {
		pcm += 2 * (frames - MIXER_STORE_MAX);
		frames = MIXER_STORE_MAX;
	}
	if (c->frames + frames > MIXER_STORE_MAX)
		drop_front(c, too_many(c, frames));
	if (!make_room(c, frames))
		return;				/* no memory: a gap is heard */
	memcpy(c->pcm + 2 * c->frames, pcm, frames * 2 * sizeof *pcm);
	c->frames += frames;
}

int mixer_attach(struct mixer *m, const struct sound_ops *ops, void *self)
{
	if (!ops || !ops->play || !m->out)
		return -1;
	for (int i = 0; i < MIXER_SINKS; i++) {
		if (m->sink[i].ops)
			continue;
		if (ops->start && !ops->start(self, m->rate))
			return -1;
		if (!heard(m)) {
			m->chunks = m->sched->now / MIXER_CHUNK;
			arm(m);
		}
		m->sink[i].ops = ops;
		m->sink[i].self = self;
		return i;
	}
	return -1;
}

void mixer_detach(struct mixer *m, int sink)
{
	if (sink < 0 || sink >= MIXER_SINKS || !m->sink[sink].ops)
		return;
	if (m->sink[sink].ops->stop)
		m->sink[sink].ops->stop(m->sink[sink].self);
	m->sink[sink].ops = NULL;
	if (!heard(m))
		sched_cancel(m->sched, &m->flush);
}

static void channel_state(struct mixer_channel *c, struct state *st)
{
	uint32_t frames = c->frames, rate = c->rate;

	state_u32(st, &rate);
	state_below(st, &frames, MIXER_STORE_MAX + 1);
	state_u64(st, &c->phase);
	state_bool(st, &c->playing);
	state_u16(st, &c->gain[0]);
	state_u16(st, &c->gain[1]);
	mixer_rate(c, rate);
	mixer_gain(c, c->gain[0], c->gain[1]);
	c->phase &= ONE_FRAME - 1;
	if (st->mode == STATE_LOAD) {
		c->frames = 0;
		if (!make_room(c, frames))
			state_fail(st, "no memory for sound");
		c->frames = state_ok(st) ? frames : 0;
	}
	for (size_t i = 0; i < 2 * c->frames; i++) {
		uint16_t v = c->pcm[i];

		state_u16(st, &v);
		c->pcm[i] = v;
	}
}

/* Channels are known by the order in which they were opened.  The sinks are
 * the host's, and not in a snapshot; to be loaded after sched.now.  */
void mixer_state(struct mixer *m, struct state *st)
{
	uint32_t open = 0, count;

	while (open < MIXER_CHANNELS && m->channel[open].name)
		open++;
	count = open;
	state_section(st, "mixer", 1);
	state_u32(st, &count);
	if (count != open)
		state_fail(st, "another machine has other sound cards");
	for (unsigned i = 0; i < open; i++)
		channel_state(&m->channel[i], st);
	if (st->mode == STATE_SAVE || !heard(m))
		return;
	m->chunks = m->sched->now / MIXER_CHUNK;
	arm(m);
}
