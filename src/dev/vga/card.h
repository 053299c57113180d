/* card.h - the VGA as one of the video cards.  */

#ifndef DEV_VGA_CARD_H
#define DEV_VGA_CARD_H

struct video_verbs;

extern const struct video_verbs vga_verbs;

#endif
