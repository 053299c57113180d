; psp_fill.asm - overwrites what DOS up to 6 leaves unused in the PSP, and
; ends with 7.
	cpu	8086
	org	100h

	cld
	xor	ax, ax
	mov	di, 42h
	mov	cx, 50h - 42h
	rep	stosb
	mov	ax, 4c07h
	int	21h
