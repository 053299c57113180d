; ownname.asm - its name, as EXEC has put it behind its environment.
	cpu	8086
	org	100h

	mov	es, [2ch]
	xor	si, si
past:	inc	si
	cmp	word [es:si - 1], 0
	jne	past
	add	si, 3			; both zeros and the count
put:	mov	dl, [es:si]
	test	dl, dl
	jz	done
	mov	ah, 2
	int	21h
	inc	si
	jmp	put
done:	mov	dl, 10
	mov	ah, 2
	int	21h
	mov	ax, 4c00h
	int	21h
