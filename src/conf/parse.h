/* parse.h - from a setting's text to its value; private to conf.  */

#ifndef CONF_PARSE_H
#define CONF_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct conf_key;

/* *num becomes the value, 0 for types that are text.  False: the text is
 * none of this setting; *num is unspecified.  */
bool conf_parse(const struct conf_key *key, const char *text, int64_t *num);

/* What may stand there, as in "a size from 1M to 1G".  */
void conf_describe(const struct conf_key *key, char *buf, size_t size);

#endif
