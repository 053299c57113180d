; lfn_there.asm - ends with 1 if DOS has the long name calls, with 0 if it
; says that it has not, else with 2.
	cpu	8086
	org	100h

	mov	ax, 7147h
	xor	dx, dx
	mov	si, path
	stc
	int	21h
	mov	bx, ax
	mov	ax, 4c01h
	jnc	end
	dec	ax
	cmp	bx, 7100h
	je	end
	mov	al, 2
end:	int	21h

path:
