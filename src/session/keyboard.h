/* keyboard.h - the layout of the user's keyboard.  */

#ifndef SESSION_KEYBOARD_H
#define SESSION_KEYBOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "plugin.h"

struct layout;

/* The DOS name of what --keyboard says; of "auto", what the host says: XKB's
 * variable, the console's configuration, the locale; "us" if none of them is a
 * layout that we have.  */
const char *keyboard_layout(const char *setting);

/* The layout that has most of these characters (plugin.h, `printed') on their keys, and
 * whether in its second alphabet; `now' is better than another that is as good.  NULL: none
 * is much like it.  */
const struct layout *keyboard_like(const uint32_t ch[PLUGIN_KEYS], const struct layout *now,
				   unsigned code_page, bool *second);

#endif
