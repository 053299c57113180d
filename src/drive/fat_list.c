/* fat_list.c - listings: the slots of a directory, by number.
 *
 * The nth entry of a listing is what is in the directory's nth slot, as in
 * DOS itself: pieces of long names, labels and deleted entries are
 * DOS_NO_FILE.  So a listing has nothing to remember but the directory.  */

#include "drive/fat_volume.h"

#include <string.h>

static struct fat_listing *listing_of(struct fat *v, uint16_t number)
{
	struct fat_listing *l = &v->listing[number & (FAT_LISTINGS - 1)];

	return number && l->number == number ? l : NULL;
}

enum dos_error fat_list(void *disk, const char *path, uint16_t *number)
{
	struct fat *v = disk;
	struct fat_found f;
	uint32_t start = 0;
	enum dos_error e = fat_begin(v);

	if (!e)
		e = fat_find(v, path, &f);
	if (e)
		return e == DOS_NO_FILE ? DOS_NO_PATH : e;
	if (!f.root) {
		start = fat_start(v, f.e.raw);
		if (!(f.e.raw[SLOT_ATTR] & ATTR_DIR))
			return DOS_NO_PATH;
		if (!fat_is_cluster(v, start))
			return DOS_GENERAL_FAILURE;
	}
	if (!++v->next_listing)
		v->next_listing = 1;
	*number = v->next_listing;
	v->listing[*number & (FAT_LISTINGS - 1)] = (struct fat_listing){
		.number = *number, .dir = start,
	};
	return DOS_OK;
}

/* Through the directory used last, so that its chain is walked once.  */
static enum dos_error entry_of(struct fat *v, uint16_t number, unsigned nth,
			       struct fat_entry *e)
{
	struct fat_listing *l;
	enum dos_error error = fat_begin(v);

	if (error)
		return error;
	l = listing_of(v, number);
	if (l && l->doubtful && !fat_dir_is(v, l->dir))
		l->number = 0;
	if (!l || !l->number)
		return DOS_NO_MORE;
	l->doubtful = false;
	if (v->last_dir.start != l->dir || !v->last_dir.chain.start)
		fat_dir_open(v, &v->last_dir, l->dir);
	error = fat_entry(v, &v->last_dir, nth, e);
	/* An error would be asked for again and again.  */
	return error && error != DOS_NO_FILE ? DOS_NO_MORE : error;
}

enum dos_error fat_list_name(void *disk, uint16_t number, unsigned nth,
			     char name[PATH_83_MAX], char long_name[DRIVE_NAME_MAX])
{
	struct fat_entry entry;
	enum dos_error e = entry_of(disk, number, nth, &entry);

	if (e)
		return e;
	fat_show_83(entry.raw, name);
	if (long_name)
		fat_show_long(disk, &entry, long_name);
	return DOS_OK;
}

enum dos_error fat_list_entry(void *disk, uint16_t number, unsigned nth,
			      struct drive_info *out)
{
	struct fat_entry entry;
	enum dos_error e = entry_of(disk, number, nth, &entry);

	if (e)
		*out = (struct drive_info){ 0 };
	else
		fat_info(disk, &entry, out);
	return e;
}

/* The directory is no more.  */
void fat_list_drop(struct fat *v, uint32_t dir)
{
	for (unsigned i = 0; i < FAT_LISTINGS; i++)
		if (v->listing[i].dir == dir)
			v->listing[i].number = 0;
	fat_chain_set(&v->last_dir.chain, 0);
}

void fat_list_doubt(struct fat *v)
{
	for (unsigned i = 0; i < FAT_LISTINGS; i++)
		v->listing[i].doubtful = true;
	fat_chain_set(&v->last_dir.chain, 0);
}
