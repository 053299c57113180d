; raster.asm - what a program of a VGA does to the picture while it is drawn: each frame
; anew, at scan lines that it counts.
%include "modes.inc"
%include "planar.inc"

start:	cld
	mov al, 13h
	call set_mode
	mov bp, 320
	mov ax, 200
	call bytes
	mov di, 100			; a band of one colour, whose number is 0
.band:	xor ax, ax
	mov cx, 60
	rep stosw
	add di, 200
	cmp di, 64000
	jb .band
	mov ax, bars
	call picture_by
	mov ax, mask
	call picture_by
	mov ax, late_start
	call picture_by
	mov ax, pitch
	call picture_by
	mov ax, blank
	call picture_by
	mov ax, higher
	call picture_by
	mov al, 0dh
	call set_mode
	crtc 13h, 28h
	crtc 9, 80h			; the line compare's highest bit is clear
	mov bp, 80
	mov cx, 200
	call pattern
	mov ax, wave
	call picture_by
	mov ax, palette
	call picture_by
	mov ax, splits
	call picture_by
	call text_above
	mov ax, mixed
	call picture_by
	mov al, 3
	call set_mode
	call hide_cursor
	mov bp, 80
	mov cx, 25
	call rows_of_text
	mov ax, dac_of_text
	call picture_by
	mov ax, heights
	call picture_by
	jmp finish

; AL, AH, BL: the parts of DAC register BH.
set_dac:
	push dx
	push ax
	mov dx, 3c8h
	mov al, bh
	out dx, al
	inc dx
	pop ax
	out dx, al
	xchg al, ah
	out dx, al
	xchg al, ah
	mov al, bl
	out dx, al
	pop dx
	ret

; Every fourth line of 100 another black.
bars:	mov bp, 4
	mov cx, 100
	call wait_lines
.next:	mov bx, bp
	mov ax, bp
	shr ax, 1
	and ax, 3fh
	mov ah, 3fh
	sub ah, al
	mov bh, 0
	call set_dac
	mov bh, 3ch
	call set_dac
	mov cx, 4
	call more_lines
	inc bp
	inc bp
	inc bp
	inc bp
	cmp bp, 104
	jb .next
	xor ax, ax
	xor bx, bx
	call set_dac
	mov ax, 3f00h
	mov bx, 3c00h
	jmp set_dac

mask:	mov dx, 3c6h
	mov al, 0ffh
	out dx, al
	mov cx, 120
	call wait_lines
	mov al, 0fh
	out dx, al
	mov cx, 120
	call more_lines
	mov al, 0f0h
	out dx, al
	mov cx, 100
	call more_lines
	mov al, 0ffh
	out dx, al
	ret

; The start address is taken at the retrace: nothing happens.
late_start:
	mov bx, 80 * 50
	call set_start
	mov cx, 100
	call wait_lines
	xor bx, bx
	jmp set_start

; From line 200 on lines are 328 bytes apart.
pitch:	crtc 13h, 28h
	mov cx, 200
	call wait_lines
	crtc 13h, 29h
	mov cx, 198
	call more_lines
	crtc 13h, 28h
	ret

blank:	seq 1, 1
	mov cx, 150
	call wait_lines
	seq 1, 21h
	mov cx, 50
	call more_lines
	seq 1, 1
	ret

; Dots twice as high in the middle.
higher:	crtc 9, 41h
	mov cx, 100
	call wait_lines
	crtc 9, 43h
	mov cx, 200
	call more_lines
	crtc 9, 41h
	ret

; Each pair of lines panned otherwise.
wave:	mov cx, 10
	call wait_lines
	mov bp, 0
.next:	mov bx, bp
	and bx, 15
	mov ah, [cs:sine + bx]
	mov al, 13h
	call set_attr
	mov cx, 2
	call more_lines
	inc bp
	cmp bp, 180
	jb .next
	attr 13h, 0
	ret
sine	db 0, 1, 2, 3, 5, 6, 7, 7, 7, 7, 6, 5, 3, 2, 1, 0

palette:
	attr 0, 0
	mov cx, 60
	call wait_lines
	attr 0, 1
	attr 12h, 7
	mov cx, 60
	call more_lines
	attr 0, 2
	attr 12h, 0bh
	mov cx, 120
	call more_lines
	attr 0, 4
	attr 12h, 0fh
	mov cx, 100
	call more_lines
	attr 0, 0
	ret

; A split at line 99, and again: the compare is moved on.
splits:	crtc 18h, 99
	mov ax, 0f07h
	mov dx, CRTC
	out dx, ax			; bit 8 is clear
	mov cx, 150
	call wait_lines
	crtc 18h, 199
	mov cx, 100
	call more_lines
	mov dx, CRTC
	mov ax, 1f07h
	out dx, ax
	crtc 18h, 299 - 256
	ret

; A picture of a game: 320x200 in 256 colours above, 80 columns of text below, which are in
; the memory side by side.
text_above:
	mov al, 3
	call set_mode
	call hide_cursor
	crtc 11h, 0
	seq 4, 6			; dots first, into all planes from 4000h on
	gc 5, 0
	gc 6, 5
	mov ax, 0a000h
	mov es, ax
	mov di, 8000h
	xor bl, bl
.line:	mov cx, 80
	push cx
	seq 2, 5
	pop cx
	push di
	mov al, bl
.byte:	stosb
	add al, 3
	loop .byte
	pop di
	push cx
	seq 2, 0ah
	pop cx
	mov cx, 80
	mov al, bl
.other:	stosb
	add al, 7
	loop .other
	inc bx
	cmp bl, 100
	jb .line
	seq 2, 3
	seq 4, 2
	gc 5, 10h
	gc 6, 0eh
	mov bp, 80
	mov cx, 25
	jmp rows_of_text

; 16 colours of 640 dots above; from line 200 on text.
mixed:	mov bx, 8000h
	call set_start
	gc 6, 0fh
	gc 5, 0
	attr 10h, 1
	attr 13h, 0
	crtc 9, 1
	crtc 17h, 0e3h
	seq 1, 1
	crtc 18h, 199
	mov dx, CRTC
	mov ax, 0f07h
	out dx, ax
	mov cx, 199
	call wait_lines
	gc 6, 0eh
	gc 5, 10h
	attr 10h, 4
	crtc 17h, 0a3h
	crtc 9, 0fh
	ret

; Blue is another colour for each row.
dac_of_text:
	mov bp, 16
	mov cx, 16
	call wait_lines
.next:	mov ax, bp
	mov ah, al
	and al, 3fh
	shr ah, 1
	mov bx, 120h
	call set_dac
	mov cx, 16
	call more_lines
	add bp, 10
	cmp bp, 16 + 240
	jb .next
	xor ax, ax
	mov bx, 12ah
	jmp set_dac

; Rows of 16 lines, and of 8 from the middle on.
heights:
	crtc 9, 4fh
	mov cx, 160
	call wait_lines
	crtc 9, 47h
	mov cx, 160
	call more_lines
	crtc 9, 4fh
	ret
