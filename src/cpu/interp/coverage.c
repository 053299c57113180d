/* coverage.c - counting the opcode table's rows, see coverage.h.  Empty in
 * usual builds.  */

#include "cpu/interp/coverage.h"

#ifdef OPCODE_COVERAGE

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cpu/interp/interp.h"
#include "cpu/parse.h"

#define KEYS	(COVERAGE_ESC + 8 * 256)

/* One bit for each model * 16 + width * 4 + form.  */
struct coverage {
	uint8_t seen[KEYS][16];
};

void coverage_lowered(struct cpu_insn *in, const struct cpu_row *row, unsigned width, unsigned form)
{
	in->row = row;
	in->how = width << 2 | form;
}

static void count(struct coverage *c, unsigned key, unsigned how)
{
	c->seen[key][how / 8] |= 1 << how % 8;
}

void coverage_executed(struct cpu *cpu, const struct cpu_insn *in)
{
	struct interp *it = interp_of(cpu);
	unsigned how = cpu->model << 4 | in->how;

	if (!in->row)
		return;
	if (!it->coverage)
		it->coverage = calloc(1, sizeof *it->coverage);
	if (!it->coverage)
		return;
	count(it->coverage, in->row - cpu_row, how);
	if (in->row->opd[0] == OPD_Ef)
		count(it->coverage, COVERAGE_ESC | (in->op & 7) << 8 | in->modrm, how);
}

/* In one write, so that processes do not mix their records.  */
void coverage_close(struct interp *it)
{
	const char *name = getenv("DOSVM_COVERAGE");
	uint8_t *out = it->coverage && name ? malloc((size_t)KEYS * 128 * COVERAGE_RECORD) : NULL;
	size_t n = 0;
	int fd;

	for (unsigned i = 0; out && i < KEYS * 128; i++)
		if (it->coverage->seen[i / 128][i / 8 % 16] >> i % 8 & 1) {
			const uint8_t record[COVERAGE_RECORD] = {
				i / 128 & 0xff, i / 128 >> 8, i % 128, 0 };

			memcpy(out + n, record, COVERAGE_RECORD);
			n += COVERAGE_RECORD;
		}
	fd = out ? open(name, O_WRONLY | O_APPEND | O_CREAT, 0666) : -1;
	if (fd >= 0 && (write(fd, out, n) != (ssize_t)n || close(fd)))
		abort();
	free(out);
	free(it->coverage);
	it->coverage = NULL;
}

#endif
