; sixteen.asm - 16 colours in sizes that no BIOS knows, by a VGA's CRTC: 640x400, 704x528
; and others.
%include "modes.inc"
%include "timing.inc"
%include "planar.inc"

BYTES	equ 0e3h

start:	cld
	mov si, sizes
.next:	cmp word [si], 0
	je .end
	push si
	mov al, 12h
	call set_mode
	lodsw
	mov bp, ax			; bytes of a line
	lodsw
	mov cx, ax			; lines
	push cx
	push bp
	call set_timing
	pop bp
	pop cx
	call pattern
	call picture
	pop si
	add si, 4 + 27
	jmp .next
.end:	jmp finish

; columns, lines: as `timing' has them
%macro size 8
	dw %2, %3
	timing %1, 1, %2, %4, %5, %6, %7, %8, 0, (%2) / 2, BYTES
%endmacro

sizes:
size 63h, 80, 400, 100, 84, 400, 449, 412
size 63h, 80, 350, 100, 84, 350, 449, 387
size 0e7h, 88, 528, 112, 92, 528, 552, 534
size 0e7h, 90, 480, 112, 94, 480, 525, 490
size 0e7h, 92, 564, 112, 95, 564, 590, 570
size 63h, 64, 400, 100, 70, 400, 449, 412
	dw 0
