; palette.asm - colours on their way to the monitor of a VGA, and of an EGA as far as it
; has them: palette registers, color select, plane enable, pixel mask, DAC, border, and
; the screen off.
%include "modes.inc"
%include "planar.inc"

start:	cld
	mov al, 0dh
	call set_mode
	mov bp, 40
	mov cx, 200
	call pattern
	call picture
	mov cx, 3			; cycling: the palette turned on by five each time
.cycle:	push cx
	mov bx, cx
	mov cl, 0
.entry:	mov al, cl
	mov ah, cl
	add ah, bl
	add ah, bl
	add ah, bl
	add ah, bl
	add ah, bl
	and ah, 15
	cmp ah, 8			; as 200 lines have bright colours
	jb .dark
	add ah, 8
.dark:	call set_attr
	inc cl
	cmp cl, 16
	jb .entry
	call picture
	pop cx
	loop .cycle
	attr 11h, 14h			; a border
	call picture
	attr 12h, 0ah			; planes 1 and 3
	call picture
	attr 12h, 0fh
	mov dx, [status]		; no palette, no picture
	in al, dx
	mov dx, 3c0h
	mov al, 0
	out dx, al
	call picture
	attr 11h, 0
	call is_vga
	jnc .vga
	call ega
	jmp finish
.vga:	call vga
	jmp finish

; 350 lines have 64 colours: four pictures of 16.
ega:	mov al, 10h
	call set_mode
	mov bp, 80
	mov cx, 350
	call pattern
	xor bl, bl
.next:	xor cl, cl
.entry:	mov al, cl
	mov ah, cl
	add ah, bl
	call set_attr
	inc cl
	cmp cl, 16
	jb .entry
	attr 11h, 2ah
	call picture
	add bl, 16
	cmp bl, 64
	jb .next
	ret

vga:	mov al, 12h
	call set_mode
	mov bp, 80
	mov cx, 480
	call pattern
	xor cl, cl			; straight to the DAC
.entry:	mov al, cl
	mov ah, cl
	call set_attr
	inc cl
	cmp cl, 16
	jb .entry
	mov bl, 0			; all of it
	call dac
	attr 14h, 4			; bits 7-6
	call picture
	attr 14h, 8
	call picture
	attr 10h, 81h			; and 5-4
	attr 14h, 3
	call picture
	attr 14h, 9
	call picture
	mov dx, 3c6h
	mov al, 0fh
	out dx, al
	call picture
	mov al, 0f3h
	out dx, al
	call picture
	mov al, 0ffh
	out dx, al
	mov al, 13h			; 256 colours
	call set_mode
	mov bp, 320
	mov ax, 200
	call bytes
	mov bl, 0
	call dac
	call picture
	mov bl, 64			; cycling
	call dac
	call picture
	mov dx, 3c6h
	mov al, 3fh
	out dx, al
	call picture
	mov al, 0ffh
	out dx, al
	attr 11h, 77h
	call picture
	seq 1, 21h			; the screen off by the sequencer
	call picture
	seq 1, 1
	mov ax, 1010h			; one register by the BIOS, and a block of them
	mov bx, 7fh
	mov cx, 3f00h
	mov dh, 3fh
	int 10h
	mov ax, 1012h
	mov bx, 16
	mov cx, 16
	mov dx, ramp
	push ds
	pop es
	int 10h
	call picture
	mov ax, 101bh			; in greys
	mov bx, 0
	mov cx, 256
	int 10h
	call picture
	mov al, 13h			; blanking that begins too early: from line 300 on,
	call set_mode
	mov bp, 320
	mov ax, 200
	call bytes
	attr 11h, 2
	crtc 15h, 300 - 256
	call picture
	crtc 16h, 350 - 256		; to line 349 only,
	call picture
	crtc 11h, 0eh			; and from three quarters of the line on
	crtc 2, 60
	jmp picture

; The colours, beginning BL further: red goes up, green turns round, blue goes down.
dac:	mov dx, 3c8h
	xor al, al
	out dx, al
	inc dx
	mov cx, 256
.color:	mov al, bl
	shr al, 1
	shr al, 1
	out dx, al
	mov al, bl
	out dx, al
	mov al, bl
	not al
	shr al, 1
	out dx, al
	inc bl
	loop .color
	ret

ramp:
%assign i 0
%rep 16
	db i * 4, 63 - i * 4, i * i / 4
%assign i i + 1
%endrep
