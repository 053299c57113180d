/* vpad.c - a game pad that is not there, for tests of the window: preloaded into dosvm,
 * it plugs SDL's virtual ones in, as lines in the named pipe VPAD say:
 *
 *	plug N			N: 0 or 1
 *	pull N
 *	axis N WHICH VALUE	SDL_GameControllerAxis, -32768 to 32767
 *	button N WHICH 0|1	SDL_GameControllerButton  */

#include <SDL.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *sdl;
static int device[2] = { -1, -1 };
static SDL_Joystick *stick[2];

static void *find(const char *name)
{
	void *symbol = dlsym(sdl, name);

	if (!symbol)
		abort();
	return symbol;
}

#define CALL(name) ((__typeof__(&name))find(#name))

static void plug(int n)
{
	device[n] = CALL(SDL_JoystickAttachVirtual)(SDL_JOYSTICK_TYPE_GAMECONTROLLER,
		SDL_CONTROLLER_AXIS_MAX, SDL_CONTROLLER_BUTTON_MAX, 0);
	stick[n] = CALL(SDL_JoystickOpen)(device[n]);
}

static void pull(int n)
{
	SDL_JoystickID id = CALL(SDL_JoystickInstanceID)(stick[n]);

	for (int i = 0; i < CALL(SDL_NumJoysticks)(); i++)
		if (CALL(SDL_JoystickGetDeviceInstanceID)(i) == id)
			CALL(SDL_JoystickDetachVirtual)(i);
	CALL(SDL_JoystickClose)(stick[n]);
	stick[n] = NULL;
}

static void obey(const char *line)
{
	char word[16];
	int n, which = 0, value = 0;

	if (sscanf(line, "%15s %d %d %d", word, &n, &which, &value) < 2 || n < 0 || n > 1)
		return;
	CALL(SDL_LockJoysticks)();
	if (strcmp(word, "plug") == 0)
		plug(n);
	else if (stick[n] && strcmp(word, "pull") == 0)
		pull(n);
	else if (stick[n] && strcmp(word, "axis") == 0)
		CALL(SDL_JoystickSetVirtualAxis)(stick[n], which, value);
	else if (stick[n] && strcmp(word, "button") == 0)
		CALL(SDL_JoystickSetVirtualButton)(stick[n], which, value);
	CALL(SDL_UnlockJoysticks)();
}

static void *listen_to(void *path)
{
	char line[80];
	FILE *f = fopen(path, "r+");		/* never at its end */

	while (f && fgets(line, sizeof line, f))
		obey(line);
	return NULL;
}

/* From when dosvm looks for joysticks.  */
int SDL_InitSubSystem(uint32_t flags)
{
	char *path = getenv("VPAD");
	pthread_t thread;
	int result;

	sdl = dlopen("libSDL2-2.0.so.0", RTLD_LAZY | RTLD_NOLOAD);
	if (!sdl)
		abort();
	result = CALL(SDL_InitSubSystem)(flags);
	if (result == 0 && flags & SDL_INIT_JOYSTICK && path)
		pthread_create(&thread, NULL, listen_to, path);
	return result;
}
