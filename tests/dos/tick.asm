; tick.asm - a handler of INT 1Ch that changes registers.  The BIOS's timer interrupt
; keeps AX, DX and DS of whom it has interrupted, and nobody keeps BP and DI.
; Exit code: 0, or 1 of those kept one is lost, 2 none of the others has counted.
	cpu	8086
	org	100h

	mov	ax, 251ch
	mov	dx, tick
	int	21h
	xor	bp, bp
	xor	di, di
	mov	ax, 1234h
	mov	dx, 5678h
	mov	cx, ds
	mov	bl, 1
.wait:	cmp	ax, 1234h
	jne	end
	cmp	dx, 5678h
	jne	end
	mov	si, ds
	cmp	si, cx
	jne	end
	cmp	word [cs:ticks], 5
	jb	.wait
	mov	bl, 2
	cmp	bp, 5
	jne	end
	cmp	di, 10
	jne	end
	mov	bl, 0
end:	mov	al, bl
	mov	ah, 4ch
	int	21h

tick:	inc	word [cs:ticks]
	inc	bp
	add	di, 2
	inc	ax
	inc	dx
	push	cs
	pop	ds
	push	ds
	mov	ax, 0b800h
	mov	ds, ax
	pop	ax
	iret

ticks	dw	0
