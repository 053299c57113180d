; scroll.asm - an EGA's and a VGA's picture moved about: start address, panning by dots
; and by characters, the row that text begins with, and the screen split in two.
%include "modes.inc"
%include "planar.inc"

start:	cld
	mov al, 0dh
	call set_mode			; 80 bytes a line, of which 40 are seen
	crtc 13h, 28h
	mov bp, 80
	mov cx, 400
	call pattern
	mov si, moves
	call all
	mov si, splits
	call all
	call is_vga
	jc .text
	mov si, vga_splits
	call all
.text:	mov al, 3
	call set_mode
	call hide_cursor
	call steady
	mov bp, 80
	mov cx, 60
	call rows_of_text
	mov si, text_moves
	call all
	mov al, 1
	call set_mode
	call hide_cursor
	call steady
	mov bp, 40
	mov cx, 60
	call rows_of_text
	mov si, narrow_moves
	call all
	call is_vga
	jc .end
	mov al, 13h
	call set_mode
	mov bp, 320
	mov ax, 204
	call bytes
	mov si, chained_moves
	call all
	mov al, 13h
	call set_mode
	call mode_x
	mov si, x_moves
	call all
.end:	jmp finish

; A move: how far the start address is, panning, preset row scan, line compare
; (7FFFh: none) and attribute mode.  FFFFh in the second: the end.
all:	mov bx, [si]
	cmp word [si + 2], 0ffffh
	je .end
	call wait_retrace
	call set_start
	mov ah, [si + 2]
	mov al, 13h
	call set_attr
	mov ah, [si + 4]
	mov al, 8
	mov dx, [status]
	sub dl, 6
	out dx, ax
	mov bx, [si + 6]
	call set_compare
	mov ah, [si + 8]
	mov al, 10h
	call set_attr
	push si
	call picture
	pop si
	add si, 10
	jmp all
.end:	ret

; The line compare becomes BX.  What else is in register 7 an EGA does not tell.
set_compare:
	mov dx, [status]
	sub dl, 6
	mov al, 18h
	mov ah, bl
	out dx, ax
	call is_vga
	jc .ega
	mov al, 7			; protected, but not this bit
	out dx, al
	inc dx
	in al, dx
	dec dx
	and al, 0efh
	test bh, 1
	jz .seven
	or al, 10h
.seven:	mov ah, al
	mov al, 7
	out dx, ax
	mov al, 9
	out dx, al
	inc dx
	in al, dx
	dec dx
	and al, 0bfh
	test bh, 2
	jz .nine
	or al, 40h
.nine:	mov ah, al
	mov al, 9
	out dx, ax
	ret
.ega:	push es
	mov ax, AREA
	mov es, ax
	mov ah, 1			; as its modes of 200 lines have it
	cmp byte [es:49h], 3
	ja .mode
	mov ah, 0fh			; and 350
.mode:	pop es
	test bh, 1
	jz .out
	or ah, 10h
.out:	mov al, 7
	out dx, ax
	ret

; Unchained, bytes, 400 lines of 80 bytes.
mode_x:	seq 4, 6
	crtc 14h, 0
	crtc 17h, 0e3h
	crtc 13h, 28h
	seq 2, 0fh
	mov ax, 0a000h
	mov es, ax
	xor di, di
	xor bx, bx
.line:	mov cx, 80
	mov al, bl
.byte:	stosb
	inc ax
	loop .byte
	add bl, 3
	cmp di, 32000
	jb .line
	ret

%macro move 5
	dw %1, %2, %3, %4, %5
%endmacro
%define end dw 0, 0ffffh
NONE	equ 7fffh

moves:	move 0, 0, 0, NONE, 1
	move 0, 1, 0, NONE, 1
	move 0, 4, 0, NONE, 1
	move 0, 7, 0, NONE, 1
	move 1, 0, 0, NONE, 1
	move 5 * 80, 0, 0, NONE, 1
	move 17 * 80 + 3, 3, 0, NONE, 1
	move -80, 0, 0, NONE, 1		; what is above comes from the end of the memory
	move -3, 2, 0, NONE, 1
	move 0, 0, 20h, NONE, 1		; a character further, and two
	move 0, 3, 40h, NONE, 1
	end
splits:	move 60 * 80, 0, 0, 99, 1
	move 60 * 80, 5, 0, 99, 1
	move 60 * 80 + 2, 3, 20h, 151, 1
	move 60 * 80, 0, 0, 1, 1
	end
vga_splits:
	move 60 * 80, 5, 0, 199, 21h	; the lower part is not panned
	move 60 * 80, 5, 40h, 199, 21h
	move 60 * 80, 0, 0, 397, 21h
	end
text_moves:
	move 0, 8, 0, NONE, 4
	move 0, 0, 0, NONE, 4		; one dot of nine
	move 0, 3, 0, NONE, 4
	move 0, 7, 0, NONE, 4
	move 0, 8, 5, NONE, 4		; the first row begins with its line 5
	move 0, 8, 13, NONE, 4
	move 80, 8, 0, NONE, 4
	move 83, 4, 9, NONE, 4
	move -80, 8, 0, NONE, 4
	move 160, 8, 7, 150, 4		; the lower part begins with line 0 of its row
	move 160, 2, 7, 150, 4
	move 160, 2, 0, 160, 4
	move 0, 8, 20h, NONE, 4
	end
narrow_moves:
	move 0, 8, 0, NONE, 4
	move 0, 2, 3, NONE, 4
	move 41, 6, 11, NONE, 4
	end
chained_moves:
	move 0, 0, 0, NONE, 41h
	move 0, 2, 0, NONE, 41h		; a dot
	move 0, 6, 0, NONE, 41h
	move 1, 0, 0, NONE, 41h		; four
	move 81, 4, 0, NONE, 41h
	move 80 * 20, 0, 0, 199, 41h
	move 80 * 20, 4, 0, 199, 41h
	move 80 * 20, 4, 0, 199, 61h
	end
x_moves:
	move 0, 0, 0, NONE, 41h
	move 1, 4, 0, NONE, 41h
	move 80 * 30, 0, 0, NONE, 41h
	move 80 * 200, 2, 0, 299, 41h
	move 80 * 200, 2, 0, 299, 61h
	end
