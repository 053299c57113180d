/* card.h - these cards among the video cards.  */

#ifndef DEV_CRT_CARD_H
#define DEV_CRT_CARD_H

struct video_verbs;

extern const struct video_verbs crt_verbs;

#endif
