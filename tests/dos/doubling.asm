; doubling.asm - mode 13h with a line of its own color in each row of dots; at every tenth
; retrace, six times, its lines are no longer doubled, or doubled again.  Then text.
	cpu	8086
	org	100h

	mov	ax, 13h
	int	10h
	mov	ax, 0a000h
	mov	es, ax
	xor	di, di
	mov	bl, 200
	mov	al, 1
row:	mov	cx, 320
	rep	stosb
	inc	ax
	dec	bl
	jnz	row
	mov	bl, 6
	mov	ah, 41h			; two lines each; bit 6 is line compare's
next:	mov	cx, 10
	mov	dx, 3dah
out_:	in	al, dx
	test	al, 8
	jnz	out_
in_:	in	al, dx
	test	al, 8
	jz	in_
	loop	out_
	xor	ah, 1
	mov	al, 9
	mov	dx, 3d4h
	out	dx, ax
	dec	bl
	jnz	next
	mov	ax, 3
	int	10h
	mov	ax, 4c06h
	int	21h
