/* volume.c - a part of an image that has a drive letter.  */

#include "drive/volume.h"

static size_t clip(const struct volume *v, uint64_t first, size_t count)
{
	if (first >= v->sectors)
		return 0;
	return count > v->sectors - first ? v->sectors - first : count;
}

static enum image_result answer(enum image_result r, size_t there, size_t count)
{
	return r == IMAGE_OK && there < count ? IMAGE_NO_SECTOR : r;
}

enum image_result volume_read(struct volume *v, uint64_t first, void *buf, size_t count,
			      size_t *done)
{
	size_t there = clip(v, first, count);

	return answer(image_read(v->image, v->start + first, buf, there, done), there, count);
}

enum image_result volume_write(struct volume *v, uint64_t first, const void *buf, size_t count,
			       size_t *done)
{
	size_t there = clip(v, first, count);

	return answer(image_write(v->image, v->start + first, buf, there, done), there, count);
}

enum image_result volume_write_below(struct volume *v, uint64_t first, const void *buf,
				     size_t count, size_t *done)
{
	size_t there = clip(v, first, count);

	*done = 0;
	if (!there && !v->image->read_only)
		return count ? IMAGE_NO_SECTOR : IMAGE_OK;
	return answer(image_write_below(v->image, v->start + first, buf, there, done), there, count);
}

bool volume_bpb(struct volume *v, struct bpb *b)
{
	uint8_t sector[SECTOR_SIZE];
	size_t done;

	return volume_read(v, 0, sector, 1, &done) == IMAGE_OK && bpb_read(sector, b) &&
	       b->total <= v->sectors;
}
