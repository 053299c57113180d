; write_much.asm - writes 4 MB in pieces of 32 KB: to standard output, or
; to the file that is named on its command line.  It says on standard error how
; it ended: "all", "full" for a write that was too short, "error".  Exit codes
; 0, 1, 2.
	cpu	8086
	org	100h

	mov	bx, 1
	mov	si, 82h
	cmp	byte [80h], 0
	je	write
	mov	di, si
end:	lodsb
	cmp	al, 13
	jne	end
	mov	byte [si - 1], 0
	mov	dx, di
	mov	ah, 3ch
	xor	cx, cx
	int	21h
	jc	error
	mov	bx, ax
write:	mov	bp, 128
next:	mov	ah, 40h
	mov	cx, 8000h
	mov	dx, data
	int	21h
	jc	error
	cmp	ax, cx
	jne	full
	dec	bp
	jnz	next
	mov	si, 0
	mov	dx, text_all
	jmp	say
full:	mov	si, 1
	mov	dx, text_full
	jmp	say
error:	mov	si, 2
	mov	dx, text_error
say:	mov	ah, 40h
	mov	bx, 2
	mov	cx, 6
	int	21h
	mov	ax, si
	mov	ah, 4ch
	int	21h

text_all:	db "all  ", 10
text_full:	db "full ", 10
text_error:	db "error", 10
data:
