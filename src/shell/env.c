/* env.c - the environment in guest memory, which is this shell's own block:
 * strings "NAME=VALUE", each ended by NUL, an empty one, and after it a
 * count and the program's name (DOS 3.0 and later).  The block's size is in
 * its MCB.  */

#include "shell/sh.h"

#include <string.h>

#define ENV_PSP	0x2c		/* offset in the PSP of the environment's segment */

uint16_t sh_env_size(struct sh *sh, uint16_t seg)
{
	uint32_t paras = seg ? guest_r16(sh->g, seg - 1, 3) : 0;

	return paras > 0xfff ? 0xfff0 : paras * 16;
}

/* The length of the string at `at', without its NUL.  */
static uint16_t length(struct sh *sh, uint16_t seg, uint16_t at, uint16_t size)
{
	uint16_t n = 0;

	while (at + n < size && guest_r8(sh->g, seg, at + n))
		n++;
	return n;
}

uint16_t sh_env_used(struct sh *sh, uint16_t seg)
{
	uint16_t size = sh_env_size(sh, seg), at = 0, n;

	while (at < size && (n = length(sh, seg, at, size)) > 0)
		at += n + 1;
	return at < size ? at + 1 : size;
}

bool sh_env_entry(struct sh *sh, uint16_t *at, char *buf, size_t size)
{
	uint16_t seg = sh_r16(sh, ENV_PSP), limit = sh_env_size(sh, seg);
	uint16_t n = *at < limit ? length(sh, seg, *at, limit) : 0;

	if (!n)
		return false;
	if (n < size)
		size = n + 1;
	guest_copy_in(sh->g, buf, seg, *at, size - 1);
	buf[size - 1] = 0;
	*at += n + 1;
	return true;
}

/* The entry for name: where it begins; false if there is none.  */
static bool find(struct sh *sh, const char *name, uint16_t *where, char *buf, size_t size)
{
	size_t n = strlen(name);
	uint16_t at = 0;

	for (*where = 0; sh_env_entry(sh, &at, buf, size); *where = at) {
		size_t i = 0;

		while (i < n && parse_upper(buf[i]) == parse_upper(name[i]))
			i++;
		if (n && i == n && buf[n] == '=')
			return true;
	}
	return false;
}

bool sh_env_get(struct sh *sh, const char *name, char *buf, size_t size)
{
	char entry[2 * SHELL_LINE];
	uint16_t at;

	if (!find(sh, name, &at, entry, sizeof entry))
		return false;
	parse_copy(buf, size, entry + strlen(name) + 1);
	return true;
}

/* Moves what follows the entry at `at' over it.  */
static void take_out(struct sh *sh, uint16_t seg, uint16_t at, uint16_t used)
{
	uint16_t n = length(sh, seg, at, used) + 1;

	for (uint16_t i = at; i + n < used; i++)
		guest_w8(sh->g, seg, i, guest_r8(sh->g, seg, i + n));
}

bool sh_env_set(struct sh *sh, const char *name, const char *value)
{
	uint16_t seg = sh_r16(sh, ENV_PSP), size = sh_env_size(sh, seg);
	uint16_t used = sh_env_used(sh, seg), at;
	char entry[2 * SHELL_LINE];
	size_t n;

	if (!seg || !*name)
		return true;
	if (find(sh, name, &at, entry, sizeof entry)) {
		uint16_t old = length(sh, seg, at, used) + 1;

		/* As DOS does: the old value goes even if the new does not fit.  */
		take_out(sh, seg, at, used);
		used -= old;
	}
	if (!used)
		used = 1;
	if (!value || !*value) {
		guest_w8(sh->g, seg, used - 1, 0);
		return true;
	}
	parse_copy(entry, sizeof entry, name);
	parse_append(entry, sizeof entry, "=");
	parse_append(entry, sizeof entry, value);
	n = strlen(entry) + 1;
	if (used + n > size) {
		guest_w8(sh->g, seg, used - 1, 0);
		return false;
	}
	guest_copy_out(sh->g, seg, used - 1, entry, n);
	guest_w8(sh->g, seg, used - 1 + n, 0);
	return true;
}

void sh_env_program(struct sh *sh, char *buf, size_t size)
{
	uint16_t seg = sh_r16(sh, ENV_PSP), used = sh_env_used(sh, seg);

	buf[0] = 0;
	if (seg && guest_r16(sh->g, seg, used) == 1)
		guest_string(sh->g, (struct far){ used + 2, seg }, buf, size);
}
