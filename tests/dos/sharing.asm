; sharing.asm - a file that it holds itself, deny all, by handle; then what FCB
; calls on it answer: a letter for the call, AL, and the extended error.
	cpu	8086
	org	100h

	mov	dx, name
	mov	ax, 3d12h
	int	21h
	jc	error
	mov	si, calls
next:	lodsb
	test	al, al
	jz	done
	mov	[letter], al
	lodsb
	mov	ah, al
	mov	dx, fcb
	push	si
	int	21h
	pop	si
	mov	[answer], al
	cmp	al, 0
	mov	ax, 0			; no error to ask for
	je	say
	push	si
	xor	bx, bx
	mov	ah, 59h
	int	21h
	pop	si
say:	mov	cx, ax
	mov	dl, [letter]
	mov	ah, 2
	int	21h
	mov	al, [answer]
	call	blank_hex
	mov	al, cl
	call	blank_hex
	mov	dl, 13
	mov	ah, 2
	int	21h
	mov	dl, 10
	int	21h
	jmp	next
done:	mov	al, 0
error:	mov	ah, 4ch
	int	21h

blank_hex:			; " XX" of AL
	push	ax
	mov	al, ' '
	call	out_
	pop	ax
	jmp	hex

%include "hex.inc"

calls	db	'O', 0fh, 'C', 16h, 'R', 17h, 'D', 13h, 0
name	db	'HELD.TXT', 0
letter	db	0
answer	db	0
fcb	db	0, 'HELD    TXT', 0, 0, 0, 0, 0, 'OTHER   TXT'
	times	40 db 0
