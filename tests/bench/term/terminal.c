/* terminal.c - a terminal that only counts: runs a command on a pseudo terminal of
 * 80x25, reads what it writes as fast as it comes, and prints how many bytes that
 * were, the seconds that passed and those of the processor (user and system).
 *
 * usage: terminal COMMAND [ARGUMENT...]  */

#include <errno.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static double seconds(struct timeval t)
{
	return t.tv_sec + t.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
	struct winsize size = { .ws_col = 80, .ws_row = 25 };
	unsigned long long bytes = 0;
	struct rusage used;
	char buf[65536];
	int fd, status;
	ssize_t n;
	double began = now();
	pid_t pid;

	if (argc < 2)
		return 2;
	pid = forkpty(&fd, NULL, NULL, &size);
	if (pid < 0) {
		perror("forkpty");
		return 1;
	}
	if (pid == 0) {
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	while ((n = read(fd, buf, sizeof buf)) > 0 || (n < 0 && errno == EINTR))
		bytes += n > 0 ? n : 0;
	wait4(pid, &status, 0, &used);
	printf("%llu bytes, %.2f s passed, %.2f s of the processor, status %d\n", bytes,
	       now() - began, seconds(used.ru_utime) + seconds(used.ru_stime),
	       WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
	return 0;
}
