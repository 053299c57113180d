/* makeimage.h - new disk images (--make-image).  */

#ifndef SESSION_MAKEIMAGE_H
#define SESSION_MAKEIMAGE_H

#include <stdbool.h>

struct error;

/* text: "FILE,SIZE[,KIND]", as the setting has it.  A file that exists is left alone.  */
bool make_image(const char *text, struct error *err);

#endif
