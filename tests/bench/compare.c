/* compare.c - how long commands take, measured in turns.
 *
 *	compare ROUNDS NAME=COMMAND...
 *
 * A round runs every command once, with its output thrown away, so that
 * whatever else the computer does meets all of them.  Printed are medians,
 * in milliseconds: of the time that passed, and of the processor's time
 * (user + system, children included).  Commands are words with blanks
 * between them; no shell is started.  */

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WORDS	64

struct contender {
	const char *name;
	char *word[WORDS];
	double *wall, *cpu;	/* one of each a round */
	int status;
};

static double seconds(struct timeval t)
{
	return t.tv_sec + t.tv_usec / 1e6;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static void become(char **word)
{
	int null = open("/dev/null", O_RDWR);

	dup2(null, 0);
	dup2(null, 1);
	dup2(null, 2);
	execvp(word[0], word);
	_exit(127);
}

static bool measure(struct contender *c, int round)
{
	double begin = now();
	struct rusage used;
	pid_t pid = fork();

	if (pid == 0)
		become(c->word);
	if (pid < 0 || wait4(pid, &c->status, 0, &used) != pid)
		return false;
	c->wall[round] = (now() - begin) * 1e3;
	c->cpu[round] = (seconds(used.ru_utime) + seconds(used.ru_stime)) * 1e3;
	return true;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *v, int n)
{
	qsort(v, n, sizeof *v, by_value);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

static bool read_contender(struct contender *c, char *text, int rounds)
{
	char *equals = strchr(text, '='), *rest;
	int n = 0;

	if (!equals)
		return false;
	*equals = '\0';
	c->name = text;
	for (char *w = strtok_r(equals + 1, " ", &rest); w && n < WORDS - 1;
	     w = strtok_r(NULL, " ", &rest))
		c->word[n++] = w;
	c->wall = calloc(rounds, sizeof *c->wall);
	c->cpu = calloc(rounds, sizeof *c->cpu);
	return n > 0 && c->wall && c->cpu;
}

static void report(struct contender *c, int rounds)
{
	printf("%-16s %8.2f %8.2f", c->name, median(c->wall, rounds), median(c->cpu, rounds));
	if (WIFEXITED(c->status) && WEXITSTATUS(c->status))
		printf("   exit status %d", WEXITSTATUS(c->status));
	else if (!WIFEXITED(c->status))
		printf("   ended by signal %d", WTERMSIG(c->status));
	putchar('\n');
}

int main(int argc, char **argv)
{
	int rounds = argc > 2 ? atoi(argv[1]) : 0, n = argc - 2;
	struct contender *c = rounds > 0 ? calloc(n, sizeof *c) : NULL;

	for (int i = 0; c && i < n; i++)
		if (!read_contender(&c[i], argv[i + 2], rounds))
			c = NULL;
	if (!c) {
		fputs("usage: compare ROUNDS NAME=COMMAND...\n", stderr);
		return 2;
	}
	for (int round = 0; round < rounds; round++)
		for (int i = 0; i < n; i++)
			if (!measure(&c[i], round)) {
				perror(c[i].name);
				return 1;
			}
	printf("%-16s %8s %8s   (ms, medians of %d)\n", "", "elapsed", "cpu", rounds);
	for (int i = 0; i < n; i++)
		report(&c[i], rounds);
	return 0;
}
