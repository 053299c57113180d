; show_file.asm - the file that its command line names, to standard output; its
; exit code is DOS's error.
	cpu	8086
	org	100h

%include "argument.inc"
	mov	ax, 3d00h
	int	21h
	jc	error
	mov	[file], ax
next:	mov	bx, [file]
	mov	cx, 4096
	mov	dx, buffer
	mov	ah, 3fh
	int	21h
	jc	error
	mov	cx, ax
	mov	ax, 4c00h
	jcxz	exit
	mov	bx, 1
	mov	ah, 40h
	int	21h
	jnc	next
error:	mov	ah, 4ch
exit:	int	21h

	section	.bss
file:	resw	1
buffer:	resb	4096
