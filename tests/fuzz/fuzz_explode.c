/* fuzz_explode.c - what PKZIP 1 has packed: a byte says how, two how long it is to become,
 * and the rest is it.  */

#include "fuzz.h"

#include <stdlib.h>

#include "session/explode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t most;
	uint8_t *out;

	if (size < 3)
		return 0;
	most = data[1] | data[2] << 8;
	out = malloc(most ? most : 1);
	if (!out)
		return 0;
	if (data[0] & 1)
		unshrink(data + 3, size - 3, out, most);
	else
		explode(data + 3, size - 3, data[0] & (EXPLODE_8K | EXPLODE_LITERALS), out, most);
	free(out);
	return 0;
}
