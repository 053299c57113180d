; driver.asm - a character device of 200h bytes, UPPERDRV, that does nothing.
	cpu	8086
	org	0
	dd	-1
	dw	8000h, strategy, interrupt
	db	'UPPERDRV'
request	dd	0
strategy:
	mov	[cs:request], bx
	mov	[cs:request + 2], es
	retf
interrupt:
	push	bx
	push	es
	les	bx, [cs:request]
	mov	word [es:bx + 3], 100h
	cmp	byte [es:bx + 2], 0
	jne	done
	mov	word [es:bx + 14], 200h
	mov	[es:bx + 16], cs
done:	pop	es
	pop	bx
	retf
