/* noshot.c - shot.c where there is no libpng.  */

#include "shot.h"

#include <stdio.h>

bool shot_take(const struct picture *p, const char *program, const char *dir, char *text,
	       size_t size)
{
	(void)p, (void)program, (void)dir;
	snprintf(text, size, "This dosvm was built without libpng");
	return false;
}
