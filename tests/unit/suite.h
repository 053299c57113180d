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

static inline int suite_run(const char *name, const TTest *const *tests)
{
	Suite *s = suite_create(name);
	TCase *tc = tcase_create(name);
	SRunner *sr;
	int failed;

	while (*tests)
		tcase_add_test(tc, *tests++);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
