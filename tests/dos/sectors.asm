; sectors.asm - the sectors of a 1.44 MB diskette in A:, by INT 13h, INT 25h, 26h and
; INT 21h/440Dh.  Prints what it does; ends with the number of the step that went wrong.
; With an argument, writing must fail.
	cpu	8086
	org	100h

%macro step 2
	mov	byte [number], %1
	mov	dx, %%text
	mov	ah, 9
	int	21h
	jmp	%%on
%%text:	db	%2, 13, 10, "$"
%%on:
%endmacro

	mov	[track_segment], ds
	step	1, "INT 25h reads the boot sector"
	mov	bp, sp
	mov	al, 0
	mov	cx, 1
	mov	dx, 0
	mov	bx, buffer
	int	25h
	pop	dx			; the flags are still there
	jc	wrong
	cmp	sp, bp
	jne	wrong
	cmp	word [buffer + 510], 0aa55h
	jne	wrong
	cmp	word [buffer + 13h], 2880
	jne	wrong

	step	2, "and with a packet"
	mov	word [packet], 2879
	mov	word [packet + 2], 0
	mov	word [packet + 4], 1
	mov	word [packet + 6], buffer
	mov	[packet + 8], ds
	mov	al, 0
	mov	cx, 0ffffh
	mov	bx, packet
	int	25h
	pop	dx
	jc	wrong

	step	3, "but nothing past the end"
	mov	al, 0
	mov	cx, 2
	mov	dx, 2879
	mov	bx, buffer
	int	25h
	pop	dx
	jnc	wrong
	cmp	ax, 0408h
	jne	wrong
	mov	word [packet + 2], 7fffh
	mov	al, 0
	mov	cx, 0ffffh
	mov	bx, packet
	int	25h
	pop	dx
	jnc	wrong

	step	4, "a directory has none"
	mov	al, 3			; D:
	mov	cx, 1
	mov	dx, 0
	mov	bx, buffer
	int	25h
	pop	dx
	jnc	wrong
	cmp	ax, 0207h
	jne	wrong
	mov	ax, 440dh
	mov	bl, 4
	mov	cx, 0861h
	mov	dx, track
	int	21h
	jnc	wrong
	cmp	ax, 1
	jne	wrong

	step	5, "INT 26h writes the last one"
	mov	di, buffer
	mov	cx, 256
	mov	ax, "Zz"
	rep	stosw
	mov	al, 0
	mov	cx, 1
	mov	dx, 2879
	mov	bx, buffer
	int	26h
	pop	dx
	sbb	cx, cx			; all ones: it failed
	cmp	byte [80h], 0
	je	writes
	jcxz	wrong_here
	cmp	ax, 0300h
	jne	wrong
	mov	ax, 0301h		; and INT 13h as well
	mov	cx, 4f12h
	mov	dx, 0100h
	int	13h
	jnc	wrong
	cmp	ah, 3
	jne	wrong
	mov	ax, 4c00h
	int	21h

wrong_here:
	jmp	wrong

writes:	inc	cx
	loop	wrong_here
	call	clear
	step	6, "where INT 13h reads it"
	mov	ax, 0201h
	mov	cx, 4f12h
	mov	dx, 0100h
	mov	bx, buffer
	int	13h
	jc	wrong
	cmp	word [buffer + 510], "Zz"
	jne	wrong

	step	7, "and INT 21h/440Dh/61h"
	call	clear
	mov	ax, 440dh
	mov	bl, 1
	mov	cx, 0861h
	mov	dx, track
	int	21h
	jc	wrong
	cmp	word [buffer + 510], "Zz"
	jne	wrong

	step	8, "its parameters are a diskette's"
	mov	ax, 440dh
	mov	bl, 1
	mov	cx, 0860h
	mov	dx, params
	int	21h
	jc	wrong
	cmp	byte [params + 1], 7
	jne	wrong
	cmp	word [params + 4], 80
	jne	wrong
	cmp	word [params + 7 + 13], 18
	jne	wrong
	mov	ax, 4408h
	mov	bl, 1
	int	21h
	jc	wrong
	cmp	ax, 0
	jne	wrong

	step	9, "its DPB is the boot sector's"
	push	ds
	mov	ah, 32h
	mov	dl, 1
	int	21h
	cmp	al, 0
	jne	dpb
	mov	al, [bx + 17h]		; media
	mov	cx, [bx + 0dh]		; the last cluster
dpb:	pop	ds
	cmp	al, 0f0h
	jne	wrong
	cmp	cx, 2848
	jne	wrong

	step	10, "a new serial number is read again"
	mov	ax, 6900h
	mov	bl, 1
	mov	dx, id
	int	21h
	jc	wrong
	mov	word [id + 2], 1234h
	mov	ax, 6901h
	mov	bl, 1
	mov	dx, id
	int	21h
	jc	wrong
	mov	ax, 440dh
	mov	bl, 1
	mov	cx, 0866h
	mov	dx, params
	int	21h
	jc	wrong
	cmp	word [params + 2], 1234h
	jne	wrong

	step	11, "a file that INT 13h changes is changed"
	mov	dx, name
	mov	cx, 0
	mov	ah, 3ch
	int	21h
	jc	wrong
	mov	bx, ax
	mov	dx, text
	mov	cx, 3
	mov	ah, 40h
	int	21h
	jc	wrong
	mov	ax, 0201h		; its data: the first cluster of an empty diskette
	mov	cx, 0010h		; 1 + 9 + 9 + 14 sectors on
	mov	dx, 0100h
	push	bx
	mov	bx, buffer
	int	13h
	jc	wrong
	cmp	word [buffer], "on"
	jne	wrong
	mov	word [buffer], "tw"
	mov	ax, 0301h
	mov	cx, 0010h
	mov	dx, 0100h
	int	13h
	jc	wrong
	pop	bx
	mov	ax, 4200h
	xor	cx, cx
	xor	dx, dx
	int	21h
	mov	ah, 3fh
	mov	cx, 3
	mov	dx, buffer
	int	21h
	jc	wrong
	cmp	word [buffer], "tw"
	jne	wrong
	mov	ax, 4c00h
	int	21h

wrong:	mov	al, [number]
	mov	ah, 4ch
	int	21h

clear:	mov	di, buffer
	mov	cx, 256
	xor	ax, ax
	rep	stosw
	ret

number:	db	0
name:	db	"A:\FILE.TXT", 0
text:	db	"one"
packet:	times 10 db 0
track:	db	0
	dw	1, 79, 17, 1		; head, cylinder, first sector, sectors
	dw	buffer
track_segment:
	dw	0
id:	times 32 db 0
params:	times 80 db 0
buffer:
