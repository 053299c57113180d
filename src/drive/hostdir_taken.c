/* hostdir_taken.c - which file has a short alias that several could have.
 *
 * The oldest has it.  When it is deleted the next must not get it: somebody who
 * remembers LONGFI~1.TXT would find another file under that name.  So a
 * directory remembers, for each such alias, whose it is, in its extended
 * attribute user.dosvm.aliases: lines of the alias and a hash of the host
 * name.  The name, not the inode: editors put a new file into the place of
 * the old one.  It is written when two names of a directory are first seen to
 * want the same alias, and forgotten when no name wants it any more; as
 * long as nobody may write it the oldest has the alias.  */

#include "drive/hostdir.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>

#define XATTR_ALIASES	"user.dosvm.aliases"
#define TEXT_MAX	3500		/* of ext4's 4 KB for all attributes of a file */

uint64_t hd_taken_hash(const char *host)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (; *host; host++)
		hash = (hash ^ (uint8_t)*host) * UINT64_C(0x100000001b3);
	return hash;
}

static void proc_path(char out[32], int fd)
{
	snprintf(out, 32, "/proc/self/fd/%d", fd);
}

/* "ALIAS hash\n".  What is none is left out.  */
static void take_line(struct hd_taken *t, char *line)
{
	char *hash = strchr(line, ' ');
	struct hd_taken_row *row = &t->row[t->count];

	if (!hash || hash == line || hash - line >= PATH_83_MAX || t->count == HD_TAKEN)
		return;
	*hash++ = '\0';
	*row = (struct hd_taken_row){ .known = true };
	if (sscanf(hash, "%16" SCNx64, &row->host) != 1)
		return;
	strcpy(row->alias, line);
	t->count++;
}

void hd_taken_load(const struct hostdir *disk, int dir, struct hd_taken *t)
{
	char path[32], text[4096], *line, *save;
	ssize_t n;

	t->count = 0;
	if (disk->no_xattr)
		return;
	proc_path(path, dir);
	n = getxattr(path, XATTR_ALIASES, text, sizeof text - 1);
	if (n <= 0)
		return;
	text[n] = '\0';
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		take_line(t, line);
}

struct hd_taken_row *hd_taken_find(struct hd_taken *t, const char *alias)
{
	for (unsigned i = 0; i < t->count; i++)
		if (strcmp(t->row[i].alias, alias) == 0)
			return &t->row[i];
	return NULL;
}

struct hd_taken_row *hd_taken_add(struct hd_taken *t, const char *alias)
{
	struct hd_taken_row *row = hd_taken_find(t, alias);

	if (row || t->count == HD_TAKEN)
		return row;
	row = &t->row[t->count++];
	*row = (struct hd_taken_row){ .wanted = true };
	strcpy(row->alias, alias);
	return row;
}

static bool is_news(const struct hd_taken *t)
{
	for (unsigned i = 0; i < t->count; i++)
		if (t->row[i].known != t->row[i].wanted)
			return true;
	return false;
}

bool hd_taken_store(const struct hostdir *disk, int dir, const struct hd_taken *t)
{
	char path[32], text[TEXT_MAX + 32];
	size_t n = 0;

	if (disk->no_xattr || disk->config.read_only || !is_news(t))
		return false;
	for (unsigned i = 0; i < t->count && n < TEXT_MAX; i++)
		if (t->row[i].wanted)
			n += snprintf(text + n, sizeof text - n, "%s %016" PRIx64 "\n",
				      t->row[i].alias, t->row[i].host);
	proc_path(path, dir);
	if (!n)
		return removexattr(path, XATTR_ALIASES) == 0;
	return setxattr(path, XATTR_ALIASES, text, n, 0) == 0;
}
