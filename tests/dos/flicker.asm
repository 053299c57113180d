; flicker.asm - mode 13h; at each of 30 retraces the whole screen has another colour:
; red 2n, green 0, blue 63 - n of 63.  Then text again, and exit code 5.
	cpu	8086
	org	100h

	mov	ax, 13h
	int	10h
	xor	bl, bl
next:	mov	dx, 3dah
out:	in	al, dx
	test	al, 8
	jnz	out
in:	in	al, dx
	test	al, 8
	jz	in
	mov	dx, 3c8h
	xor	al, al
	out	dx, al
	inc	dx
	mov	al, bl
	add	al, al
	out	dx, al
	xor	al, al
	out	dx, al
	mov	al, 63
	sub	al, bl
	out	dx, al
	inc	bl
	cmp	bl, 30
	jb	next
	mov	ax, 3
	int	10h
	mov	ax, 4c05h
	int	21h
