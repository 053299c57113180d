/* words.c - the commands, and the keys.  */

#include "control/words.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "plugin.h"

const struct control_word control_word[CONTROL_WORDS] = {
	[DO_SCREEN] = { "screen", "[--region X,Y,W,H]",
		"\"region\":[x,y,w,h], \"attributes\":true, \"colors\":true",
		"\"mode\":\"text\" or \"graphics\", \"width\", \"height\", \"rows\":[string,...], "
		"\"cursor\":{\"x\",\"y\",\"top\",\"bottom\"} or null; \"attributes\":[[number,...],...]; "
		"\"foreground\", \"background\":[[0xRRGGBB,...],...]",
		"The text screen, a string a row, trailing blanks left out. Of a picture in pixels "
		"there are no rows." },
	[DO_KEYS] = { "keys", "KEY...",
		"\"keys\":[string,...], \"timeout\":ms",
		"",
		"Strike keys, one after the other. A key is a name, with Shift+, Ctrl+ and Alt+ before "
		"it if they are to be held. down:NAME and up:NAME only press it or let it go. Done when "
		"the program has taken them." },
	[DO_TYPE] = { "type", "TEXT",
		"\"text\":string, \"timeout\":ms",
		"",
		"Type text. A line feed is the Enter key. Done when the program has taken all of it." },
	[DO_MOUSE] = { "mouse", "ACTION X Y [X2 Y2] [BUTTON] | by DX DY | wheel NOTCHES",
		"\"action\":\"move\", \"down\", \"up\", \"click\", \"double\", \"drag\", \"by\" or \"wheel\"; "
		"\"x\", \"y\", for drag \"to\":[x,y], for by \"dx\", \"dy\"; "
		"\"unit\":\"cells\" (the default) or \"pixels\"; "
		"\"button\":\"left\", \"right\" or \"middle\"; \"notches\" (towards the user), "
		"\"timeout\":ms",
		"",
		"Move the mouse there, and do something with it. X and Y begin with 0 at the left and "
		"the top. \"by\" moves it by so many mickeys from where it is, as a mouse on the table." },
	[DO_JOYSTICK] = { "joystick", "NUMBER AXIS... [hat DIRECTION] [press BUTTON...] | NUMBER unplug",
		"\"joystick\":1 or 2; \"axes\":[number,...]; \"hat\":\"up\", \"down\", \"left\" or "
		"\"right\"; \"buttons\":[number,...]; \"plugged\":boolean",
		"",
		"Hold a joystick so until the next time: two to four axes from -1 (left, up) over 0 (at "
		"rest) to 1 (right, down), its hat, and buttons from 1 to 4. What is not given is at "
		"rest. It is plugged in with that; \"plugged\":false pulls it out." },
	[DO_WAIT_TEXT] = { "wait-text", "PATTERN [--region X,Y,W,H] [--timeout MS]",
		"\"pattern\":string, \"region\":[x,y,w,h], \"timeout\":ms",
		"\"x\", \"y\", \"text\"",
		"Wait until the text on the screen matches an extended regular expression (regex(7), "
		"without back references); ^ and $ are a row's ends. Answers where, and what matched; "
		"when time is up, with the rows that are there instead." },
	[DO_WAIT_IDLE] = { "wait-idle", "[MS] [--timeout MS]",
		"\"idle\":ms (100 if not given), \"timeout\":ms",
		"",
		"Wait until the program has had nothing to do for so much time of its clock, all keys "
		"taken." },
	[DO_SCREENSHOT] = { "screenshot", "FILE",
		"\"file\":string",
		"\"width\", \"height\"",
		"Write what the screen shows as a PNG file." },
	[DO_RECORD] = { "record", "[FILE]",
		"\"file\":string",
		"\"file\"",
		"Write video to a file of this name (.mkv, .nut), as dosvm --record-video does; without "
		"one, end it. Answers the name." },
	[DO_STATE_SAVE] = { "state-save", "FILE",
		"\"file\":string",
		"\"size\"",
		"Write a snapshot of the machine, with which dosvm --state=FILE goes on." },
	[DO_INSERT] = { "insert", "DRIVE FILE",
		"\"drive\":\"A\" or \"B\", \"file\":string",
		"",
		"Put another diskette into a drive that has had one from the start: the image of "
		"dosvm(1), DISK IMAGES." },
	[DO_PAUSE] = { "pause", "", "", "",
		"Stop the machine's clock. All but keys, mouse and waiting goes on to be served." },
	[DO_RESUME] = { "resume", "", "", "", "Let it go on." },
	[DO_INFO] = { "info", "", "",
		"\"mode\", \"width\", \"height\", \"code_page\", \"time\" (ms of the guest's clock), "
		"\"instructions\", \"waits\":\"none\", \"time\", \"key\", \"stream\" or \"poll\", "
		"\"paused\":boolean",
		"How the machine is." },
	[DO_PACE] = { "pace", "", "",
		"microseconds: \"guest\" (its clock), \"host\" (since the run began), \"late\" (guest "
		"time behind the host's, at the end of the last slice), \"behind\", \"ahead\" (at most "
		"so far), \"lost\" (given up after the host had slept), \"mean\", \"most_95\", "
		"\"most_99\", \"max\"; \"shown\", \"dropped\"",
		"How guest time goes with the host's before a front end, and the pictures it was given "
		"and not. mean to max: by how much the time between two of them differed from that "
		"between their dates in the guest; of all, 95 %, 99 %, and at most." },
	[DO_EXIT] = { "exit", "[STATUS]",
		"\"status\":number",
		"",
		"End the run, with this exit status of dosvm, 0 if not given." },
};

