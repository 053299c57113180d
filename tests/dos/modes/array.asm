; array.asm - what Tandy and PCjr have more than a CGA: modes 8 to 0Ah with a palette that
; can be changed, in the middle of the picture too, its mask, a border of any colour, and
; pages of the memory.
%include "modes.inc"

start:	cld
	mov al, 8
	call whole
	mov al, 9
	call whole
	call cycle
	mov al, 0ah
	call whole
	mov al, 4			; a CGA's colours through the palette
	call whole
	mov al, 9
	call set_mode
	call fill
	mov ah, 0eh
	mov al, 2			; the border
	call put
	call picture
	mov ah, 5			; the mask
	mov al, 1
	call put
	call picture
	mov ah, 15
	call put
	mov ax, stripes
	call picture_by
	call pages
	jmp finish

; Mode AL, filled, and with another palette.
whole:	call set_mode
	call fill
	call picture
	mov cl, 4
	call turn
	jmp picture

cycle:	mov cl, 1
.next:	call turn
	call picture
	add cl, 7
	cmp cl, 16
	jb .next
	xor cl, cl

; Each palette register becomes its number and CL.
turn:	mov al, 10h
.next:	mov ah, al
	add ah, cl
	and ah, 15
	call put
	inc ax
	cmp al, 20h
	jb .next
	ret

; Register AL of the array becomes AH.  The Tandy has another port for it.  While the
; index names the palette, there is no picture.
put:	push dx
	push ax
	mov dx, 3dah
	in al, dx
	pop ax
	push ax
	out dx, al
	xchg al, ah
	call is_pcjr
	je .out
	mov dx, 3deh
.out:	out dx, al
	mov dx, 3dah
	in al, dx
	mov al, 0
	out dx, al
	pop ax
	pop dx
	ret

is_pcjr:
	push es
	push ax
	mov ax, 0f000h
	mov es, ax
	pop ax
	cmp byte [es:0fffeh], 0fdh
	pop es
	ret

; 16 KiB, or 32 where the mode has them: each byte another.
fill:	mov ax, 0b800h
	mov es, ax
	mov cx, 4000h
	mov ah, 0fh
	int 10h
	cmp al, 9
	jb .fill
	mov cx, 8000h
.fill:	xor di, di
	xor ax, ax
.byte:	stosb
	add al, 11h
	jnc .same
	inc ah
	add al, ah
.same:	loop .byte
	ret

stripes:
	mov cx, 50
	call wait_lines
	mov bl, 20
.next:	mov ah, bl
	and ah, 15
	mov al, 13h
	call put
	mov cx, 4
	call more_lines
	dec bl
	jnz .next
	mov ax, 0313h
	jmp put

; Pages of the memory: one is seen, while another is written to.
pages:	mov al, 8
	call set_mode
	mov dx, 3dfh
	mov al, 2ch			; the CPU has page 5, page 4 is seen
	out dx, al
	call fill
	mov ax, 0b800h
	mov es, ax
	mov di, 100
	mov cx, 4000
	mov al, 5ah
	rep stosb
	mov al, 2dh			; page 5 is seen
	out dx, al
	call picture
	mov al, 2ch
	out dx, al
	jmp picture
