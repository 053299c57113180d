; environment.asm - its environment, a variable a line.
	cpu	8086
	org	100h

	mov	es, [2ch]
	xor	si, si
next:	mov	dl, [es:si]
	inc	si
	test	dl, dl
	jnz	put
	mov	dl, 10
put:	mov	ah, 2
	int	21h
	cmp	word [es:si - 1], 0
	jne	next
	mov	ax, 4c00h
	int	21h