enum control_do control_word_named(const char *name)
{
	for (unsigned i = 0; i < CONTROL_WORDS; i++)
		if (strcmp(control_word[i].name, name) == 0)
			return i;
	return CONTROL_WORDS;
}

/* USB HID Usage Tables, "Keyboard/Keypad page".  */
const struct control_key control_key[] = {
	{ "A", 0x04 }, { "B", 0x05 }, { "C", 0x06 }, { "D", 0x07 }, { "E", 0x08 }, { "F", 0x09 },
	{ "G", 0x0a }, { "H", 0x0b }, { "I", 0x0c }, { "J", 0x0d }, { "K", 0x0e }, { "L", 0x0f },
	{ "M", 0x10 }, { "N", 0x11 }, { "O", 0x12 }, { "P", 0x13 }, { "Q", 0x14 }, { "R", 0x15 },
	{ "S", 0x16 }, { "T", 0x17 }, { "U", 0x18 }, { "V", 0x19 }, { "W", 0x1a }, { "X", 0x1b },
	{ "Y", 0x1c }, { "Z", 0x1d }, { "1", 0x1e }, { "2", 0x1f }, { "3", 0x20 }, { "4", 0x21 },
	{ "5", 0x22 }, { "6", 0x23 }, { "7", 0x24 }, { "8", 0x25 }, { "9", 0x26 }, { "0", 0x27 },
	{ "Enter", 0x28 }, { "Return", 0x28 }, { "Esc", 0x29 }, { "Escape", 0x29 },
	{ "Backspace", 0x2a }, { "Tab", 0x2b }, { "Space", 0x2c }, { "-", 0x2d }, { "Minus", 0x2d },
	{ "=", 0x2e }, { "Equal", 0x2e }, { "[", 0x2f }, { "]", 0x30 }, { "\\", 0x31 },
	{ "Backslash", 0x31 }, { ";", 0x33 }, { "'", 0x34 }, { "`", 0x35 }, { ",", 0x36 },
	{ ".", 0x37 }, { "/", 0x38 }, { "CapsLock", 0x39 },
	{ "F1", 0x3a }, { "F2", 0x3b }, { "F3", 0x3c }, { "F4", 0x3d }, { "F5", 0x3e },
	{ "F6", 0x3f }, { "F7", 0x40 }, { "F8", 0x41 }, { "F9", 0x42 }, { "F10", 0x43 },
	{ "F11", 0x44 }, { "F12", 0x45 }, { "PrintScreen", 0x46 }, { "ScrollLock", 0x47 },
	{ "Pause", 0x48 }, { "Break", 0x48 }, { "Ins", 0x49 }, { "Insert", 0x49 },
	{ "Home", 0x4a }, { "PgUp", 0x4b }, { "PageUp", 0x4b }, { "Del", 0x4c },
	{ "Delete", 0x4c }, { "End", 0x4d }, { "PgDn", 0x4e }, { "PageDown", 0x4e },
	{ "Right", 0x4f }, { "Left", 0x50 }, { "Down", 0x51 }, { "Up", 0x52 },
	{ "NumLock", 0x53 }, { "Pad/", 0x54 }, { "Pad*", 0x55 }, { "Pad-", 0x56 },
	{ "Pad+", 0x57 }, { "PadEnter", 0x58 }, { "Pad1", 0x59 }, { "Pad2", 0x5a },
	{ "Pad3", 0x5b }, { "Pad4", 0x5c }, { "Pad5", 0x5d }, { "Pad6", 0x5e }, { "Pad7", 0x5f },
	{ "Pad8", 0x60 }, { "Pad9", 0x61 }, { "Pad0", 0x62 }, { "Pad.", 0x63 }, { "102nd", 0x64 },
	{ "Ctrl", 0xe0 }, { "Shift", 0xe1 }, { "Alt", 0xe2 }, { "RightCtrl", 0xe4 },
	{ "RightShift", 0xe5 }, { "RightAlt", 0xe6 }, { "AltGr", 0xe6 },
	{ NULL, 0 },
};

static uint16_t key_named(const char *name)
{
	for (const struct control_key *k = control_key; k->name; k++)
		if (strcasecmp(k->name, name) == 0)
			return k->key;
	return 0;
}

uint16_t control_key_named(const char *text, unsigned *modifiers)
{
	static const struct { const char *name; unsigned bit; } held[] = {
		{ "Shift+", STROKE_SHIFT }, { "Ctrl+", STROKE_CTRL }, { "Alt+", STROKE_ALT },
	};
	unsigned i = 0;

	*modifiers = 0;
	while (i < sizeof held / sizeof held[0])
		if (strncasecmp(text, held[i].name, strlen(held[i].name)) == 0) {
			*modifiers |= held[i].bit;
			text += strlen(held[i].name);
			i = 0;
		} else {
			i++;
		}
	return key_named(text);
}
