/* fat_check.h - is a FAT volume in order?  Written for itself, from fatgen103:
 * nothing of src/drive is in it.
 *
 * What a crash may leave behind are clusters that nobody names, and chains
 * that are longer than their file; anything else is wrong at any moment.  At
 * rest those are wrong, too.  */

#ifndef FAT_CHECK_H
#define FAT_CHECK_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fat_check {
	const uint8_t *image;
	unsigned bits, fats, spc;
	uint32_t reserved, table, root, root_slots, root_cluster, data, end;
	uint8_t *seen;			/* by cluster */
	bool at_rest;
	char wrong[640];		/* "": it is in order */
};

static inline uint32_t check16(const uint8_t *p)
{
	return p[0] | p[1] << 8;
}

static inline uint32_t check32(const uint8_t *p)
{
	return check16(p) | (uint32_t)check16(p + 2) << 16;
}

static inline uint32_t check_value(const struct fat_check *c, uint32_t n)
{
	const uint8_t *t = c->image + (uint64_t)c->reserved * 512;

	if (c->bits == 12)
		return n & 1 ? check16(t + n + n / 2) >> 4 : check16(t + n + n / 2) & 0xfff;
	return c->bits == 16 ? check16(t + 2 * n) : check32(t + 4 * n) & 0x0fffffff;
}

static inline bool check_ends(const struct fat_check *c, uint32_t value)
{
	return value >= (c->bits == 32 ? 0x0ffffff8 : c->bits == 16 ? 0xfff8u : 0xff8u);
}

#define CHECK_WRONG(c, ...) \
	(snprintf((c)->wrong, sizeof (c)->wrong, __VA_ARGS__), false)

/* Mark a chain; *length in clusters.  */
static inline bool check_chain(struct fat_check *c, const char *what, uint32_t n, uint32_t *length)
{
	for (*length = 0;; n = check_value(c, n)) {
		if (check_ends(c, n) && *length)
			return true;
		if (n < 2 || n >= c->end)
			return CHECK_WRONG(c, "%s: names cluster %u", what, n);
		if (c->seen[n]++)
			return CHECK_WRONG(c, "%s: cluster %u belongs to another, too", what, n);
		++*length;
	}
}

static inline uint8_t check_sum(const uint8_t *name)
{
	uint8_t sum = 0;

	for (unsigned i = 0; i < 11; i++)
		sum = (sum << 7 | sum >> 1) + name[i];
	return sum;
}

static inline uint32_t check_start(const struct fat_check *c, const uint8_t *p)
{
	return check16(p + 26) | (c->bits == 32 ? check16(p + 20) << 16 : 0);
}

static inline bool check_dir(struct fat_check *c, const char *path, uint32_t start, uint32_t parent);

static inline bool check_entry(struct fat_check *c, const char *dir, uint32_t self, const uint8_t *p)
{
	uint32_t start = check_start(c, p), size = check32(p + 28), length = 0;
	uint32_t bytes = c->spc * 512;
	char path[512];

	if (p[11] & 8)
		return true;
	snprintf(path, sizeof path, "%.490s\\%.11s", dir, (const char *)p);
	if (start && !check_chain(c, path, start, &length))
		return false;
	if (p[11] & 16) {
		if (!start || size)
			return CHECK_WRONG(c, "%s: a directory without cluster or with a size", path);
		return check_dir(c, path, start, self);
	}
	if ((uint64_t)length * bytes < size)
		return CHECK_WRONG(c, "%s: %u bytes, but %u clusters", path, size, length);
	if (c->at_rest && (uint64_t)length * bytes >= (uint64_t)size + bytes)
		return CHECK_WRONG(c, "%s: %u clusters, but %u bytes", path, length, size);
	return true;
}

/* The slots of a directory, put together.  */
static inline uint8_t *check_gather(const struct fat_check *c, uint32_t start, uint32_t *slots)
{
	uint32_t n = start ? start : c->root_cluster, each = c->spc * 512, total = 0;
	uint8_t *all;

	if (!n) {
		*slots = c->root_slots;
		all = malloc(*slots * 32 + 1);
		memcpy(all, c->image + (uint64_t)c->root * 512, *slots * 32);
		return all;
	}
	for (uint32_t k = n; !check_ends(c, k); k = check_value(c, k))
		total++;
	all = malloc((size_t)total * each + 1);
	for (uint32_t i = 0; i < total; i++, n = check_value(c, n))
		memcpy(all + (size_t)i * each, c->image + (c->data + (uint64_t)(n - 2) * c->spc) * 512, each);
	*slots = total * each / 32;
	return all;
}

static inline bool check_slots(struct fat_check *c, const char *path, uint32_t start, uint32_t parent,
			       const uint8_t *all, uint32_t slots)
{
	int pending = 0;		/* the next piece of a long name */
	uint8_t sum = 0;

	for (uint32_t i = 0; i < slots && all[i * 32]; i++) {
		const uint8_t *p = all + i * 32;

		if (p[0] == 0xe5) {
			if (c->at_rest && pending)
				return CHECK_WRONG(c, "%s: half a long name at %u", path, i);
			pending = 0;
			continue;
		}
		if (p[11] == 15) {
			if (c->at_rest && ((p[0] & 0x40) ? pending != 0 : pending != (p[0] & 0x3f) || p[13] != sum))
				return CHECK_WRONG(c, "%s: a piece of nothing at %u", path, i);
			pending = (p[0] & 0x3f) - 1;
			sum = p[13];
			if (!pending)
				pending = -1;	/* the entry comes next */
			continue;
		}
		if (c->at_rest && pending && (pending != -1 || sum != check_sum(p)))
			return CHECK_WRONG(c, "%s: not its long name at %u", path, i);
		pending = 0;
		if (start && i < 2) {
			if (memcmp(p, i ? "..         " : ".          ", 11) != 0 ||
			    check_start(c, p) != (i ? parent : start))
				if (c->at_rest || i == 0)
					return CHECK_WRONG(c, "%s: the dots are wrong", path);
			continue;
		}
		for (uint32_t k = 0; k < i; k++)
			if (all[k * 32 + 11] != 15 && !((all[k * 32 + 11] ^ p[11]) & 8) &&
			    memcmp(all + k * 32, p, 11) == 0)
				return CHECK_WRONG(c, "%s: %.11s is there twice", path, (const char *)p);
		if (!check_entry(c, path, start, p))
			return false;
	}
	return true;
}

static inline bool check_dir(struct fat_check *c, const char *path, uint32_t start, uint32_t parent)
{
	uint32_t slots;
	uint8_t *all = check_gather(c, start, &slots);
	bool ok = check_slots(c, path, start, parent, all, slots);

	free(all);
	return ok;
}

static inline bool check_rest(struct fat_check *c)
{
	uint32_t unused = 0;

	for (uint32_t n = 2; n < c->end; n++) {
		unused += !check_value(c, n);
		if (check_value(c, n) && !c->seen[n])
			return CHECK_WRONG(c, "cluster %u is lost", n);
	}
	for (unsigned i = 1; i < c->fats; i++)
		if (memcmp(c->image + (uint64_t)c->reserved * 512,
			   c->image + (uint64_t)(c->reserved + i * c->table) * 512, (size_t)c->table * 512) != 0)
			return CHECK_WRONG(c, "the tables differ");
	if (c->bits == 32 && check32(c->image + 512 + 488) != unused)
		return CHECK_WRONG(c, "FSInfo says %u are free, but %u are", check32(c->image + 512 + 488), unused);
	return true;
}

/* "" or what is wrong; good until the next call.  */
static inline const char *fat_check(const uint8_t *image, uint64_t sectors, bool at_rest)
{
	static struct fat_check c;
	uint32_t total = check16(image + 19), clusters, length;

	c = (struct fat_check){ .image = image, .fats = image[16], .spc = image[13], .at_rest = at_rest,
				.reserved = check16(image + 14), .table = check16(image + 22),
				.root_slots = check16(image + 17) };
	if (!total)
		total = check32(image + 32);
	if (!c.table) {
		c.table = check32(image + 36);
		c.root_cluster = check32(image + 44);
	}
	c.root = c.reserved + c.fats * c.table;
	c.data = c.root + (c.root_slots * 32 + 511) / 512;
	clusters = (total - c.data) / c.spc;
	c.end = clusters + 2;
	c.bits = clusters < 4085 ? 12 : clusters < 65525 ? 16 : 32;
	if (total > sectors)
		return "larger than the medium";
	c.seen = calloc(c.end, 1);
	if ((!c.root_cluster || check_chain(&c, "root", c.root_cluster, &length)) &&
	    check_dir(&c, "", 0, 0) && at_rest)
		check_rest(&c);
	free(c.seen);
	return c.wrong;
}

#endif
