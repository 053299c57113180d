/* pairs.c - what FC and COMP compare: a file of the first name with what the
 * second makes of it.  Either may be a directory or have wildcards.  */

#include "tool.h"

static char dir1[PATH_SIZE], mask1[PATH_SIZE], dir2[PATH_SIZE], mask2[PATH_SIZE];
static int many;
static struct find f;

int pairs_begin(char *first, char *second)
{
	char pattern[PATH_SIZE];

	upper_text(first);
	upper_text(second);
	split_dir(first, dir1, mask1);
	if (split_dir(second, dir2, mask2) && !has_wildcard(mask1))
		copy(mask2, mask1);
	join(pattern, dir1, mask1);
	many = has_wildcard(mask1) && !find_first(pattern, A_READ_ONLY, &f);
	return many || !has_wildcard(mask1);
}

void pair_names(char *first, char *second)
{
	const char *name = many ? f.name : mask1;
	char other[14];

	join(first, dir1, name);
	fill_in(other, name, mask2);
	join(second, dir2, other);
}

int pairs_next(void)
{
	return many && !find_next(&f);
}
