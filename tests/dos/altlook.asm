; altlook.asm - asks in a loop for the shift keys (INT 16h/12h) and then whether a key
; was typed (11h), as D-Flat's programs do, and writes for each key what both have said:
; "0084 00".  A q ends it.
	cpu	8086
	org	100h

again:	mov	ah, 12h
	int	16h
	mov	[shift], al
	mov	ah, 11h
	int	16h
	mov	ax, 0
	jz	again
	mov	ah, 10h
	int	16h
	push	ax
	mov	bl, ah
	call	hex
	pop	ax
	push	ax
	mov	bl, al
	call	hex
	mov	dl, ' '
	call	put
	mov	bl, [shift]
	call	hex
	mov	dl, 13
	call	put
	mov	dl, 10
	call	put
	pop	ax
	cmp	al, 'q'
	jne	again
	mov	ax, 4c00h
	int	21h

hex:	mov	al, bl
	mov	cl, 4
	shr	al, cl
	call	digit
	mov	al, bl
	and	al, 15
digit:	add	al, 90h			; as the 8086 does it
	daa
	adc	al, 40h
	daa
	mov	dl, al
put:	mov	ah, 2
	int	21h
	ret

shift:	db	0
