; ctrlc.asm - asks DOS for input that is not there until it is told to
; stop.  With the argument H it has an INT 23h of its own, which counts, and
; ends with the exit code 7 at the second.
	cpu	8086
	org	100h

	cmp	byte [82h], 'H'
	jne	ready
	mov	ax, 2523h
	mov	dx, handler
	int	21h
ready:	mov	dx, text
	call	print
again:	mov	ah, 0bh
	int	21h
	cmp	byte [count], 2
	jb	again
	mov	ax, 4c07h
	int	21h

handler:
	push	ax
	push	dx
	inc	byte [cs:count]
	mov	dx, heard
	call	print
	pop	dx
	pop	ax
	iret

print:	mov	ah, 40h
	mov	bx, 2
	mov	cx, 6
	int	21h
	ret

text:	db	"ready", 10
heard:	db	"heard", 10
count:	db	0
