/* mem.c - a read-only tree from a table.
 *
 * At birth a node is made for every file and every directory on the way,
 * sorted so that the entries of a directory stand together in the order of
 * their names.  An open file and a listing are a node's number, and
 * have no state.  */

#include "drive/mem.h"

#include <stdlib.h>
#include <string.h>

#include "base/cp.h"
#include "base/error.h"
#include "drive/path.h"
#include "drive/refuse.h"

#define CLUSTER		512
#define DATE_1980	(1 << 5 | 1)

struct node {
	char dir[DRIVE_PATH_MAX];	/* "\\" or "\\DIR"; the root's own is "" */
	char name[PATH_83_MAX];
	const struct mem_file *file;	/* NULL: a directory */
};

struct mem {
	char label[12];
	struct node *node;
	uint32_t nodes;
};

static int by_place(const void *a, const void *b)
{
	const struct node *x = a, *y = b;
	int c = strcmp(x->dir, y->dir);

	return c ? c : strcmp(x->name, y->name);
}

static struct node *find_node(const struct mem *mem, const char *path)
{
	struct node key = { 0 };
	char name[DRIVE_NAME_MAX];

	if (strcmp(path, "\\") == 0)
		return &mem->node[0];	/* "" sorts before everything */
	if (!path_split(path, key.dir, name) || strlen(name) >= sizeof key.name)
		return NULL;
	memcpy(key.name, name, strlen(name) + 1);
	path_upper(CP_DEFAULT, key.dir);
	path_upper(CP_DEFAULT, key.name);
	return bsearch(&key, mem->node, mem->nodes, sizeof key, by_place);
}

static enum dos_error find(const struct mem *mem, const char *path, const struct node **out)
{
	char dir[DRIVE_PATH_MAX], name[DRIVE_NAME_MAX];
	const struct node *n = find_node(mem, path), *up;

	*out = n;
	if (n)
		return DOS_OK;
	if (!path_split(path, dir, name))
		return DOS_NO_PATH;
	up = find_node(mem, dir);
	return up && !up->file ? DOS_NO_FILE : DOS_NO_PATH;
}

static void describe(const struct node *n, struct drive_info *out)
{
	uint16_t time = n->file ? n->file->time : 0, date = n->file ? n->file->date : DATE_1980;

	*out = (struct drive_info){
		.attr = n->file ? ATTR_READ_ONLY : ATTR_DIR,
		.time = time, .date = date, .ctime = time, .cdate = date, .adate = date,
		.size = n->file ? n->file->size : 0,
	};
	strcpy(out->name, n->name);
	strcpy(out->long_name, n->name);
}

static const struct node *open_node(const struct mem *mem, drive_file f)
{
	return f && f <= mem->nodes && mem->node[f - 1].file ? &mem->node[f - 1] : NULL;
}

static enum dos_error mem_open(void *disk, const char *path, unsigned mode, uint8_t attr,
			       drive_file *f, enum drive_did *did)
{
	const struct mem *mem = disk;
	const struct node *n;
	enum dos_error e = find(mem, path, &n);

	(void)attr;
	if (e)
		return e == DOS_NO_FILE && (mode & DRIVE_CREATE) ? DOS_DENIED : e;
	if (mode & DRIVE_EXCLUSIVE)
		return DOS_FILE_EXISTS;
	if (!n->file || (mode & DRIVE_ACCESS) != DRIVE_READ || (mode & DRIVE_TRUNCATE))
		return DOS_DENIED;
	*f = n - mem->node + 1;
	*did = DRIVE_OPENED;
	return DOS_OK;
}

static enum dos_error mem_release(void *disk, drive_file f)
{
	return open_node(disk, f) ? DOS_OK : DOS_BAD_HANDLE;
}

static enum dos_error mem_read(void *disk, drive_file f, uint32_t pos, void *buf, size_t *n)
{
	const struct node *node = open_node(disk, f);
	size_t left;

	if (!node) {
		*n = 0;
		return DOS_BAD_HANDLE;
	}
	left = pos < node->file->size ? node->file->size - pos : 0;
	if (*n > left)
		*n = left;
	if (*n)
		memcpy(buf, (const char *)node->file->data + pos, *n);
	return DOS_OK;
}

static enum dos_error mem_file_info(void *disk, drive_file f, struct drive_info *out)
{
	const struct node *n = open_node(disk, f);

	if (!n)
		return DOS_BAD_HANDLE;
	describe(n, out);
	return DOS_OK;
}

static enum dos_error mem_info(void *disk, const char *path, struct drive_info *out)
{
	const struct node *n;
	enum dos_error e = find(disk, path, &n);

	if (!e)
		describe(n, out);
	return e;
}

static enum dos_error mem_canon(void *disk, const char *path, bool long_name,
				char out[DRIVE_PATH_MAX])
{
	const struct node *n;
	enum dos_error e = find(disk, path, &n);

	(void)long_name;
	if (e)
		return e;
	if (!n->dir[0])
		strcpy(out, "\\");
	else
		path_join(out, n->dir, n->name);
	return DOS_OK;
}

static enum dos_error mem_list(void *disk, const char *dir, uint16_t *listing)
{
	const struct mem *mem = disk;
	const struct node *n = find_node(mem, dir);

	if (!n || n->file)
		return DOS_NO_PATH;
	*listing = n - mem->node + 1;
	return DOS_OK;
}

static bool is_in(const struct node *n, const struct node *dir)
{
	char path[DRIVE_PATH_MAX] = "\\";

	if (dir->dir[0] && !path_join(path, dir->dir, dir->name))
		return false;
	return strcmp(n->dir, path) == 0;
}

static enum dos_error mem_entry(void *disk, uint16_t listing, unsigned nth,
				struct drive_info *out)
{
	const struct mem *mem = disk;
	const struct node *dir;

	if (!listing || listing > mem->nodes || mem->node[listing - 1].file)
		return DOS_NO_MORE;
	dir = &mem->node[listing - 1];
	if (dir->dir[0] && nth < 2) {
		describe(dir, out);
		strcpy(out->name, nth ? ".." : ".");
		strcpy(out->long_name, out->name);
		return DOS_OK;
	}
	nth -= dir->dir[0] ? 2 : 0;
	for (uint32_t i = 0; i < mem->nodes; i++)
		if (is_in(&mem->node[i], dir) && !nth--) {
			describe(&mem->node[i], out);
			return DOS_OK;
		}
	return DOS_NO_MORE;
}

static enum dos_error mem_entry_name(void *disk, uint16_t listing, unsigned nth,
				     char name[13], char long_name[DRIVE_NAME_MAX])
{
	struct drive_info i;
	enum dos_error e = mem_entry(disk, listing, nth, &i);

	if (e)
		return e;
	strcpy(name, i.name);
	if (long_name)
		strcpy(long_name, i.name);
	return DOS_OK;
}

static enum dos_error mem_flush(void *disk, drive_file f)
{
	return mem_release(disk, f);
}

static enum dos_error mem_space(void *disk, struct drive_space *out)
{
	const struct mem *mem = disk;

	*out = (struct drive_space){ .cluster = CLUSTER };
	for (uint32_t i = 0; i < mem->nodes; i++)
		if (mem->node[i].file)
			out->total += ((uint64_t)mem->node[i].file->size + CLUSTER - 1) / CLUSTER * CLUSTER;
	return DOS_OK;
}

static enum dos_error mem_label(void *disk, char out[12])
{
	const struct mem *mem = disk;

	memcpy(out, mem->label, sizeof mem->label);
	return DOS_OK;
}

/* The same tree has the same number.  */
static uint32_t mem_serial(void *disk)
{
	const struct mem *mem = disk;
	uint32_t h = 0x811c9dc5;

	for (uint32_t i = 0; i < mem->nodes; i++) {
		for (const char *s = mem->node[i].name; *s; s++)
			h = (h ^ (uint8_t)*s) * 0x01000193;
		if (mem->node[i].file)
			h = (h ^ mem->node[i].file->size) * 0x01000193;
	}
	return h;
}

/* Numbers of nodes are the same in the next run of the same program.  */
static void mem_state(void *disk, struct state *st)
{
	(void)disk, (void)st;
}

static void mem_close(void *disk)
{
	struct mem *mem = disk;

	free(mem->node);
	free(mem);
}

static const struct drive_ops mem_ops = {
	.name = "mem",
	.close = mem_close,
	.open = mem_open,
	.release = mem_release,
	.read = mem_read,
	.write = refuse_write,
	.file_info = mem_file_info,
	.set_time = refuse_time,
	.flush = mem_flush,
	.lock = refuse_lock,
	.info = mem_info,
	.remove = refuse_path,
	.rename = refuse_rename,
	.mkdir = refuse_mkdir,
	.rmdir = refuse_path,
	.set_attr = refuse_attr,
	.set_path_time = refuse_path_time,
	.canon = mem_canon,
	.list = mem_list,
	.entry = mem_entry,
	.entry_name = mem_entry_name,
	.space = mem_space,
	.label = mem_label,
	.set_label = refuse_path,
	.serial = mem_serial,
	.state = mem_state,
};

/* Not yet sorted: every path is added with its directories, if new.  */
static bool add(struct mem *mem, const char *path, const struct mem_file *file)
{
	struct node new = { .file = file };
	char name[DRIVE_NAME_MAX];

	if (!path_split(path, new.dir, name) || !path_is_83(name))
		return false;
	memcpy(new.name, name, strlen(name) + 1);
	for (uint32_t i = 0; i < mem->nodes; i++)
		if (by_place(&mem->node[i], &new) == 0)
			return !file && !mem->node[i].file;
	mem->node[mem->nodes++] = new;
	return strcmp(new.dir, "\\") == 0 || add(mem, new.dir, NULL);
}

static size_t depth(const char *path)
{
	size_t n = 0;

	for (; *path; path++)
		n += *path == '\\';
	return n;
}

bool mem_mount(struct drive *d, const char *label, const struct mem_file *table,
	       size_t rows, struct error *err)
{
	struct mem *mem = calloc(1, sizeof *mem);
	size_t most = 1;

	for (size_t i = 0; i < rows; i++)
		most += depth(table[i].path);
	if (mem)
		mem->node = calloc(most, sizeof *mem->node);
	if (!mem || !mem->node || most > UINT16_MAX) {
		error_set(err, "built-in drive: no memory");
		free(mem);
		return false;
	}
	mem->nodes = 1;			/* the root */
	for (size_t i = 0; i < rows; i++)
		if (!add(mem, table[i].path, &table[i])) {
			error_set(err, "built-in drive: %s: bad path", table[i].path);
			mem_close(mem);
			return false;
		}
	qsort(mem->node, mem->nodes, sizeof *mem->node, by_place);
	strncpy(mem->label, label, sizeof mem->label - 1);
	*d = (struct drive){ .ops = &mem_ops, .disk = mem, .read_only = true,
			     .source = "built in" };
	return true;
}
