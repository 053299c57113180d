/* env.c - the environment's variables.  */

#include "tool.h"

/* The value of a variable (NAME in capitals), or 0 if there is none or it does
 * not fit.  */
int environment(const char *name, char *to, u16 size)
{
	u16 seg = peekw(psp, 0x2c), at = 0, n;

	if (!seg)
		return 0;
	while (peek(seg, at)) {
		for (n = 0; name[n] && peek(seg, at + n) == name[n]; n++)
			;
		if (!name[n] && peek(seg, at + n) == '=') {
			at += n + 1;
			for (n = 0; n < size; n++)
				if (!(to[n] = peek(seg, at + n)))
					return 1;
			return 0;
		}
		while (peek(seg, at++))
			;
	}
	return 0;
}
