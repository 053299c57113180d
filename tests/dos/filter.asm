; filter.asm - standard input to standard output by handles, in pieces of
; 1000 bytes; the exit code says how the reads ended: 0 a read of nothing,
; 1 an error, 2 a write that came too short.
	cpu	8086
	org	100h

	mov	dx, buffer
next:	mov	ah, 3fh
	xor	bx, bx
	mov	cx, 1000
	int	21h
	jc	error
	mov	cx, ax
	jcxz	done
	mov	ah, 40h
	mov	bx, 1
	int	21h
	jc	error
	cmp	ax, cx
	je	next
	mov	ax, 4c02h
	int	21h
error:	mov	ax, 4c01h
	int	21h
done:	mov	ax, 4c00h
	int	21h

buffer:
