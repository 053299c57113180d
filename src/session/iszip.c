/* iszip.c - whether a file is a zip, by its name or its first bytes.  */

#include "session/unzip.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

bool unzip_is_zip(const char *path)
{
	const char *base = strrchr(path, '/'), *dot = strrchr(base ? base : path, '.');
	unsigned char head[4] = { 0 };
	struct stat st;
	FILE *f;

	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	if (dot && strcasecmp(dot, ".zip") == 0)
		return true;
	/* One that unpacks itself is a program; and those may begin with any bytes.  */
	if (dot && (strcasecmp(dot, ".exe") == 0 || strcasecmp(dot, ".com") == 0 ||
		    strcasecmp(dot, ".bat") == 0))
		return false;
	f = fopen(path, "rb");
	if (!f)
		return false;
	if (fread(head, 1, sizeof head, f) != sizeof head)
		head[0] = 0;
	fclose(f);
	return memcmp(head, "PK\3\4", 4) == 0;
}
