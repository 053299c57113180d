; make_file.asm - makes the file that its command line names, with the date and
; the time inside; its exit code is DOS's error.
	cpu	8086
	org	100h

%include "argument.inc"
	mov	ah, 3ch
	xor	cx, cx
	int	21h
	jc	error
	mov	bp, ax
	mov	ah, 2ah
	int	21h
	mov	[text], cx
	mov	[text + 2], dx
	mov	ah, 2ch
	int	21h
	mov	[text + 4], cx
	mov	[text + 6], dh
	mov	bx, bp
	mov	cx, 7
	mov	dx, text
	mov	ah, 40h
	int	21h
	jc	error
	mov	ah, 3eh
	int	21h
	jc	error
	mov	al, 0
error:	mov	ah, 4ch
	int	21h

text:
