/* shot.c - PNG files (libpng's simplified API).  */

#include "shot.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <png.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "picture.h"

#define NUMBERS		10000

/* A guest names its programs as it likes; a file of ours is called by letters and
 * digits.  */
static void file_name(char name[16], const char *program)
{
	size_t n = 0;

	for (; *program && n < 8; program++)
		if (isalnum((unsigned char)*program) || *program == '_' || *program == '-')
			name[n++] = tolower((unsigned char)*program);
	name[n] = 0;
	if (!n)
		strcpy(name, "dosvm");
}

/* The first number that is free; path has the file's name.  -1: errno says why.  */
static FILE *new_file(char path[PATH_MAX], const char *program, const char *dir)
{
	char name[16];
	int fd = -1;

	file_name(name, program);
	for (unsigned n = 1; fd < 0 && n < NUMBERS; n++) {
		if (snprintf(path, PATH_MAX, "%s/%s-%04u.png", dir && *dir ? dir : ".", name, n) >=
		    PATH_MAX) {
			errno = ENAMETOOLONG;
			return NULL;
		}
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd < 0 && errno != EEXIST)
			return NULL;
	}
	return fd >= 0 ? fdopen(fd, "wb") : NULL;
}

static uint8_t *bytes_of(const struct picture *p)
{
	size_t n = (size_t)p->width * p->height;
	uint8_t *rgb = p->dot ? malloc(3 * n) : NULL;

	for (size_t i = 0; rgb && i < n; i++) {
		rgb[3 * i] = p->dot[i] >> 16;
		rgb[3 * i + 1] = p->dot[i] >> 8;
		rgb[3 * i + 2] = p->dot[i];
	}
	return rgb;
}

static bool write_png(FILE *f, const struct picture *p, const uint8_t *rgb)
{
	png_image image = {
		.version = PNG_IMAGE_VERSION, .format = PNG_FORMAT_RGB,
		.width = p->width, .height = p->height,
	};
	bool ok = png_image_write_to_stdio(&image, f, 0, rgb, 0, NULL);

	return fclose(f) == 0 && ok;
}

bool shot_take(const struct picture *p, const char *program, const char *dir, char *text,
	       size_t size)
{
	uint8_t *rgb = bytes_of(p);
	char path[PATH_MAX];
	FILE *f;
	bool ok;

	snprintf(text, size, "There is no picture");
	if (!rgb)
		return false;
	f = new_file(path, program, dir);
	errno = f ? 0 : errno;
	ok = f && write_png(f, p, rgb);
	if (f && !ok)
		unlink(path);
	free(rgb);
	if (ok)
		snprintf(text, size, "%s", strncmp(path, "./", 2) == 0 ? path + 2 : path);
	else
		snprintf(text, size, "No screenshot: %s", errno ? strerror(errno) : "it cannot be written");
	return ok;
}
