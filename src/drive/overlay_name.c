/* overlay_name.c - names of two drives in one directory.  */

#include "drive/overlay.h"

#include <string.h>

#include "base/cp.h"

bool ov_same_name(const struct overlay *ov, const char *a, const char *b)
{
	while (*a && cp_upper(ov->code_page, *a) == cp_upper(ov->code_page, *b))
		a++, b++;
	return !*a && !*b;
}

/* Two characters of the name, four of a hash of the long one (FNV-1a), as hostdir's
 * aliases have them; but the digit behind ~ is 0, which those never have.  The nth
 * is that of another hash.  */
bool ov_make_name(const struct overlay *ov, const struct drive_info *info, unsigned n,
		  char out[PATH_83_MAX])
{
	static const char digit[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	const char *dot = strrchr(info->name, '.');
	uint64_t hash = 0xcbf29ce484222325 + n;
	size_t at = strcspn(info->name, "~.");

	if (n > 99)
		return false;
	for (const char *s = info->long_name; *s; s++)
		hash = (hash ^ cp_upper(ov->code_page, *s)) * 0x100000001b3;
	hash ^= hash >> 40 ^ hash >> 20;
	at = at < 2 ? at : 2;
	memcpy(out, info->name, at);
	for (unsigned i = 0; i < 4; i++, hash >>= 5)
		out[at++] = digit[hash & 31];
	out[at++] = '~';
	out[at++] = '0';
	strcpy(out + at, dot && strlen(dot) <= 4 ? dot : "");
	return true;
}
