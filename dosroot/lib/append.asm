; append.asm - what stays of APPEND: names that DOS does not find are looked
; for in a list of directories.  Opening (3Dh, 6Ch that must not create) always
; does so, searching (4Eh) and starting (4Bh) with /X.
;
; INT 2Fh/B7xxh as RBIL has it: 00h AL = FFh, 02h the version, 04h ES:DI the
; list, 06h and 07h read and set the state: bit 0 on, 13 /PATH:ON, 15 /X.

	cpu	8086
	section	.text
	global	_append_begin, _append_end

%define R(x)	(x - _append_begin + 100h)

LIST_SIZE	equ	130
NAME_SIZE	equ	200

; Copied to PSP:100h.  dosroot/dos/append.c knows this beginning.
_append_begin:
old_21:	dd	0			; 100h
old_2f:	dd	0			; 104h
entries:
	dw	R(serve_21), R(serve_2f) ; 108h
state:	dw	2001h			; 10Ch
list:	times	LIST_SIZE db 0		; 10Eh directories with ; between them
name:	times	NAME_SIZE db 0

serve_2f:
	cmp	ah, 0b7h
	jne	.chain
	cmp	al, 0
	je	.installed
	cmp	al, 2
	je	.version
	cmp	al, 4
	je	.list
	cmp	al, 6
	je	.get
	cmp	al, 7
	je	.set
.chain:	jmp	far [cs:R(old_2f)]
.installed:
	mov	al, 0ffh
	iret
.version:
	mov	ax, 0fdfdh
	iret
.list:	push	cs
	pop	es
	mov	di, R(list)
	iret
.get:	mov	bx, [cs:R(state)]
	iret
.set:	mov	[cs:R(state)], bx
	iret

serve_21:
	test	byte [cs:R(state)], 1
	jz	.chain
	cmp	ah, 3dh
	je	.ours
	cmp	ah, 6ch
	je	.extended
	test	byte [cs:R(state) + 1], 80h
	jz	.chain
	cmp	ah, 4eh
	je	.ours
	cmp	ax, 4b00h
	je	.ours
.chain:	jmp	far [cs:R(old_21)]
.extended:
	test	dl, 0f0h		; would it make the file?
	jnz	.chain
.ours:	sti
	push	bp
	push	ax
	pushf
	call	far [cs:R(old_21)]
	jnc	.good
	cmp	ax, 2			; not found, or found nothing, ever since
	je	.seek			; 2.0 either number may come
	cmp	ax, 3
	je	.seek
	cmp	ax, 18
	je	.seek
.bad:	stc
.good:	inc	sp			; the carry stays as it is
	inc	sp
	pop	bp
	retf	2

; The stack: AX of the call; DOS's answer in AX is the one if all fails.
.seek:	mov	bp, sp
	push	si
	push	di
	push	cx
	push	dx
	push	ds
	push	es
	push	bx
	push	ax
	cld
	cmp	byte [bp + 1], 6ch
	je	.base			; its name is DS:SI
	mov	si, dx
.base:	call	base_name		; DS:SI
	jc	.none
	mov	bx, R(list)
.next:	call	build
	jc	.none
	mov	si, [bp - 2]		; the call again, with all it came with
	mov	di, [bp - 4]
	mov	cx, [bp - 6]
	mov	dx, [bp - 8]
	mov	es, [bp - 12]
	push	bx
	push	ds
	push	bp
	mov	bx, [bp - 14]
	mov	ax, [bp]
	push	cs
	pop	ds
	cmp	ah, 6ch
	je	.si
	mov	dx, R(name)
	jmp	.call
.si:	mov	si, R(name)
.call:	pushf
	call	far [cs:R(old_21)]
	pop	bp
	pop	ds
	jnc	.found
	pop	bx
	mov	si, [cs:R(base)]
	jmp	.next
.found:	mov	[bp - 6], cx		; 6Ch answers CX too
	pop	cx			; the saved BX of the loop
	inc	sp
	inc	sp			; DOS's first answer
	clc
	jmp	.over
.none:	pop	ax
	stc
.over:	pop	bx
	pop	es
	pop	ds
	pop	dx
	pop	cx
	pop	di
	pop	si
	jmp	.good

base:	dw	0

; The last part of the name at DS:SI; kept in `base`.  Carry: the name has a
; drive or directories, and that rules the list out.
base_name:
	mov	bx, si
.next:	lodsb
	cmp	al, 0
	je	.end
	cmp	al, ':'
	je	.part
	cmp	al, '\'
	je	.part
	cmp	al, '/'
	jne	.next
.part:	mov	bx, si
	test	byte [cs:R(state) + 1], 20h
	jnz	.next
	stc
	ret
.end:	mov	si, bx
	mov	[cs:R(base)], si
	clc
	ret

; The directory at CS:BX, a backslash and the name at DS:SI to `name`; BX
; goes to the next.  Carry: there is none.
build:	push	es
	push	cs
	pop	es
.again:	mov	di, R(name)
.dir:	mov	al, [cs:bx]
	cmp	al, 0
	je	.over
	inc	bx
	cmp	al, ';'
	je	.over
	stosb
	jmp	.dir
.over:	cmp	di, R(name)
	jne	.some
	cmp	al, 0
	jne	.again
	pop	es
	stc
	ret
.some:	mov	al, [es:di - 1]
	cmp	al, '\'
	je	.name
	cmp	al, ':'
	je	.name
	mov	al, '\'
	stosb
.name:	lodsb
	stosb
	cmp	di, R(name) + NAME_SIZE - 1
	jae	.long
	cmp	al, 0
	jne	.name
.long:	mov	byte [es:di], 0
	pop	es
	clc
	ret
_append_end:
