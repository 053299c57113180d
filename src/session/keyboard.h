/* keyboard.h - the layout of the user's keyboard.  */

#ifndef SESSION_KEYBOARD_H
#define SESSION_KEYBOARD_H

/* The DOS name of what --keyboard says; of "auto", what the host says: XKB's
 * variable, the console's configuration, the locale; "us" if none of them is a
 * layout that we have.  */
const char *keyboard_layout(const char *setting);

#endif
