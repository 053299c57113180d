; crt0.asm - how a program of drive C: begins and ends.  It is a COM: code,
; data and stack lie in one segment, the rest of memory is given back, so that
; far memory can be had from DOS.  Linked first, so that it stands at 100h.

	cpu	8086
	section	.text
	global	start, _psp, _leave
	extern	_main, _quit, __edata, __end

start:	mov	ax, cs
	mov	ds, ax
	mov	es, ax
	mov	[_psp], ax
	cld
	mov	di, __edata		; variables without a value begin as 0
	mov	cx, __end
	sub	cx, di
	xor	ax, ax
	rep	stosb
	mov	bx, 1000h		; 64K, or what there is
	mov	ax, [2]
	mov	cx, cs
	sub	ax, cx
	cmp	ax, bx
	jae	.keep
	mov	bx, ax
.keep:	push	bx
	mov	ah, 4ah
	int	21h
	pop	bx
	mov	cl, 4
	shl	bx, cl
	cli
	mov	sp, bx			; 0 if there are 64K: the first push
	sti				; goes to FFFEh
	mov	ax, __end + 200h	; room for calls
	cmp	bx, 0
	je	.run
	cmp	bx, ax
	jb	.small
.run:	call	_main
	push	ax
	call	_quit
.small:	mov	dx, no_memory
	mov	ah, 9
	int	21h
	mov	ax, 4c08h
	int	21h

; void leave(int code): end, without writing what still waits for output.
_leave:	pop	ax
	pop	ax
	mov	ah, 4ch
	int	21h

	section	.data
_psp:	dw	0
no_memory:
	db	'Insufficient memory', 13, 10, '$'
