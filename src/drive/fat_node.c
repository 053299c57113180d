/* fat_node.c - files that are open, and their directory entries.
 *
 * All handles of one file share a node, found by where the directory entry is on
 * the volume.  What a node says of start and size the entry says, too: it is
 * written with every change.  */

#include "drive/fat_volume.h"

#include <string.h>

#include "base/le.h"

struct fat_node *fat_node_of(struct fat *v, const struct fat_entry *e)
{
	for (uint32_t i = 0; i < v->files; i++)
		if (v->node[i].refs && !v->node[i].lost && !v->node[i].deleted &&
		    v->node[i].id == e->id)
			return &v->node[i];
	return NULL;
}

void fat_node_moved(struct fat_node *node, const struct fat_entry *e)
{
	node->dir = e->dir;
	node->slot = e->slot;
	node->id = e->id;
	memcpy(node->name, e->raw, PATH_FCB);
}

static void node_set(struct fat *v, struct fat_node *node, const struct fat_entry *e)
{
	fat_node_moved(node, e);
	node->size = le_get32(e->raw + SLOT_SIZE);
	fat_chain_set(&node->chain, fat_start(v, e->raw));
}

/* That of the entry, or a new one without handles.  There is room.  */
struct fat_node *fat_node_for(struct fat *v, const struct fat_entry *e)
{
	struct fat_node *node = fat_node_of(v, e);

	for (uint32_t i = 0; !node && i < v->files; i++)
		if (!v->node[i].refs) {
			node = &v->node[i];
			*node = (struct fat_node){ 0 };
			node_set(v, node, e);
		}
	return node;
}

/* The entry's bytes, to be changed.  */
enum dos_error fat_node_touch(struct fat *v, const struct fat_node *node, uint8_t **raw)
{
	enum dos_error e = fat_touch(v, (node->id - 1) / FAT_SLOTS, raw);

	if (!e)
		*raw += (node->id - 1) % FAT_SLOTS * FAT_SLOT;
	return e;
}

enum dos_error fat_node_store(struct fat *v, struct fat_node *node)
{
	enum dos_error e;
	uint8_t *raw;

	if (node->deleted)
		return DOS_OK;
	e = fat_node_touch(v, node, &raw);
	if (e)
		return e;
	fat_set_start(v, raw, node->chain.start);
	le_put32(raw + SLOT_SIZE, node->size);
	return DOS_OK;
}

/* What DOS does to a written file when it is closed; before that its date is
 * already so, for who asks.  */
enum dos_error fat_node_stamp(struct fat *v, struct fat_node *node)
{
	uint16_t time, date;
	enum dos_error e;
	uint8_t *raw;

	if (!node->written || node->deleted || node->lost)
		return DOS_OK;
	e = fat_node_touch(v, node, &raw);
	if (e)
		return e;
	fat_now(v, &time, &date);
	le_put16(raw + SLOT_TIME, time);
	le_put16(raw + SLOT_DATE, date);
	le_put16(raw + SLOT_ADATE, date);
	raw[SLOT_ATTR] |= ATTR_ARCHIVE;
	return DOS_OK;
}

enum dos_error fat_node_settle(struct fat *v, struct fat_node *node)
{
	enum dos_error e = fat_node_stamp(v, node);

	node->written = node->written && e;
	return e;
}

enum dos_error fat_node_entry(struct fat *v, struct fat_node *node, struct fat_entry *e)
{
	struct fat_dir d;

	if (!node->deleted) {
		fat_dir_open(v, &d, node->dir);
		return fat_entry(v, &d, node->slot, e);
	}
	*e = (struct fat_entry){ 0 };
	memcpy(e->raw, node->name, PATH_FCB);
	le_put32(e->raw + SLOT_SIZE, node->size);
	return DOS_OK;
}

/* The last handle is gone.  */
enum dos_error fat_node_drop(struct fat *v, struct fat_node *node)
{
	if (--node->refs || !node->deleted || node->lost || !node->chain.start)
		return DOS_OK;
	return fat_give_back(v, node->chain.start);
}

static bool is_still_there(struct fat *v, struct fat_node *node)
{
	struct fat_entry e;
	struct fat_dir d;

	if (node->deleted || !v->g.bits || !fat_dir_is(v, node->dir))
		return false;
	fat_dir_open(v, &d, node->dir);
	if (fat_entry(v, &d, node->slot, &e) != DOS_OK || e.raw[SLOT_ATTR] & ATTR_DIR ||
	    memcmp(e.raw, node->name, PATH_FCB) != 0)
		return false;
	node_set(v, node, &e);
	return true;
}

void fat_files_again(struct fat *v)
{
	for (uint32_t i = 0; i < v->files; i++)
		if (v->node[i].refs && !v->node[i].lost)
			v->node[i].lost = !is_still_there(v, &v->node[i]);
}
