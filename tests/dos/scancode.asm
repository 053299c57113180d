; scancode.asm - writes what comes out of the keyboard's port 60h, as hex bytes, to
; standard output, until Escape has been let go.
	cpu	8086
	org	100h

	mov	ax, 3509h
	int	21h
	mov	[old], bx
	mov	[old + 2], es
	mov	dx, irq
	mov	ax, 2509h
	int	21h
	mov	ax, 3		; the screen is used: a front end begins
	int	10h
	mov	bx, codes
next:	hlt
	cmp	bx, [end]
	je	next
	mov	al, [bx]
	inc	bx
	push	ax
	call	hex
	mov	al, 10
	call	out_
	pop	ax
	cmp	al, 81h
	jne	next
	lds	dx, [old]
	mov	ax, 2509h
	int	21h
	mov	ax, 4c00h
	int	21h

%include "hex.inc"

irq:	push	ax
	push	bx
	push	ds
	push	cs
	pop	ds
	in	al, 60h
	mov	bx, [end]
	mov	[bx], al
	inc	word [end]
	mov	al, 20h
	out	20h, al
	pop	ds
	pop	bx
	pop	ax
	iret

old:	dw	0, 0
end:	dw	codes
codes:
