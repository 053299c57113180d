; command.asm - COMMAND.COM as DOS sees it: a small resident program with a
; data area.  It shrinks its memory block, sets up a stack, and from then on
; stands on the shell's gate; what it does there is in src/shell.  The
; offsets here are those of src/shell/data.h.
;
; nasm -f bin -o COMMAND.COM command.asm

	cpu	8086
	org	100h

ROM		equ	0f000h		; the gates of src/guest/gates.h
GATE_SHELL	equ	0e090h
GATE_INT24	equ	0e093h
GATE_INT2E	equ	0e094h
GATE_PARSE	equ	0e095h

MAGIC_AT	equ	180h
BROKEN		equ	18ch		; a Ctrl-C has thrown away a command
STACK_END	equ	1400h

	jmp	near start		; 100h
	jmp	near int23		; 103h, where src/shell sets its vectors
	jmp	near int24		; 106h
	jmp	near int2e		; 109h
	jmp	near parse		; 10ch

start:	cli
	mov	ax, cs
	mov	ss, ax
	mov	sp, STACK_END
	sti
	mov	es, ax
	mov	bx, STACK_END / 16
	mov	ah, 4ah			; the rest of memory is for programs
	int	21h
	jnc	again
	mov	dx, no_memory
	push	cs
	pop	ds
	mov	ah, 9
	int	21h
	mov	ax, 4cffh
	int	21h

; Everything the shell remembers is the host's; so this may be reached from
; anywhere, at any time, with any registers.
again:	cli
	mov	ax, cs
	mov	ss, ax
	mov	sp, STACK_END
	sti
	cld
	mov	ds, ax
	mov	es, ax
	call	ROM:GATE_SHELL
	mov	ah, 4ch			; AL: ERRORLEVEL
	int	21h

; Ctrl-C.  While a program runs that has no handler of its own, end it (a far
; return with carry set, DOS Technical Reference, INT 23h).  While the shell
; itself calls DOS, give up what it is doing.
int23:	push	ax
	push	bx
	mov	ah, 51h
	int	21h
	mov	ax, cs
	cmp	ax, bx
	pop	bx
	pop	ax
	je	.own
	stc
	retf
.own:	mov	byte [cs:BROKEN], 1
	jmp	again

; Critical error: AX, DI, BP:SI as DOS gives them; the answer is in AL.
int24:	call	ROM:GATE_INT24
	iret

; Run the command at DS:SI.  All registers but the stack are destroyed.
int2e:	call	ROM:GATE_INT2E
	iret

; The parser for installed commands: DS:SI line, ES:DI description, CX ordinal.
parse:	call	ROM:GATE_PARSE
	retf

	times	MAGIC_AT - 100h - ($ - $$) db 0
	db	'dosvm-sh'
	dd	0			; the instance's cookie, the host's
	db	0			; BROKEN
	times	190h - 100h - ($ - $$) db 0

; Here src/shell's data begins, which nobody has used when this is said.
no_memory:
	db	'Insufficient memory', 13, 10, '$'
