; intr.asm - calls from C to DOS and BIOS, and to memory that is far away.
; C keeps SI, DI, BP and the segment registers over a call.

	cpu	8086
	section	.text
	global	_intr, _dos, _far_call, _peek, _peekw, _poke, _pokew, _far_copy
	global	_port_in, _port_out

; struct regs of tool.h
AX_	equ	0
BX_	equ	2
CX_	equ	4
DX_	equ	6
SI_	equ	8
DI_	equ	10
DS_	equ	12
ES_	equ	14
FLAGS_	equ	16

; int dos(struct regs *r): INT 21h.
_dos:	mov	bx, sp
	mov	ax, [bx + 2]
	push	ax
	mov	ax, 21h
	push	ax
	call	_intr
	add	sp, 4
	ret

; int intr(int number, struct regs *r): carry afterwards.  The number is
; written into the instruction: programs of ours lie in RAM.
_intr:	mov	bx, sp
	mov	al, [bx + 2]
	mov	[cs:.int + 1], al
	mov	bx, [bx + 4]
	push	si
	push	di
	push	bp
	push	ds
	push	es
	push	bx
	mov	ax, [bx + AX_]
	mov	cx, [bx + CX_]
	mov	dx, [bx + DX_]
	mov	si, [bx + SI_]
	mov	di, [bx + DI_]
	mov	es, [bx + ES_]
	push	word [bx + DS_]
	mov	bx, [bx + BX_]
	pop	ds
	jmp	short .int		; what was fetched before is forgotten
.int:	int	0
	push	ds
	push	bx
	push	bp
	pushf
	mov	bp, sp
	push	cs
	pop	ds			; DS is CS, in every program of ours
	mov	bx, [bp + 8]
	mov	[bx + AX_], ax
	mov	[bx + CX_], cx
	mov	[bx + DX_], dx
	mov	[bx + SI_], si
	mov	[bx + DI_], di
	mov	[bx + ES_], es
	pop	ax
	mov	[bx + FLAGS_], ax
	pop	bp
	pop	word [bx + BX_]
	pop	word [bx + DS_]
	and	ax, 1
	pop	bx
	pop	es
	pop	ds
	pop	bp
	pop	di
	pop	si
	cld
	ret

; int far_call(u16 offset, u16 segment, struct regs *r): call a routine that
; was handed out as a far pointer (the XMS driver's), with AX to DX, SI, DI.
_far_call:
	push	bp
	mov	bp, sp
	push	si
	push	di
	mov	bx, [bp + 8]
	mov	ax, [bx + AX_]
	mov	cx, [bx + CX_]
	mov	dx, [bx + DX_]
	mov	si, [bx + SI_]
	mov	di, [bx + DI_]
	mov	bx, [bx + BX_]
	push	bp
	call	far [bp + 4]
	pop	bp
	mov	di, bx
	mov	bx, [bp + 8]
	mov	[bx + AX_], ax
	mov	[bx + BX_], di
	mov	[bx + CX_], cx
	mov	[bx + DX_], dx
	pop	di
	pop	si
	pop	bp
	ret

; u8 peek(u16 segment, u16 offset), u16 peekw
_peek:	mov	bx, sp
	push	ds
	mov	ds, [ss:bx + 2]
	mov	bx, [ss:bx + 4]
	mov	al, [bx]
	xor	ah, ah
	pop	ds
	ret
_peekw:	mov	bx, sp
	push	ds
	mov	ds, [ss:bx + 2]
	mov	bx, [ss:bx + 4]
	mov	ax, [bx]
	pop	ds
	ret

; void poke(u16 segment, u16 offset, int byte), pokew
_poke:	mov	bx, sp
	push	ds
	mov	ax, [bx + 6]
	mov	ds, [bx + 2]
	mov	bx, [ss:bx + 4]
	mov	[bx], al
	pop	ds
	ret
_pokew:	mov	bx, sp
	push	ds
	mov	ax, [bx + 6]
	mov	ds, [bx + 2]
	mov	bx, [ss:bx + 4]
	mov	[bx], ax
	pop	ds
	ret

; void far_copy(u16 to_seg, u16 to, u16 from_seg, u16 from, u16 bytes)
_far_copy:
	push	bp
	mov	bp, sp
	push	si
	push	di
	push	ds
	push	es
	mov	es, [bp + 4]
	mov	di, [bp + 6]
	mov	ds, [bp + 8]
	mov	si, [bp + 10]
	mov	cx, [bp + 12]
	shr	cx, 1
	rep	movsw
	adc	cx, cx
	rep	movsb
	pop	es
	pop	ds
	pop	di
	pop	si
	pop	bp
	ret

; int port_in(u16 port), void port_out(u16 port, int byte)
_port_in:
	mov	bx, sp
	mov	dx, [bx + 2]
	in	al, dx
	xor	ah, ah
	ret
_port_out:
	mov	bx, sp
	mov	dx, [bx + 2]
	mov	al, [bx + 4]
	out	dx, al
	ret
