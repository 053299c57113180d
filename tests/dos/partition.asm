; partition.asm - what FDISK does: the first time a partition is written to hard disk 80h,
; and the machine is booted by INT 19h; the second time drive E: must be there, though
; nothing is on it yet.  ERRORLEVEL 1: no disk; 2: no drive; 3: not as expected.
	cpu	8086
	org	100h

	mov	ax, 0201h
	mov	cx, 1
	mov	dx, 80h
	mov	bx, buffer
	int	13h
	mov	al, 1
	jc	leave
	cmp	word [buffer + 510], 0aa55h
	je	second
	mov	si, entry
	mov	di, buffer + 446
	mov	cx, 16
	rep	movsb
	mov	word [buffer + 510], 0aa55h
	mov	ax, 0301h
	mov	cx, 1
	mov	dx, 80h
	mov	bx, buffer
	int	13h
	mov	al, 1
	jc	leave
	int	19h

second:	mov	ax, 4408h		; is it removable?
	mov	bl, 5
	int	21h
	mov	al, 2
	jc	leave
	mov	ax, 440dh		; its first sector is the partition's
	mov	bx, 5
	mov	cx, 0860h
	mov	dx, buffer
	mov	byte [buffer], 0
	int	21h
	mov	al, 3
	jc	leave
	cmp	word [buffer + 7 + 17], 63
	jne	leave
	mov	ah, 36h			; no file system yet
	mov	dl, 5
	int	21h
	cmp	ax, 0ffffh
	mov	al, 3
	jne	leave
	mov	al, 0
leave:	mov	ah, 4ch
	int	21h

entry:	db	80h, 1, 1, 0, 6, 15, 63, 39
	dd	63, 40 * 16 * 63 - 63
buffer:
