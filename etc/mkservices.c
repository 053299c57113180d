/* mkservices.c - the supported services, from the tables that serve them, as
 * the body of dosvm-services(7).  Run by make.  */

#include <stdio.h>

#include "bios/parts.h"
#include "dos/int21.h"
#include "dos/multiplex.h"
#include "xmem/xms.h"

static void title(unsigned interrupt, const char *what)
{
	printf(".SS INT %02Xh \\- %s\n.nf\n", interrupt, what);
}

static void row(unsigned function, const char *name)
{
	printf("\\fB%02Xh\\fR  %s\n", function, name);
}

static void bios(void)
{
	for (unsigned i = 0; i < bios_vectors; i++) {
		const struct bios_vector *v = &bios_vector[i];

		title(v->n, v->name);
		for (unsigned f = 0; f < v->functions; f++)
			if (v->function[f].serve)
				row(f, v->function[f].name);
		puts(".fi");
	}
}

static void dos(void)
{
	title(0x21, "DOS");
	for (unsigned f = 0; f < 0x100; f++)
		if (int21_table[f].serve)
			row(f, int21_table[f].name);
	puts(".fi");
}

static void multiplex(void)
{
	title(0x2f, "multiplex");
	for (unsigned i = 0; i < multiplex_rows; i++)
		row(multiplex_table[i].ah, multiplex_table[i].entry.name);
	puts(".fi\n.SS INT 2Fh, AH = 12h, by AL\n.nf");
	for (unsigned i = 0; i < multiplex_internals; i++)
		if (multiplex_internal[i].serve)
			row(i, multiplex_internal[i].name);
	puts(".fi");
}

static void xms(void)
{
	puts(".SS XMS, by AH (INT 2Fh, AX = 4310h)\n.nf");
	for (unsigned f = 0; f < XMS_FUNCTIONS; f++)
		if (xms_table[f].serve)
			row(f, xms_table[f].name);
	puts(".fi");
}

int main(void)
{
	puts(".SH BIOS");
	bios();
	puts(".SH DOS");
	dos();
	multiplex();
	xms();
	return fclose(stdout) != 0;
}
