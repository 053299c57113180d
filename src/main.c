/* main.c - dosvm from the command line.  */

#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "conf/conf.h"
#include "session/makeimage.h"
#include "session/place.h"
#include "session/session.h"

static int refuse(const struct conf *conf, const struct error *err, int status)
{
	fprintf(stderr, "dosvm: %s\n", err->text);
	session_complain(conf, err->text);
	return status;
}

static int run(struct conf *conf, char *const *args)
{
	struct error err = { "" };
	struct place place;
	int status;
	struct session *s;

	/* The archive's or the folder's settings, and those of the program in it.  */
	if (*args && !conf_use_program(conf, *args, &err))
		return refuse(conf, &err, STATUS_REFUSED);
	if (!place_open(&place, conf, &args, &status, &err))
		return refuse(conf, &err, status);
	if (place.opened && *args && !conf_use_program(conf, *args, &err))
		return refuse(conf, &err, STATUS_REFUSED);
	s = session_open(conf, &place, args, &status, &err);
	if (!s)
		return refuse(conf, &err, status);
	status = session_run(s, &err);
	session_close(s);
	return *err.text ? refuse(conf, &err, status) : status;
}

static int start(struct conf *conf, int argc, char **argv)
{
	struct error err = { "" };
	int first = conf_args(conf, argc, argv, &err);

	if (first < 0)
		return refuse(conf, &err, STATUS_REFUSED);
	if (conf_get_bool(conf, "help")) {
		conf_help(stdout);
		return EXIT_SUCCESS;
	}
	if (conf_get_bool(conf, "version")) {
		puts("dosvm " PACKAGE_VERSION);
		return EXIT_SUCCESS;
	}
	if (!conf_load(conf, &err))
		return refuse(conf, &err, STATUS_REFUSED);
	if (*conf_get_text(conf, "make-image"))
		return make_image(conf_get_text(conf, "make-image"), &err) ? EXIT_SUCCESS :
			refuse(conf, &err, STATUS_REFUSED);
	return run(conf, argv + first);
}

/* A stream that the caller has closed (<&-) must not become a file of ours:
 * the guest would read or write that.  */
static void fill_streams(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

int main(int argc, char **argv)
{
	struct error err = { "" };
	struct conf conf;
	int status;

	fill_streams();
	if (!conf_init(&conf, &err)) {
		fprintf(stderr, "dosvm: %s\n", err.text);
		return STATUS_REFUSED;
	}
	status = start(&conf, argc, argv);
	conf_fini(&conf);
	return status;
}
