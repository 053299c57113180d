/* error.h - what XMS functions answer in BL (XMS specification 3.0).  */

#ifndef XMEM_ERROR_H
#define XMEM_ERROR_H

enum xms_error {
	XMS_OK = 0x00,
	XMS_NOT_IMPLEMENTED = 0x80,
	XMS_A20_ERROR = 0x82,
	XMS_NO_HMA = 0x90,
	XMS_HMA_IN_USE = 0x91,
	XMS_HMA_TOO_SMALL = 0x92,	/* asked for less than HMAMIN */
	XMS_HMA_NOT_ALLOCATED = 0x93,
	XMS_A20_STILL_ON = 0x94,
	XMS_NO_MEMORY = 0xa0,
	XMS_NO_HANDLE = 0xa1,
	XMS_BAD_HANDLE = 0xa2,
	XMS_BAD_SOURCE = 0xa3,
	XMS_BAD_SOURCE_OFFSET = 0xa4,
	XMS_BAD_TARGET = 0xa5,
	XMS_BAD_TARGET_OFFSET = 0xa6,
	XMS_BAD_LENGTH = 0xa7,
	XMS_NOT_LOCKED = 0xaa,
	XMS_LOCKED = 0xab,
	XMS_TOO_MANY_LOCKS = 0xac,
	XMS_SMALLER_UMB = 0xb0,		/* there is a smaller one */
	XMS_NO_UMB = 0xb1,
	XMS_BAD_UMB = 0xb2,
};

#endif
