/* plugin_empty.c - a shared object that is no plugin.  */

int plugin_that_is_none(void);

int plugin_that_is_none(void)
{
	return 0;
}
