/* fat_chain.c - chains of clusters: where in them is what, longer, shorter.
 *
 * Pieces that lie together on the medium are remembered as they are walked, so
 * that a file in few pieces is walked once.  A chain that runs in a circle is
 * longer than the volume has clusters: that is where walks end.  */

#include "drive/fat_volume.h"

static struct fat_extent *add(struct fat_chain *c, uint32_t index, uint32_t cluster)
{
	struct fat_extent *x;

	if (c->extents < FAT_EXTENTS) {
		x = &c->extent[c->extents++];
	} else {
		c->victim = (c->victim + 1) % FAT_EXTENTS;
		x = &c->extent[c->victim];
	}
	*x = (struct fat_extent){ index, cluster, 1 };
	return x;
}

/* The piece that begins last, but not behind index; or a mark, if it is nearer.  */
static struct fat_extent *before(struct fat_chain *c, uint32_t index)
{
	struct fat_extent *best = NULL;
	uint32_t mark;

	for (unsigned i = 0; i < c->extents; i++)
		if (c->extent[i].index <= index && (!best || c->extent[i].index >= best->index))
			best = &c->extent[i];
	if (!c->marks)
		return best ? best : add(c, 0, c->start);
	mark = index / c->stride < c->marks ? index / c->stride : c->marks - 1u;
	if (best && best->index + best->count > mark * c->stride)
		return best;
	return add(c, mark * c->stride, c->mark[mark]);
}

/* Remember the cluster at an index, if it is the next that is to be.  When
 * there is no room every second mark goes.  */
static void remember(struct fat_chain *c, uint32_t index, uint32_t cluster)
{
	if (!c->marks)
		c->stride = 16;
	if (index != c->marks * c->stride)
		return;
	if (c->marks == FAT_MARKS) {
		for (unsigned i = 0; i < FAT_MARKS / 2; i++)
			c->mark[i] = c->mark[2 * i];
		c->marks /= 2;
		c->stride *= 2;
	}
	c->mark[c->marks++] = cluster;
}

/* One cluster more; *x becomes the piece that it is in.  */
static enum dos_error step(struct fat *v, struct fat_chain *c, struct fat_extent **x,
			   bool *ended)
{
	uint32_t at = (*x)->index + (*x)->count, last = (*x)->cluster + (*x)->count - 1, next;
	enum dos_error e = fat_next(v, last, &next);

	*ended = false;
	if (e)
		return e;
	if (next == FAT_END) {
		*ended = true;
		c->length = at;
	} else if (at >= v->g.end) {
		return DOS_GENERAL_FAILURE;
	} else {
		remember(c, at, next);
		if (next == last + 1)
			(*x)->count++;
		else
			*x = add(c, at, next);
	}
	return DOS_OK;
}

/* How many of `want' there are in a row from index on, in its piece.  */
static enum dos_error run_of(struct fat *v, const struct fat_extent *x, uint32_t index,
			     uint32_t want, uint32_t *run)
{
	uint32_t have = x->index + x->count - index, last = x->cluster + x->count - 1;

	while (have < want && fat_is_cluster(v, last)) {
		uint32_t next;

		/* What is wrong further on is said when it is reached.  */
		if (fat_next(v, last, &next) || next != last + 1)
			break;
		last++;
		have++;
	}
	*run = have < want ? have : want;
	return DOS_OK;
}

enum dos_error fat_map(struct fat *v, struct fat_chain *c, uint32_t index, uint32_t want,
		       uint32_t *cluster, uint32_t *run)
{
	struct fat_extent *x;
	enum dos_error e = DOS_OK;

	*cluster = FAT_END;
	*run = 0;
	if (!c->start)
		return DOS_OK;
	if (!fat_is_cluster(v, c->start))
		return DOS_GENERAL_FAILURE;
	if (!c->marks)
		remember(c, 0, c->start);
	x = before(c, index);
	while (x->index + x->count <= index) {
		bool ended;

		e = step(v, c, &x, &ended);
		if (e || ended)
			return e;
	}
	*cluster = x->cluster + (index - x->index);
	return run_of(v, x, index, want, run);
}

enum dos_error fat_chain_length(struct fat *v, struct fat_chain *c, uint32_t *length)
{
	uint32_t cluster, run;
	enum dos_error e;

	*length = c->length;
	if (c->length || !c->start)
		return DOS_OK;
	e = fat_map(v, c, v->g.end, 1, &cluster, &run);
	*length = c->length;
	return e ? e : c->length ? DOS_OK : DOS_GENERAL_FAILURE;
}

/* New clusters, linked among themselves: nothing leads to them yet.  */
static enum dos_error take_more(struct fat *v, uint32_t near, uint32_t count, uint32_t *first,
				uint32_t *got)
{
	uint32_t last = near, n;
	enum dos_error e = DOS_OK;

	for (*got = 0; *got < count; ++*got) {
		e = fat_take(v, last, &n);
		if (!e && *got)
			e = fat_put(v, last, n);
		if (e)
			break;
		if (!*got)
			*first = n;
		last = n;
	}
	return e;
}

enum dos_error fat_chain_grow(struct fat *v, struct fat_chain *c, uint32_t want,
			      uint32_t *length)
{
	uint32_t tail = 0, first = 0, got, run;
	enum dos_error e = fat_chain_length(v, c, length), full;

	if (e || *length >= want)
		return e;
	if (*length)
		e = fat_map(v, c, *length - 1, 1, &tail, &run);
	if (e)
		return e;
	full = take_more(v, tail, want - *length, &first, &got);
	if (full && full != DOS_DISK_FULL)
		return full;
	if (got) {
		e = fat_sync(v);
		if (!e && tail)
			e = fat_put(v, tail, first);
		if (e)
			return e;
		if (!tail)
			c->start = first;
		c->length = *length += got;
	}
	return full;
}

enum dos_error fat_chain_cut(struct fat *v, struct fat_chain *c, uint32_t keep)
{
	uint32_t cluster = FAT_END, tail, run;
	enum dos_error e = fat_map(v, c, keep, 1, &cluster, &run);

	if (e || cluster == FAT_END)
		return e;
	if (keep) {
		e = fat_map(v, c, keep - 1, 1, &tail, &run);
		if (!e)
			e = fat_put(v, tail, FAT_END);
		if (!e)
			e = fat_sync(v);
	}
	if (e)
		return e;
	fat_chain_set(c, keep ? c->start : 0);
	c->length = keep;
	return fat_give_back(v, cluster);
}
