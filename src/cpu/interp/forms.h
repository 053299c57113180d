/* forms.h - handlers in all widths and forms from one macro.  */

#ifndef CPU_INTERP_FORMS_H
#define CPU_INTERP_FORMS_H

#define FORMS(M, name) \
	M(name, W8, F_R) M(name, W8, F_M16) M(name, W8, F_M32) \
	M(name, W16, F_R) M(name, W16, F_M16) M(name, W16, F_M32) \
	M(name, W32, F_R) M(name, W32, F_M16) M(name, W32, F_M32)
#define FORMS_WORD(M, name) \
	M(name, W16, F_R) M(name, W16, F_M16) M(name, W16, F_M32) \
	M(name, W32, F_R) M(name, W32, F_M16) M(name, W32, F_M32)
#define FORMS_MEMORY(M, name) \
	M(name, W8, F_M16) M(name, W8, F_M32) M(name, W16, F_M16) \
	M(name, W16, F_M32) M(name, W32, F_M16) M(name, W32, F_M32)
#define WIDTHS(M, name) M(name, W8) M(name, W16) M(name, W32)
#define WORDS(M, name) M(name, W16) M(name, W32)

#define SET(name) \
	const struct cpu_handlers h_##name = { { \
		{ name##_W8_F_R, name##_W8_F_M16, name##_W8_F_M32 }, \
		{ name##_W16_F_R, name##_W16_F_M16, name##_W16_F_M32 }, \
		{ name##_W32_F_R, name##_W32_F_M16, name##_W32_F_M32 } } }
#define SET_WORD(name) \
	const struct cpu_handlers h_##name = { { { NULL, NULL, NULL }, \
		{ name##_W16_F_R, name##_W16_F_M16, name##_W16_F_M32 }, \
		{ name##_W32_F_R, name##_W32_F_M16, name##_W32_F_M32 } } }
#define SET_MEMORY(name) \
	const struct cpu_handlers h_##name = { { \
		{ NULL, name##_W8_F_M16, name##_W8_F_M32 }, \
		{ NULL, name##_W16_F_M16, name##_W16_F_M32 }, \
		{ NULL, name##_W32_F_M16, name##_W32_F_M32 } } }
#define SET_MEMORY_WORD(name) \
	const struct cpu_handlers h_##name = { { { NULL, NULL, NULL }, \
		{ NULL, name##_W16_F_M16, name##_W16_F_M32 }, \
		{ NULL, name##_W32_F_M16, name##_W32_F_M32 } } }
/* By width only; for instructions without an r/m operand.  */
#define SET_WIDTHS(name) \
	const struct cpu_handlers h_##name = { { \
		{ name##_W8, name##_W8, name##_W8 }, \
		{ name##_W16, name##_W16, name##_W16 }, \
		{ name##_W32, name##_W32, name##_W32 } } }
#define SET_WORDS(name) \
	const struct cpu_handlers h_##name = { { { NULL, NULL, NULL }, \
		{ name##_W16, name##_W16, name##_W16 }, \
		{ name##_W32, name##_W32, name##_W32 } } }

#endif
