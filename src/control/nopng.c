/* nopng.c - png.c of a dosvm built without libpng.  */

#include "control/parts.h"

bool screenshot(struct ask *a)
{
	error_set(&a->error, "this dosvm was built without libpng");
	return false;
}
