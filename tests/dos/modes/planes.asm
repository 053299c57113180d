; planes.asm - what an EGA and a VGA make of a byte that is written or read: write modes 0
; to 3 with all functions, rotations, set/reset, bit and map masks; copies by the
; latches; read modes; odd/even and chained addresses.  What comes out is the picture.
; The EGA has no write mode 3, and other bits in its registers of addresses.
%include "modes.inc"
%include "planar.inc"

start:	cld
	mov byte [write_modes], 3
	call is_vga
	jc .modes
	inc byte [write_modes]
.modes:	call everything
	call masks
	call copies
	call reads
	call compares
	call odd_even
	call is_vga
	jc .end
	call chained
	call windows
.end:	jmp finish

; Mode 0Dh with something in it: the lines' latches have all sorts of bits.
ground:	mov al, 0dh
	call set_mode
	mov ax, 0a000h
	mov es, ax
	mov byte [map], 1
.plane:	mov dx, SEQ
	mov al, 2
	mov ah, [map]
	out dx, ax
	xor di, di
	mov bl, [map]
.byte:	mov al, bl
	stosb
	add bl, 37
	rol bl, 1
	cmp di, 8000
	jb .byte
	shl byte [map], 1
	cmp byte [map], 10h
	jb .plane
	mov byte [map], 0fh
	seq 2, 0fh
	ret

; Down: the functions, of each the eight rotations, six lines; to the right the write
; modes, of each ten sets of set/reset, its enabling, bit mask and byte.
everything:
	call ground
	xor bp, bp			; line
.line:	mov ax, bp
	mov cl, 48
	div cl
	mov bh, al			; the function
	mov al, ah
	xor ah, ah
	mov cl, 6
	div cl
	mov cl, 3
	shl bh, cl
	or bh, al
	mov ah, bh
	mov al, 3
	mov dx, GC
	out dx, ax
	mov ax, 40
	mul bp
	mov di, ax
	xor bl, bl
.mode:	mov ah, bl
	mov al, 5
	mov dx, GC
	out dx, ax
	mov si, sets
.set:	cs lodsb
	mov ah, al
	xor al, al
	out dx, ax
	cs lodsb
	mov ah, al
	mov al, 1
	out dx, ax
	cs lodsb
	mov ah, al
	mov al, 8
	out dx, ax
	mov al, [es:di]
	cs lodsb
	stosb
	cmp si, sets_end
	jb .set
	inc bl
	cmp bl, [write_modes]
	jb .mode
	inc bp
	cmp bp, 192
	jb .line
	call plain
	jmp picture

sets:	db 0, 0, 0ffh, 5ah
	db 0, 0, 0fh, 0c3h
	db 5, 0fh, 0ffh, 0a5h
	db 0ah, 0fh, 3ch, 0fh
	db 3, 5, 0ffh, 71h
	db 0ch, 0ah, 0f0h, 1eh
	db 0fh, 3, 81h, 0e8h
	db 6, 9, 7eh, 2dh
	db 9, 0, 55h, 96h
	db 0fh, 0fh, 0aah, 3
sets_end:

plain:	gc 0, 0
	gc 1, 0
	gc 3, 0
	gc 4, 0
	gc 5, 0
	gc 8, 0ffh
	seq 2, 0fh
	ret

; Each map mask, in write modes 0 and 2; the latches are those of the line above.
masks:	call ground
	xor bp, bp
	mov bx, 2			; write mode
.mode:	xor cx, cx			; map mask
.mask:	mov dx, SEQ
	mov al, 2
	mov ah, cl
	out dx, ax
	mov dx, GC
	mov al, 5
	mov ah, bl
	out dx, ax
	push cx
	mov cx, 40
	mov al, 8
	mov ah, 3ch
	out dx, ax
	mov ax, 240			; six lines on
	mul bp
	mov di, ax
.byte:	mov al, [es:di + 40]
	mov al, cl
	stosb
	loop .byte
	pop cx
	inc bp
	inc cx
	cmp cl, 16
	jb .mask
	sub bl, 2
	jnb .mode
	call plain
	jmp picture

; Write mode 1: 80 lines are copied down by words, a column to the right; then one line
; over and over, with a part of the planes only.
copies:	call ground
	gc 5, 1
	push ds
	push es
	pop ds
	xor si, si
	mov di, 80 * 40 + 1
	mov cx, 80 * 40
	rep movsb
	pop ds
	mov al, [es:1234]
	seq 2, 5
	mov di, 180 * 40
	mov cx, 200
	rep stosw
	call plain
	jmp picture

