/* suite.h - the main program of a suite is its list of tests:
 *
 *	int main(void)
 *	{
 *		return suite_run("sched", (const TTest *[]){
 *			an_event_fires_on_its_date,
 *			NULL });
 *	}  */

#ifndef SUITE_H
#define SUITE_H

#include <check.h>
#include <stdlib.h>

/* For a suite with loops or a time limit, which it adds to the case itself;
 * a function before and one after each test, either may be NULL.  */
static inline TCase *suite_case(const char *name, void (*before)(void), void (*after)(void))
{
	TCase *tc = tcase_create(name);

	if (before || after)
		tcase_add_checked_fixture(tc, before, after);
	return tc;
}

static inline int suite_run_case(const char *name, TCase *tc)
{
	Suite *s = suite_create(name);
	SRunner *sr;
	int failed;

	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

static inline int suite_run_each(const char *name, void (*before)(void), void (*after)(void),
				 const TTest *const *tests)
{
	TCase *tc = suite_case(name, before, after);

	while (*tests)
		tcase_add_test(tc, *tests++);
	return suite_run_case(name, tc);
}

static inline int suite_run(const char *name, const TTest *const *tests)
{
	return suite_run_each(name, NULL, NULL, tests);
}

#endif
