; cga.asm - what programs do with the 6845 and the two registers of a CGA; Tandy and PCjr
; have the first as well.  The PCjr's own registers stand for the other two, so there only
; what needs none of them is shown.
%include "modes.inc"

MODE	equ 3d8h
COLOR	equ 3d9h

start:	cld
	call is_pcjr
	je .both
	call palettes
	call two_colors
	call borders
	call bars
.both:	call flat
	call moves
	call cursors
	call shapes
	call splits
	call fields
	jmp finish

is_pcjr:
	push es
	mov ax, 0f000h
	mov es, ax
	cmp byte [es:0fffeh], 0fdh
	pop es
	ret

; The 6845's register AL becomes AH.
set_crtc:
	push dx
	mov dx, CRTC
	out dx, ax
	pop dx
	ret

; Dots of four colours in turn, each byte another: 16 KiB.
dots:	mov ax, 0b800h
	mov es, ax
	xor di, di
	xor bl, bl
.line:	mov cx, 80
	mov al, bl
.byte:	stosb
	add al, 1bh
	loop .byte
	add bl, 5
	cmp di, 1f40h
	jb .line
	mov di, 2000h
.odd:	mov cx, 80
	mov al, bl
	not al
.other:	stosb
	add al, 0e4h
	loop .other
	add bl, 7
	cmp di, 3f40h
	jb .odd
	ret

; All sets of colours, with some backgrounds: 320x200, then with no burst.
palettes:
	mov al, 4
	call set_mode
	call dots
	mov dx, COLOR
	mov al, 0
.next:	out dx, al
	call picture
	add al, 13h			; the set too changes: 0, 13h, 26h, 39h
	cmp al, 40h
	jb .next
	mov al, 30h			; bright cyan, magenta, white
	out dx, al
	call picture
	mov al, 5
	call set_mode
	call dots
	call picture
	mov dx, COLOR
	mov al, 11h
	out dx, al
	jmp picture

two_colors:
	mov al, 6
	call set_mode
	call dots
	call picture
	mov dx, COLOR
	mov al, 0ah
	out dx, al
	call picture
	mov dx, MODE			; the burst on: colours on a television
	mov al, 1ah
	out dx, al
	mov dx, COLOR
	mov al, 0fh
	out dx, al
	jmp picture

; Text, its border, and bright backgrounds.
borders:
	mov al, 1
	call set_mode
	call hide_cursor
	call steady
	call text
	mov dx, COLOR
	mov al, 0ch
	out dx, al
	call picture
	mov al, 3
	call set_mode
	call hide_cursor
	call text
	mov dx, MODE
	mov al, 9			; no blinking
	out dx, al
	call picture
	mov al, 1			; the video off
	out dx, al
	call picture
	mov al, 29h
	out dx, al
	jmp blinking_picture

; All characters in all colours.
text:	mov ax, 0b800h
	mov es, ax
	xor di, di
	xor ax, ax
	mov cx, 2000
.cell:	stosw
	inc al
	add ah, 3
	loop .cell
	ret

; Each line of 100 another background.
bars:	mov al, 4
	call set_mode
	call dots
	mov ax, lines
	jmp picture_by
lines:	mov cx, 40
	call wait_lines
	mov bx, 100
	mov dx, COLOR
.next:	mov al, bl
	and al, 3fh
	out dx, al
	mov cx, 1
	call more_lines
	dec bx
	jnz .next
	mov al, 0
	out dx, al
	ret

; 160x100 in 16 colours: rows of two lines, of the characters' right halves.
flat:	mov al, 3
	call set_mode
	mov ax, 47h * 256 + 4
	mov si, rows
.reg:	lodsw
	cmp ax, 0ffffh
	je .fill
	call set_crtc
	jmp .reg
.fill:	call steady
	mov ax, 0b800h
	mov es, ax
	xor di, di
	xor bx, bx
.cell:	mov al, 0deh
	mov ah, bl
	add ah, bl
	add ah, bh
	mov cl, 4
	shl ah, cl
	mov cl, bl
	and cl, 15
	or ah, cl
	stosw
	inc bl
	cmp bl, 80
	jb .cell
	xor bl, bl
	inc bh
	cmp bh, 100
	jb .cell
	call picture
	ret
rows	dw 7f04h, 6406h, 7007h, 0109h, 0605h, 0ffffh

; The picture moved about.
moves:	mov al, 3
	call set_mode
	call hide_cursor
	call text
	mov bx, 40
	call set_start
	call steady
	call picture
	mov bx, 7c8h			; around the end
	call set_start
	call picture
	mov al, 4
	call set_mode
	call dots
	mov bx, 20			; lines: each row is two
	call set_start
	call picture
	mov ax, 2001h			; 32 characters: 256 dots
	call set_crtc
	call picture
	mov ax, 5006h			; 80 rows
	call set_crtc
	jmp picture

; Cursor shapes.
cursors:
	mov si, shape
.next:	lodsw
	cmp ax, 0ffffh
	je .end
	push si
	push ax
	mov al, 3
	call set_mode
	call text
	call steady
	mov ah, 2
	mov dx, 0314h
	xor bh, bh
	int 10h
	pop ax
	mov bx, ax
	mov ah, bh
	mov al, 0ah
	call set_crtc
	mov ah, bl
	mov al, 0bh
	call set_crtc
	call blinking_picture
	pop si
	jmp .next
.end:	ret
; start, end: below, the whole, none, and one whose end is above its start
shape	dw 0607h, 0007h, 2007h, 0602h, 0ffffh

; Rows of other heights: the lower lines of the character generator, or more than it has.
shapes:	mov al, 3
	call set_mode
	call hide_cursor
	call text
	call steady
	mov ax, 0309h			; four lines
	call set_crtc
	mov ax, 3f04h
	call set_crtc
	mov ax, 3206h
	call set_crtc
	mov ax, 3807h
	call set_crtc
	call picture
	mov ax, 0f09h			; sixteen
	call set_crtc
	mov ax, 0f04h
	call set_crtc
	mov ax, 0c06h
	call set_crtc
	mov ax, 0e07h
	call set_crtc
	jmp picture

; Two frames in the time of one: the upper half ends without a vertical sync, so what
; follows begins again at the start address, which is another one by then.
splits:	mov al, 3
	call set_mode
	call hide_cursor
	call text
	call steady
	mov ax, split
	jmp picture_by
split:	mov cx, 20
	call wait_lines
	mov ax, 0b04h			; 12 rows, 12 of them shown, no sync
	call set_crtc
	mov ax, 0c06h
	call set_crtc
	mov ax, 7f07h
	call set_crtc
	mov ax, 5
	call set_crtc
	mov bx, 1000
	call set_start
	mov cx, 90
	call more_lines
	mov ax, 1304h			; 20 rows: 12 of them shown, then the sync
	call set_crtc
	mov ax, 1007h
	call set_crtc
	mov ax, 0605h
	call set_crtc
	xor bx, bx
	jmp set_start

; Interlaced: fifty rows, of whose lines each field has every other one; and twenty-five,
; which both fields have.
fields:	mov al, 3
	call set_mode
	call hide_cursor
	call steady
	mov ax, 0b800h
	mov es, ax
	xor di, di
	mov ax, 0f41h
	mov cx, 4000
.cell:	stosw
	inc ax
	or ah, 8
	loop .cell
	mov ax, 0308h
	call set_crtc
	call picture
	mov ax, 0108h
	call set_crtc
	jmp picture