; Read mode 0: each plane of the upper lines is put below as plane 0, turned to another
; colour by set/reset.
reads:	call ground
	xor bl, bl
.plane:	mov dx, GC
	mov al, 4
	mov ah, bl
	out dx, ax
	mov al, 40
	mul bl
	mov cx, 20 * 40
	xor si, si
	mov ax, 40 * 40
	mul bl
	mov di, ax
	add di, 40 * 40
.byte:	mov al, [es:si]
	inc si
	stosb
	loop .byte
	inc bl
	cmp bl, 4
	jb .plane
	call plain
	jmp picture

; Read mode 1: to each colour in turn, with each set of planes that count.
compares:
	call ground
	gc 5, 8
	xor bx, bx
.next:	mov dx, GC
	mov al, 2			; compare
	mov ah, bl
	out dx, ax
	mov al, 7			; care
	mov ah, bh
	out dx, ax
	mov al, bh
	xor ah, ah
	mov cl, 4
	shl ax, cl
	add al, bl
	mov cx, 20			; 256 of 20 bytes each
	mul cx
	mov di, ax
	add di, 40 * 40
	mov si, ax
	and si, 3ffh
.byte:	mov al, [es:si]
	inc si
	stosb
	loop .byte
	inc bl
	cmp bl, 16
	jb .next
	xor bl, bl
	inc bh
	cmp bh, 16
	jb .next
	call plain
	gc 7, 0fh
	jmp picture

; Even addresses are planes 0 and 2, odd ones 1 and 3: written so, and read.
odd_even:
	call ground
	seq 4, 2
	mov di, 40 * 20
	mov cx, 40 * 40
	xor bx, bx
.write:	mov al, bl
	stosb
	inc bx
	loop .write
	seq 4, 6
	gc 5, 10h			; read so
	gc 6, 7				; and the page by the odd/even bit
	xor si, si
	mov di, 40 * 90
	mov cx, 40 * 30
.read:	mov al, [es:si]
	inc si
	stosb
	loop .read
	gc 4, 2
	mov cx, 40 * 30
.planes:
	mov al, [es:si]
	inc si
	stosb
	loop .planes
	gc 6, 5
	call plain
	jmp picture

; Chain-4: written through it with a map mask and a bit mask, and read back; and what is
; there by planes.
chained:
	mov al, 13h
	call set_mode
	mov bp, 320
	mov ax, 200
	call bytes
	seq 2, 5
	mov di, 320 * 20
	mov cx, 320 * 10
	mov al, 0eh
	rep stosb
	seq 2, 0fh
	gc 8, 0f0h
	mov di, 320 * 40
	mov cx, 320 * 10
.mask:	mov al, [es:di]
	mov al, cl
	stosb
	loop .mask
	gc 8, 0ffh
	gc 3, 18h			; XOR with the latches
	mov di, 320 * 60
	mov cx, 320 * 10
.xor:	mov al, [es:di]
	mov al, 0fh
	stosb
	loop .xor
	gc 3, 0
	seq 4, 6			; planes: every fourth group is seen
	mov di, 8000
	mov cx, 1000
	mov al, 28h
	rep stosb
	seq 4, 0eh
	mov si, 320 * 10
	mov di, 320 * 150
	mov cx, 320 * 20
	push ds
	push es
	pop ds
	rep movsb
	pop ds
	jmp picture

; The memory from B8000h on, and as 128 KiB.
windows:
	call ground
	gc 6, 0dh
	mov ax, 0b800h
	mov es, ax
	mov di, 40 * 50
	mov cx, 40 * 20
	mov al, 0cch
	rep stosb
	gc 6, 9
	mov ax, 0b000h
	mov es, ax
	mov di, 40 * 100
	mov cx, 40 * 20
	mov al, 0f0h
	rep stosb
	gc 6, 1
	mov ax, 0b000h			; the same planes once more
	mov es, ax
	seq 2, 4
	mov di, 40 * 150
	mov cx, 40 * 20
	mov al, 0aah
	rep stosb
	gc 6, 5
	call plain
	jmp picture

write_modes db 0
map	db 0
