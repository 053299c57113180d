; std_date.asm - writes date and time of standard input (5700h), two words,
; to standard output; its exit code is DOS's error.
	cpu	8086
	org	100h

	mov	ax, 5700h
	xor	bx, bx
	int	21h
	jc	error
	mov	[words], dx
	mov	[words + 2], cx
	mov	ah, 40h
	mov	bx, 1
	mov	cx, 4
	mov	dx, words
	int	21h
	jc	error
	xor	al, al
error:	mov	ah, 4ch
	int	21h

words:	dw	0, 0
