/* mkicon.c - the icon: 16 by 16 dots, as one would have drawn it then.
 *
 *	mkicon svg		a drawing, to standard output
 *	mkicon png SIZE		the same in so many dots, a multiple of 16  */

#include "config.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_PNG
#include <png.h>
#endif

#define DOTS	16
#define SIZE_MOST	1024

static const char *const drawing[DOTS] = {
	"                ",
	" kkkkkkkkkkkkkk ",
	"kggggggggggggggk",
	"kgssssssssssssgk",
	"kgsswwswssssssgk",
	"kgswsssswsssssgk",
	"kgswssssswssssgk",
	"kgswsssswsssssgk",
	"kgsswwswssswwsgk",
	"kgssssssssssssgk",
	"kgssssssssssssgk",
	"kgggggggggglggdk",
	" kkkkkkkkkkkkkk ",
	"     kddddk     ",
	"   kddddddddk   ",
	"   kkkkkkkkkk   ",
};

static uint32_t color_of(char c)
{
	switch (c) {
	case 'k': return 0x20242c;	/* its edge */
	case 'g': return 0xd8d4c4;	/* the case, */
	case 'd': return 0xa8a494;	/* in the shadow */
	case 's': return 0x0000aa;	/* EGA's blue */
	case 'w': return 0xffffff;
	case 'l': return 0x55ff55;
	}
	return 0;
}

/* A run of dots of one colour is a rectangle.  */
static int make_svg(void)
{
	puts("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	     "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"256\" height=\"256\" "
	     "viewBox=\"0 0 16 16\" shape-rendering=\"crispEdges\">");
	for (unsigned y = 0; y < DOTS; y++)
		for (unsigned x = 0, n; x < DOTS; x += n) {
			for (n = 1; x + n < DOTS && drawing[y][x + n] == drawing[y][x]; n++)
				;
			if (drawing[y][x] != ' ')
				printf("<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"1\" fill=\"#%06x\"/>\n",
				       x, y, n, (unsigned)color_of(drawing[y][x]));
		}
	puts("</svg>");
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#ifdef HAVE_PNG
static int make_png(unsigned size)
{
	png_image image = { .version = PNG_IMAGE_VERSION, .format = PNG_FORMAT_RGBA,
			    .width = size, .height = size };
	uint8_t *dot = calloc((size_t)size * size, 4);
	int ok;

	for (unsigned i = 0; dot && i < size * size; i++) {
		char c = drawing[i / size * DOTS / size][i % size * DOTS / size];
		uint32_t color = color_of(c);

		dot[4 * i] = color >> 16;
		dot[4 * i + 1] = color >> 8;
		dot[4 * i + 2] = color;
		dot[4 * i + 3] = c == ' ' ? 0 : 255;
	}
	ok = dot && png_image_write_to_stdio(&image, stdout, 0, dot, 0, NULL);
	free(dot);
	return ok && fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
#endif

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "svg") == 0)
		return make_svg();
#ifdef HAVE_PNG
	if (argc == 3 && strcmp(argv[1], "png") == 0) {
		unsigned long size = strtoul(argv[2], NULL, 10);

		if (size && size <= SIZE_MOST && size % DOTS == 0)
			return make_png(size);
	}
#endif
	fputs("usage: mkicon svg | png SIZE\n", stderr);
	return EXIT_FAILURE;
}
