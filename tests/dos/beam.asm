; beam.asm - measures the status register of a video card against the timer, in each mode
; that its BIOS has, for 24 pictures.  A line of hexadecimal numbers each: the mode, the
; registers that make the timing where they can be read (miscellaneous output, sequencer
; 1, CRTC 0, 1, 6, 7, 9, 10h, 11h, 12h, 17h), pictures, ticks of the timer, looks at the
; status, looks that found bit 3, or 7 on a Hercules card, and bit 0, and how often bit 0
; has come.
	cpu 8086
	org 100h

PICTURES equ 24

	cld
	mov al, 36h			; 65536 ticks, as the BIOS has it, but counted one by one
	and al, 0fdh
	out 43h, al
	xor al, al
	out 40h, al
	out 40h, al
	mov di, text
.mode:	mov al, [mode]
	xor ah, ah
	int 10h
	mov ah, 0fh
	int 10h
	cmp al, [mode]
	jne .not
	mov al, [mode]
	call put_byte
	push di
	mov ax, 40h
	mov es, ax
	mov dx, [es:63h]
	mov [crtc], dx
	push ds
	pop es
	call measure
	pop di
	call put_registers
	mov si, results
	mov cx, 6
.result:
	mov ax, [si + 2]
	call put_word
	mov ax, [si]
	sub di, 1
	call put_word
	add si, 4
	loop .result
	mov ax, 0a0dh
	stosw
.not:	inc byte [mode]
	cmp byte [mode], 14h
	jb .mode
	mov al, 36h
	out 43h, al
	xor al, al
	out 40h, al
	out 40h, al
	mov ax, 3
	cmp byte [crtc], 0b4h
	jne .text
	mov al, 7
.text:	int 10h
	mov byte [di], '$'
	mov dx, text
	mov ah, 9
	int 21h
	mov ax, 4c00h
	int 21h

put_registers:
	mov dx, 3cch
	in al, dx
	call put_byte
	mov dx, 3c4h
	mov al, 1
	out dx, al
	inc dx
	in al, dx
	call put_byte
	mov si, numbers
.next:	mov dx, [crtc]
	lodsb
	cmp al, 0ffh
	je .end
	out dx, al
	inc dx
	in al, dx
	call put_byte
	jmp .next
.end:	ret
numbers	db 0, 1, 6, 7, 9, 10h, 11h, 12h, 17h, 0ffh

put_word:
	push ax
	mov al, ah
	call put_byte
	pop ax
	dec di
put_byte:
	push ax
	push cx
	mov cl, 4
	shr al, cl
	call .digit
	pop cx
	pop ax
	push ax
	and al, 15
	call .digit
	mov al, ' '
	stosb
	pop ax
	ret
.digit:	add al, 90h
	daa
	adc al, 40h
	daa
	stosb
	ret

; The results, in the time from one beginning of a retrace to another.
measure:
	mov di, results
	mov cx, 12
	xor ax, ax
	rep stosw
	mov byte [bit], 8
	mov byte [turned], 0
	mov dx, [crtc]
	add dl, 6
	cmp dl, 0bah
	jne .go
	mov ah, 12h			; monochrome: a VGA has it where a colour card has
	mov bl, 10h
	int 10h
	cmp bl, 10h
	jne .go
	mov byte [bit], 80h		; and a Hercules card turned over
	mov byte [turned], 80h
.go:	mov dx, [crtc]
	add dl, 6
	cli
	call retrace
	call timer
	mov [before], ax
.picture:
	call retrace
	call timer
	mov bx, [before]
	mov [before], ax
	sub bx, ax			; it counts down
	add [ticks], bx
	adc word [ticks + 2], 0
	inc word [pictures]
	cmp word [pictures], PICTURES
	jb .picture
	call retrace
	call watch
	sti
	ret

timer:	mov al, 0
	out 43h, al
	in al, 40h
	mov ah, al
	in al, 40h
	xchg al, ah
	ret

; Until the retrace begins.
retrace:
	mov bl, [bit]
.in:	in al, dx
	xor al, [turned]
	test al, bl
	jnz .in
.out:	in al, dx
	xor al, [turned]
	test al, bl
	jz .out
	ret

; From its beginning on, for as many pictures.  Each look takes the same time.
watch:	mov bl, 0			; bit 0 as it was
	mov bh, 0ffh			; 0FFh: the bit was set
	mov cx, PICTURES
.next:	in al, dx
	xor al, [turned]
	mov ah, al
	and ax, 0ff01h
	and ah, [bit]
	neg ah				; CF: it is set
	sbb ah, ah
	not bh
	and bh, ah			; it has come
	mov si, ax
	mov al, bh
	cbw
	add cx, ax
	mov ax, si
	jcxz .end
	mov bh, ah
	add word [looks], 1
	adc word [looks + 2], 0
	mov al, ah
	cbw
	sub [found], ax
	mov ax, si
	xor ah, ah
	add [blanks], ax
	adc word [blanks + 2], 0
	mov ah, bl
	mov bl, al
	not ah
	and al, ah
	xor ah, ah
	add [lines], ax
	adc word [lines + 2], 0
	jmp .next
.end:	ret

mode	db 0
crtc	dw 0
before	dw 0
bit	db 0
turned	db 0
results:
pictures dd 0
ticks	dd 0
looks	dd 0
found	dd 0
blanks	dd 0
lines	dd 0
text:
