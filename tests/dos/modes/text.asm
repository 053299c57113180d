; text.asm - text on a VGA: all numbers of lines, rows and columns, tweaked ones too,
; fonts, cursors, blinking, underlining and the ninth column.  Some of it on an EGA.
%include "modes.inc"
%include "timing.inc"
%include "planar.inc"

start:	cld
	call is_vga
	mov bx, routines
	jnc .next
	mov bx, ega_routines
.next:	mov ax, [bx]
	test ax, ax
	jz .end
	push bx
	call ax
	pop bx
	add bx, 2
	jmp .next
.end:	jmp finish

routines:
	dw lines_200, lines_350, lines_200_40, lines_350_40, rows_28, rows_43, rows_50, rows_60
	dw columns_90, flat_80, flat_160, mono, mono_350, blinking, bright, fonts, glyphs
	dw cursor_bottom, cursor_full, cursor_upside_down, cursor_off, eight_dots, no_ninth
	dw underlined, doubled, colors_8, dead_lines, 0

; What an EGA has, with 350 lines.
ega_routines:
	dw lines_350, lines_350_40, rows_43, blinking, bright, fonts, cursor_bottom
	dw cursor_full, cursor_upside_down, cursor_off, underlined, colors_8, 0

; Mode AL with lines AH (0: 200, 1: 350, 2: 400).
with_lines:
	push ax
	xchg al, ah
	mov ah, 12h
	mov bl, 30h
	int 10h
	pop ax
	call set_mode
	call hide_cursor
	jmp steady

lines_200:
	mov ax, 3
	call with_lines
	call fill
	jmp picture
lines_350:
	mov ax, 103h
	call with_lines
	call fill
	jmp picture
lines_200_40:
	mov ax, 1
	call with_lines
	call fill
	jmp picture
lines_350_40:
	mov ax, 101h
	call with_lines
	call fill
	jmp picture

; A font of the BIOS: AL as for INT 10h/11h.
with_font:
	xor bl, bl
	mov ah, 11h
	int 10h
	call hide_cursor
	call fill
	jmp picture

rows_28:
	mov ax, 203h
	call with_lines
	mov al, 11h			; 14 lines
	jmp with_font
rows_43:
	mov ax, 103h
	call with_lines
	mov al, 12h			; 8 lines
	jmp with_font
rows_50:
	mov ax, 203h
	call with_lines
	mov al, 12h
	jmp with_font

; 480 lines, rows of 8.
rows_60:
	mov ax, 203h
	call with_lines
	mov ax, 1112h
	xor bl, bl
	int 10h
	call hide_cursor
	mov si, r60
	call set_timing
	mov word [rows], 60
	mov word [columns], 80
	call fill_it
	jmp picture
r60:	timing 0e7h, 0, 80, 100, 85, 480, 525, 490, 7, 1f28h, 0a3h

; 90 of eight dots are as wide as 80 of nine.
columns_90:
	mov ax, 203h
	call with_lines
	mov si, r90
	call set_timing
	attr 13h, 0
	mov word [rows], 30
	mov word [columns], 90
	call fill_it
	jmp picture
r90:	timing 0e7h, 1, 90, 112, 95, 480, 525, 490, 15, 1f2dh, 0a3h

; 80x100 and 160x100: rows so flat that a character is no more than two dots, of its
; foreground and its background.
flat:	mov ax, 203h
	call with_lines
	crtc 9, 43h			; four lines
	seq 1, 1			; eight dots
	attr 13h, 0
	ret
flat_80:
	call flat
	mov ax, 0b800h
	mov es, ax
	xor di, di
	xor bx, bx
.cell:	mov al, 0dbh
	mov ah, bl
	add ah, bh
	stosw
	inc bl
	cmp bl, 80
	jb .cell
	xor bl, bl
	inc bh
	cmp bh, 100
	jb .cell
	jmp picture
flat_160:
	call flat
	mov ax, 0b800h
	mov es, ax
	xor di, di
	xor bx, bx
.cell:	mov al, 0deh			; its right half
	mov ah, bl
	add ah, bl
	add ah, bh
	mov cl, 4
	shl ah, cl
	add ah, bl
	stosw
	inc bl
	cmp bl, 80
	jb .cell
	xor bl, bl
	inc bh
	cmp bh, 100
	jb .cell
	jmp picture

mono:	mov ax, 207h
	call with_lines
	call fill
	jmp picture
mono_350:
	mov ax, 107h
	call with_lines
	call fill
	jmp picture

