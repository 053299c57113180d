; to_real_mode.asm - a 286's way to protected mode and back: the processor
; cannot leave it but by RESET, and CMOS 0Fh tells the BIOS that it was no
; restart.  The argument says who pulls the pin: K the keyboard controller, T
; the board, because the processor shut down.
	cpu	286
	org	100h

DATA	equ	8			; selectors
CODE	equ	16

	mov	ax, cs
	mov	bx, 16
	mul	bx			; DX:AX: where the segment lies
	mov	[code + 2], ax
	mov	[code + 4], dl
	add	ax, gdt
	adc	dx, 0
	mov	[table + 2], ax
	mov	[table + 4], dx
	mov	[stack], sp
	push	ds
	mov	ax, 40h			; go on at `back'
	mov	ds, ax
	mov	word [67h], back
	mov	[69h], cs
	pop	ds
	cli
	mov	al, 8fh			; NMI off, CMOS 0Fh
	out	70h, al
	mov	al, 0ah			; "jump through 40:67"
	out	71h, al
	lgdt	[table]
	smsw	ax
	or	al, 1
	lmsw	ax
	jmp	CODE:protected

protected:
	mov	ax, DATA		; a stretch of memory above the first megabyte
	mov	es, ax
	mov	word [es:0], 1234h
	mov	ax, [es:0]
	mov	bl, [cs:82h]
	cmp	bl, 'K'
	je	keyboard
	lidt	[cs:none]
	int3				; no vector, no double fault: shut down
keyboard:
	mov	al, 0feh
	out	64h, al
stand:	hlt
	jmp	stand

back:	mov	ax, cs
	mov	ds, ax
	mov	es, ax
	mov	ss, ax
	mov	sp, [stack]
	xor	al, al
	out	70h, al			; NMI on
	smsw	ax
	and	al, 1
	add	[text], al		; "0": real mode
	sti
	mov	dx, text
	mov	ah, 9
	int	21h
	mov	ax, 4c00h
	int	21h

	align	8
gdt:	dq	0
	dw	0ffffh, 0		; DATA: writable, at 110000h
	db	11h, 92h, 0, 0
code:	dw	0ffffh, 0
	db	0, 9ah, 0, 0
table:	dw	23
	dd	0
none:	times 6	db 0
stack:	dw	0
text:	db	"0 is real mode", 13, 10, "$"
