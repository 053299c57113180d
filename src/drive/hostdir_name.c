/* hostdir_name.c - host names (UTF-8) and the guest's (a code page).  */

#include "drive/hostdir.h"

#include <string.h>

#include "base/cp.h"

/* What stands for a character that the code page, or DOS, does not have.  */
#define SUBSTITUTE	'_'

/* False: the name is not the same when it comes back, because something
 * had to be replaced.  */
bool hd_to_guest(const struct hostdir *disk, const char *host, char out[DRIVE_NAME_MAX])
{
	size_t len = strnlen(host, HD_HOST_NAME - 1), n = 0;
	bool exact = true;

	for (size_t i = 0; i < len;) {
		uint32_t ch;
		size_t took = utf8_get(host + i, len - i, &ch);
		int byte;

		if (!took) {		/* cut off in the middle of a character */
			took = 1;
			ch = UTF8_BAD;
		}
		i += took;
		byte = ch == UTF8_BAD ? -1 : cp_from_unicode(disk->config.code_page, ch);
		if (byte < 0 || !path_char_long(byte)) {
			byte = SUBSTITUTE;
			exact = false;
		}
		out[n++] = byte;
	}
	/* Programs drop dots and blanks at the end before they ask.  */
	for (size_t k = n; k && (out[k - 1] == '.' || out[k - 1] == ' '); k--) {
		out[k - 1] = SUBSTITUTE;
		exact = false;
	}
	out[n] = '\0';
	return exact;
}

static bool encode(const struct hostdir *disk, const char *name, const uint8_t map[256],
		   char out[HD_HOST_NAME])
{
	size_t n = 0;

	for (; *name; name++) {
		uint8_t ch = map ? map[(uint8_t)*name] : (uint8_t)*name;
		char utf8[UTF8_MAX];
		size_t k = utf8_put(utf8, disk->unicode[ch]);

		if (n + k >= HD_HOST_NAME)
			return false;
		memcpy(out + n, utf8, k);
		n += k;
	}
	out[n] = '\0';
	return true;
}

bool hd_to_host(const struct hostdir *disk, const char *name, char out[HD_HOST_NAME])
{
	return encode(disk, name, NULL, out);
}

bool hd_lower_host(const struct hostdir *disk, const char *name, char out[HD_HOST_NAME])
{
	return encode(disk, name, disk->lower, out);
}

bool hd_upper_host(const struct hostdir *disk, const char *name, char out[HD_HOST_NAME])
{
	return encode(disk, name, disk->upper, out);
}

bool hd_new_host(const struct hostdir *disk, const char *name, bool long_name,
		 char out[HD_HOST_NAME])
{
	if (long_name)
		return path_is_long(name) && hd_to_host(disk, name, out);
	if (!path_is_83(name))
		return false;
	return disk->config.upper ? hd_upper_host(disk, name, out)
				  : hd_lower_host(disk, name, out);
}

/* The characters of a host name that an alias keeps: at most `base' of what
 * stands before the last dot, three of what comes after.  */
struct kept {
	char base[8], ext[3];
	size_t bases, exts;
};

static void keep(const struct hostdir *disk, const char *host, struct kept *k)
{
	char name[DRIVE_NAME_MAX];
	uint8_t fcb[PATH_FCB];

	*k = (struct kept){ 0 };
	hd_to_guest(disk, host, name);
	path_to_basis(disk->config.code_page, name, fcb);
	while (k->bases < sizeof k->base && fcb[k->bases] != ' ')
		k->bases++;
	while (k->exts < sizeof k->ext && fcb[8 + k->exts] != ' ')
		k->exts++;
	memcpy(k->base, fcb, sizeof k->base);
	memcpy(k->ext, fcb + 8, sizeof k->ext);
}

static void put_tail(const struct kept *k, char *out, unsigned n)
{
	*out++ = '~';
	*out++ = '0' + n;
	if (k->exts) {
		*out++ = '.';
		memcpy(out, k->ext, k->exts);
		out += k->exts;
	}
	*out = '\0';
}

void hd_short_alias(const struct hostdir *disk, const char *host, char out[PATH_83_MAX])
{
	struct kept k;
	size_t n;

	keep(disk, host, &k);
	n = k.bases < 6 ? k.bases : 6;
	memcpy(out, k.base, n);
	put_tail(&k, out + n, 1);
}

/* FNV-1a over the host name's bytes, so that not even another code page
 * changes the hash; four digits of base 32 (no I, L, O, U).  */
void hd_hash_alias(const struct hostdir *disk, const char *host, unsigned n,
		   char out[PATH_83_MAX])
{
	static const char digit[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	uint64_t hash = 0xcbf29ce484222325;
	struct kept k;
	size_t at;

	for (const char *s = host; *s; s++)
		hash = (hash ^ (uint8_t)*s) * 0x100000001b3;
	hash ^= hash >> 40 ^ hash >> 20;
	keep(disk, host, &k);
	at = k.bases < 2 ? k.bases : 2;
	memcpy(out, k.base, at);
	for (unsigned i = 0; i < 4; i++, hash >>= 5)
		out[at++] = digit[hash & 31];
	put_tail(&k, out + at, n);
}