blinking:
	mov ax, 203h
	call with_lines
	mov ax, 1003h
	mov bl, 1
	int 10h
	call fill
	jmp blinking_picture
bright:	mov ax, 203h
	call with_lines
	call fill
	jmp picture

; Attribute bit 3 chooses between 16 lines and 8.
fonts:	mov ax, 203h
	call with_lines
	mov ax, 1102h
	mov bl, 1
	int 10h
	mov ax, 1103h
	mov bl, 4			; B: block 0, A: block 1
	int 10h
	call hide_cursor
	call fill
	jmp picture

; Glyphs of the program's own: four letters turned over.
glyphs:	mov ax, 203h
	call with_lines
	mov ax, 1130h
	mov bh, 6
	int 10h
	push ds
	push es
	pop ds
	lea si, [bp + 16 * 'A']
	push cs
	pop es
	mov di, glyph
	mov bp, 4
.glyph:	add di, 15
	mov cx, 16
.row:	lodsb
	xor al, 81h
	mov [cs:di], al
	dec di
	loop .row
	add di, 17
	dec bp
	jnz .glyph
	pop ds
	mov ax, 1100h
	mov bx, 1000h
	mov cx, 4
	mov dx, 'A'
	mov bp, glyph
	int 10h
	call fill
	jmp picture

; CX: shape; at the attribute of a row's end.
cursor:	push cx
	mov ax, 203h
	call with_lines
	call fill
	pop cx
	mov ah, 1
	int 10h
	mov ah, 2
	xor bh, bh
	mov dx, 0a18h
	int 10h
	jmp blinking_picture
cursor_bottom:
	mov cx, 607h
	jmp cursor
cursor_full:
	mov cx, 0fh
	jmp cursor
cursor_off:
	mov cx, 2007h
	jmp cursor
; The end is above the start: as the registers have it, the BIOS would mend it.
cursor_upside_down:
	mov ax, 203h
	call with_lines
	call fill
	mov ah, 2
	xor bh, bh
	mov dx, 0a18h
	int 10h
	crtc 0ah, 0ch
	crtc 0bh, 4
	jmp blinking_picture

eight_dots:
	mov ax, 203h
	call with_lines
	call fill
	seq 1, 1
	attr 13h, 0
	jmp picture
; The ninth dot of characters with lines is background, too.
no_ninth:
	mov ax, 203h
	call with_lines
	call fill
	attr 10h, 0
	jmp picture
; In colours, the attributes whose foreground is 1.
underlined:
	mov ax, 203h
	call with_lines
	call fill
	crtc 14h, 0eh
	jmp picture
doubled:
	mov ax, 203h
	call with_lines
	call fill
	crtc 9, 0cfh
	jmp picture
; Of the palette's colours no more than planes 0 to 2 can name.
colors_8:
	mov ax, 203h
	call with_lines
	call fill
	attr 12h, 7
	jmp picture
; Glyphs of 16 lines in rows of 20: the fonts have 32.
dead_lines:
	mov ax, 203h
	call with_lines
	call fill
	crtc 9, 53h
	jmp picture

; Every character, every attribute, on the whole screen.
fill:	mov ax, AREA
	mov es, ax
	mov al, [es:84h]
	inc al
	xor ah, ah
	mov [rows], ax
	mov ax, [es:4ah]
	mov [columns], ax
fill_it:
	mov ax, 0b800h
	cmp byte [status], 0bah
	jne .at
	mov ax, 0b000h
.at:	mov es, ax
	xor di, di
	xor bx, bx			; row
.row:	xor cx, cx			; column
.cell:	mov al, bl
	add al, cl
	add al, cl
	mov ah, bl
	push cx
	shr cl, 1
	and cl, 15
	shl ah, 1
	shl ah, 1
	shl ah, 1
	shl ah, 1
	or ah, cl
	pop cx
	cmp cx, 32
	jb .put
	mov ah, bl
	add ah, cl
	add al, cl
.put:	stosw
	inc cx
	cmp cx, [columns]
	jb .cell
	inc bx
	cmp bx, [rows]
	jb .row
	mov ax, [columns]		; the last row begins with how many
	mov bx, [rows]
	dec bx
	mul bx
	shl ax, 1
	mov di, ax
	mov ax, [columns]
	call number_out
	mov ax, 0f00h + 'x'
	stosw
	mov ax, [rows]

number_out:
	aam
	push ax
	mov al, ah
	call .digit
	pop ax
.digit:	add al, '0'
	mov ah, 0fh
	stosw
	ret

rows	dw 0
columns	dw 0
glyph:
