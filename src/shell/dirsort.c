/* dirsort.c - what DIR /O keeps and sorts: a record of 32 bytes for each
 * file, in a block of memory from DOS.
 *
 *	0	8.3 name, 14 bytes
 *	15	attributes
 *	16	size
 *	20	time and date
 *	24	its place among those found
 *	28	how to sort, for the comparison  */

#include "shell/dir.h"

#include <stdlib.h>
#include <string.h>

#include "base/le.h"

#define RECORD	32

void dir_keep(struct sh *sh, struct job *j)
{
	const struct sh_found *f = &sh->in->found;
	uint8_t r[RECORD] = { 0 };

	memcpy(r, f->name, sizeof f->name);
	r[15] = f->attr;
	le_put32(r + 16, f->size);
	le_put32(r + 20, (uint32_t)f->date << 16 | f->time);
	le_put32(r + 24, dir_of(j)->kept);
	le_put32(r + 28, dir_of(j)->order);	/* for the comparison */
	guest_copy_out(sh->g, dir_of(j)->block + dir_of(j)->kept * 2, 0, r, sizeof r);
	dir_of(j)->kept++;
}

static const char *extension(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && dot != name ? dot + 1 : "";
}

static int compare_by(char key, const uint8_t *a, const uint8_t *b)
{
	const char *an = (const char *)a, *bn = (const char *)b;
	uint32_t x = 0, y = 0;

	switch (key) {
	case 'N':
		return strcmp(an, bn);
	case 'E':
		return strcmp(extension(an), extension(bn));
	case 'D':
		x = le_get32(a + 20);
		y = le_get32(b + 20);
		break;
	case 'S':
		x = le_get32(a + 16);
		y = le_get32(b + 16);
		break;
	case 'G':
		x = !(a[15] & ATTR_DIRECTORY);
		y = !(b[15] & ATTR_DIRECTORY);
		break;
	}
	return x < y ? -1 : x > y;
}

static int compare(const void *pa, const void *pb)
{
	const uint8_t *a = pa, *b = pb;

	for (uint32_t order = le_get32(a + 28); order; order >>= 4) {
		unsigned n = order & 7;
		int c = n && n <= 6 ? compare_by(DIR_ORDER_KEYS[n - 1], a, b) : 0;

		if (c)
			return order & 8 ? -c : c;
	}
	return le_get32(a + 24) < le_get32(b + 24) ? -1 : 1;	/* as they were found */
}

void dir_sort(struct sh *sh, struct job *j)
{
	struct dir *d = dir_of(j);
	size_t n = d->kept < 0x8000 ? d->kept : 0x8000;
	uint8_t *all = n > 1 ? malloc(n * RECORD) : NULL;

	if (!all)
		return;		/* in the order found: better than nothing */
	for (size_t i = 0; i < n; i++) {
		guest_copy_in(sh->g, all + i * RECORD, d->block + i * 2, 0, RECORD);
		all[i * RECORD + 13] = 0;
	}
	qsort(all, n, RECORD, compare);
	for (size_t i = 0; i < n; i++)
		guest_copy_out(sh->g, d->block + i * 2, 0, all + i * RECORD, RECORD);
	free(all);
}

bool dir_kept(struct sh *sh, struct job *j)
{
	struct dir *d = dir_of(j);
	struct sh_found *f = &sh->in->found;
	uint8_t r[RECORD];

	if (d->shown >= d->kept)
		return false;
	guest_copy_in(sh->g, r, d->block + d->shown * 2, 0, sizeof r);
	d->shown++;
	r[13] = 0;
	parse_copy(f->name, sizeof f->name, (const char *)r);
	parse_copy(f->long_name, sizeof f->long_name, f->name);
	f->attr = r[15];
	f->size = le_get32(r + 16);
	f->date = le_get32(r + 20) >> 16;
	f->time = le_get32(r + 20);
	return true;
}
