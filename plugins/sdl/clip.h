/* clip.h - the clipboard: its text is typed, the text on the screen goes to it.  */

#ifndef SDL_CLIP_H
#define SDL_CLIP_H

#include <stdbool.h>
#include <stddef.h>

#include "plugin.h"

struct clip {
	char *text;			/* being typed; NULL: nothing is */
	size_t typed;			/* bytes */
};

/* False: the screen shows none.  */
bool clip_copy(const struct plugin_host *host);
/* False: the clipboard has none.  */
bool clip_paste(struct clip *c);
/* As much as the guest takes; what does not fit waits.  */
void clip_type(struct clip *c, const struct plugin_host *host);
bool clip_waits(const struct clip *c);
void clip_fini(struct clip *c);

#endif
