/* pads.h - the host's joysticks and game pads on their way to the guest's game port.
 *
 * A pad that SDL's controller database knows has the same buttons in the same places as
 * any other (dosvm(1), JOYSTICKS); of other joysticks the first four axes and buttons
 * count, and the first hat.  */

#ifndef SDL_PADS_H
#define SDL_PADS_H

#include <SDL_events.h>
#include <SDL_gamecontroller.h>
#include <SDL_joystick.h>
#include <stdbool.h>
#include <stdint.h>

#include "plugin.h"

struct pads {
	const struct plugin_host *host;
	bool ready;			/* SDL looks for them */
	int dead;			/* an axis this near to its middle is there, of PAD_MOST */
	int64_t moved_ms;		/* when one was used last */
	struct pad {
		SDL_JoystickID id;
		SDL_Joystick *stick;	/* NULL: there is none */
		SDL_GameController *known;	/* the same, if the database has it */
		struct pad_event told;
	} pad[PADS];
};

/* Those that are there come as events.  dead: in percent.  */
void pads_init(struct pads *p, const struct plugin_host *host, int dead);
void pads_fini(struct pads *p);
/* One is plugged in: its name; one is pulled out: "".  NULL: neither, or there are two.  */
const char *pads_take(struct pads *p, const SDL_Event *ev, int64_t now_ms);
/* They cannot be slept on: when they are to be asked; -1: not at all.  */
int pads_due_ms(const struct pads *p, int64_t now_ms);

#endif
