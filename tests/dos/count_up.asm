; count_up.asm - adds one to the 32-bit number in COUNTER.DAT, as often as its
; command line says, under a lock on it (INT 21h/5Ch).  Its exit code is
; DOS's error, 99 for a number that was not written whole.
	cpu	386
	org	100h

	mov	si, 82h
	xor	ecx, ecx
digit:	lodsb
	sub	al, '0'
	cmp	al, 9
	ja	open
	imul	ecx, 10
	movzx	eax, al
	add	ecx, eax
	jmp	digit

open:	mov	[left], ecx
	mov	ax, 3d42h		; both ways, shared with everybody
	mov	dx, name
	int	21h
	jc	error
	mov	[file], ax

next:	cmp	dword [left], 0
	je	done
	mov	al, 0
	call	claim
	jnc	locked
	cmp	ax, 33			; somebody else has it
	je	next
	jmp	error
locked:	mov	ah, 3fh
	call	transfer
	inc	dword [number]
	mov	ah, 40h
	call	transfer
	mov	al, 1
	call	claim
	jc	error
	dec	dword [left]
	jmp	next

done:	mov	ax, 4c00h
	int	21h
short_of:
	mov	al, 99
error:	mov	ah, 4ch
	int	21h

; AL 0: lock the number, 1: unlock it.
claim:	mov	ah, 5ch
	mov	bx, [file]
	xor	cx, cx
	xor	dx, dx
	xor	si, si
	mov	di, 4
	int	21h
	ret

; AH 3Fh: read the number, 40h: write it.
transfer:
	push	ax
	mov	ax, 4200h
	mov	bx, [file]
	xor	cx, cx
	xor	dx, dx
	int	21h
	pop	bp
	jc	error
	mov	ax, bp
	mov	cx, 4
	mov	dx, number
	int	21h
	jc	error
	cmp	ax, 4
	jne	short_of
	ret

name:	db	"counter.dat", 0
file:	dw	0
left:	dd	0
number:	dd	0
