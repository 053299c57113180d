; doskey.asm - what stays of DOSKEY: macros and the lines that were typed.
;
; INT 2Fh/4800h answers AL = 1 and ES, its segment.  4810h, DS:DX a buffer as
; for INT 21h/0Ah, is how COMMAND.COM asks for a line (RBIL): the rest of a
; macro is handed out, AX = 0; else AX stays, and COMMAND.COM edits a line by
; itself.  Then it offers the line with 4811h, which is ours alone: it is
; remembered, and if it calls a macro, the macro's first command takes its
; place, AX = 0.

	cpu	8086
	section	.text
	global	_doskey_begin, _doskey_end

%define R(x)	(x - _doskey_begin + 100h)

REST_SIZE	equ	300

; Copied to PSP:100h.  dosroot/dos/doskey.c knows this beginning.
_doskey_begin:
	db	'DOSKEY-V'		; 100h
old:	dd	0			; 108h
macros:	dw	0			; 10Ch NAME, 0, TEXT, 0, ..., 0
macros_end:
	dw	0			; 10Eh
lines:	dw	0			; 110h LINE, 0, ..., 0
lines_end:
	dw	0			; 112h
entry:	dw	R(serve)		; 114h
rest:	times	REST_SIZE db 0		; commands still to be run, each with
					; a 0; then another 0
serve:	cmp	ah, 48h
	jne	.chain
	cmp	al, 0
	je	.installed
	cmp	al, 10h
	je	.next
	cmp	al, 11h
	je	.offer
.chain:	jmp	far [cs:R(old)]
.installed:
	mov	al, 1
	push	cs
	pop	es
	iret
.next:	cmp	byte [cs:R(rest)], 0
	je	.out
	call	hand_out
	xor	ax, ax
.out:	iret
.offer:	push	bx
	push	cx
	push	si
	push	di
	push	es
	cld
	push	cs
	pop	es
	call	remember
	call	find_macro
	jc	.none
	call	expand
	cmp	byte [es:R(rest)], 0
	je	.none
	call	hand_out
	xor	ax, ax
.none:	pop	es
	pop	di
	pop	si
	pop	cx
	pop	bx
	iret

; The first command of `rest` to the buffer at DS:DX.
hand_out:
	push	bx
	push	cx
	push	si
	push	di
	push	ds
	push	es
	cld
	push	ds
	pop	es
	mov	di, dx
	inc	di
	inc	di
	push	cs
	pop	ds
	mov	si, R(rest)
	xor	cx, cx
.copy:	lodsb
	cmp	al, 0
	je	.end
	cmp	cl, 126
	jae	.copy
	stosb
	inc	cx
	jmp	.copy
.end:	mov	al, 13
	stosb
	mov	bx, dx
	mov	[es:bx + 1], cl
	push	ds			; the others move up
	pop	es
	mov	di, R(rest)
	mov	cx, R(rest) + REST_SIZE
	sub	cx, si
	rep	movsb
	mov	byte [di], 0
	pop	es
	pop	ds
	pop	di
	pop	si
	pop	cx
	pop	bx
	ret

; The line at DS:DX to the end of the lines; the oldest go.
remember:
	push	ax
.again:	mov	si, dx
	mov	cl, [si + 1]
	xor	ch, ch
	jcxz	.done
	mov	di, [es:R(lines)]
	mov	ax, di
.seek:	cmp	byte [es:di], 0
	je	.free
.skip:	inc	di
	cmp	byte [es:di - 1], 0
	jne	.skip
	jmp	.seek
.free:	mov	bx, di			; room for it and two zeros?
	add	bx, cx
	inc	bx
	cmp	bx, [es:R(lines_end)]
	jb	.room
	cmp	di, ax
	je	.done			; never
	push	ds
	push	cs
	pop	ds
	mov	si, ax			; drop the oldest
.old:	lodsb
	cmp	al, 0
	jne	.old
	mov	cx, di
	inc	cx
	sub	cx, si
	mov	di, [R(lines)]
	rep	movsb
	pop	ds
	jmp	.again
.room:	inc	si
	inc	si
	rep	movsb
	xor	ax, ax
	stosw
.done:	pop	ax
	ret

; Is the first word of the line a macro?  Carry: no; else DI is at its text,
; SI behind the word.
find_macro:
	push	ax
	mov	di, [es:R(macros)]
.entry:	cmp	byte [es:di], 0
	je	.none
	mov	si, dx
	inc	si
	inc	si
.char:	mov	ah, [es:di]
	inc	di
	lodsb
	cmp	ah, 0
	je	.end
	call	upper
	cmp	al, ah
	je	.char
.name:	cmp	byte [es:di - 1], 0
	je	.text
	inc	di
	jmp	.name
.text:	inc	di
	cmp	byte [es:di - 1], 0
	jne	.text
	jmp	.entry
.end:	dec	si
	cmp	al, ' '
	je	.found
	cmp	al, 9
	je	.found
	cmp	al, 13
	jne	.text
.found:	pop	ax
	clc
	ret
.none:	pop	ax
	stc
	ret

upper:	cmp	al, 'a'
	jb	.ret
	cmp	al, 'z'
	ja	.ret
	sub	al, 32
.ret:	ret

; The text at ES:DI, with its $, to `rest`; DS:SI the line's other words.
expand:	push	ax
	mov	bx, R(rest)
.next:	mov	al, [es:di]
	inc	di
	cmp	al, 0
	je	.end
	cmp	al, '$'
	je	.dollar
.put:	call	put
	jmp	.next
.dollar:
	mov	al, [es:di]
	cmp	al, 0
	je	.end
	inc	di
	call	upper
	cmp	al, 'T'
	je	.split
	cmp	al, '*'
	je	.all
	mov	ah, '>'
	cmp	al, 'G'
	je	.sign
	mov	ah, '<'
	cmp	al, 'L'
	je	.sign
	mov	ah, '|'
	cmp	al, 'B'
	je	.sign
	mov	ah, al
	cmp	al, '$'
	je	.sign
	sub	al, '1'
	cmp	al, 9
	jb	.word
.sign:	mov	al, ah
	jmp	.put
.split:	cmp	bx, R(rest)
	je	.next
	cmp	byte [es:bx - 1], 0
	je	.next
	xor	al, al
	jmp	.put
.all:	push	si
	call	blanks
.tail:	lodsb
	cmp	al, 13
	je	.back
	call	put
	jmp	.tail
.word:	push	si
	mov	cl, al
	xor	ch, ch
	inc	cx
.words:	call	blanks
	dec	cx
	jz	.this
.over:	lodsb
	call	is_end
	jne	.over
	dec	si
	jmp	.words
.this:	lodsb
	call	is_end
	je	.back
	call	put
	jmp	.this
.back:	pop	si
	jmp	.next
.end:	mov	word [es:bx], 0
	pop	ax
	ret

put:	cmp	bx, R(rest) + REST_SIZE - 2
	jae	.full
	mov	[es:bx], al
	inc	bx
.full:	ret

; ZF: AL ends a word.
is_end:	cmp	al, ' '
	je	.ret
	cmp	al, 9
	je	.ret
	cmp	al, 13
.ret:	ret

blanks:	lodsb
	cmp	al, ' '
	je	blanks
	cmp	al, 9
	je	blanks
	dec	si
	ret
_doskey_end:
