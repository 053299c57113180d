; upper.asm - where it is: its exit code is the high byte of CS.  With an argument
; it takes a block of memory by 5803h and 5801h, upper memory if there is some, and
; its exit code is that of the block.
	cpu	8086
	org	100h
	mov	sp, 0ffeh
	mov	bx, 100h
	mov	ah, 4ah
	int	21h
	mov	ax, cs
	cmp	byte [80h], 0
	je	out
	mov	ax, 5802h
	int	21h
	push	ax			; as it was
	mov	ax, 5803h
	mov	bx, 1
	int	21h
	mov	ax, 5801h
	mov	bx, 41h			; best fit, upper memory only
	int	21h
	mov	bx, 10h
	mov	ah, 48h
	int	21h
	jnc	got
	xor	ax, ax
got:	mov	cx, ax
	mov	ax, 5801h
	xor	bx, bx
	int	21h
	pop	bx
	xor	bh, bh
	mov	ax, 5803h
	int	21h
	mov	ax, cx
out:	mov	al, ah
	mov	ah, 4ch
	int	21h
