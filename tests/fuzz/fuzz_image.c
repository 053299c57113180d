/* fuzz_image.c - a file that is said to be a disk.
 *
 * The first byte: bit 0 a diskette, the others how much larger than the input the
 * file is, which the rest of the input begins.  Whatever is in it: partitions lie on the
 * disk, beside each other, and nothing outside of them can be read.  */

#include "fuzz.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "drive/partition.h"
#include "drive/volume.h"

#define PIECE	(16 * SECTOR_SIZE)

static int make_file(char *path, const uint8_t *data, size_t size, size_t more)
{
	int fd = mkstemp(path);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size || ftruncate(fd, size + more) != 0)
		abort();
	return fd;
}

static void check_volume(struct image *im, const struct partition *p)
{
	struct volume v = { .image = im, .start = p->start, .sectors = p->sectors };
	uint64_t hostile[] = { 0, p->sectors - 1, p->sectors, UINT32_MAX, UINT64_MAX };
	uint8_t buf[2 * SECTOR_SIZE];
	struct bpb b;
	size_t done;

	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
		enum image_result r = volume_read(&v, hostile[i], buf, 2, &done);

		if (done > 2 || (r == IMAGE_OK) != (done == 2) ||
		    (hostile[i] >= p->sectors && done))
			abort();
	}
	if (volume_bpb(&v, &b) && (!bpb_clusters(&b) || bpb_first_data(&b) >= b.total))
		abort();
}

static void check(struct image *im)
{
	struct partition part[PARTITIONS_MAX];
	unsigned count = partition_scan(im, part);

	if (!im->chs.heads || !im->chs.sectors || count > PARTITIONS_MAX ||
	    (uint64_t)im->chs.cylinders * im->chs.heads * im->chs.sectors > im->sectors)
		abort();
	for (unsigned i = 0; i < count; i++) {
		if (!part[i].sectors || part[i].start >= im->sectors ||
		    part[i].sectors > im->sectors - part[i].start)
			abort();
		for (unsigned j = 0; j < i; j++)
			if (part[i].start < part[j].start + part[j].sectors &&
			    part[j].start < part[i].start + part[i].sectors)
				abort();
		check_volume(im, &part[i]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[] = "/tmp/dosvm-fuzz-XXXXXX";
	struct image im;
	struct error err;
	int fd;

	if (!size)
		return 0;
	fd = make_file(path, data + 1, size - 1, (data[0] >> 1) * PIECE);
	close(fd);
	if (image_open(&im, path, data[0] & 1, true, &err)) {
		check(&im);
		image_close(&im);
	} else if (!*err.text) {
		abort();
	}
	unlink(path);
	return 0;
}
