; mouse.asm - how many buttons the mouse driver's mouse has, as exit code; 0:
; there is none.
	cpu	8086
	org	100h

	xor	ax, ax
	int	33h
	or	ax, ax
	jz	.end
	mov	al, bl
.end:	mov	ah, 4ch
	int	21h
