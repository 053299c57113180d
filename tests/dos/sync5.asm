; sync5.asm - counts the interrupts of a Tandy 1000's or a PCjr's vertical sync, IRQ 5, in
; 20 pictures, and in how many of them the status register had the sync (3DAh, bit 3).
	cpu 8086
	org 100h

%include "retrace.inc"

start:	HOOK 0dh
	call one
	in al, 21h
	mov [mask], al
	and al, 0dfh
	out 21h, al
	mov word [count], 0
	mov word [agreed], 0
	mov cx, 20
.next:	call one
	loop .next
	mov al, [mask]
	out 21h, al
	mov ax, [count]
	mov di, n1
	call number
	mov ax, [agreed]
	mov di, n2
	call number
	call one			; masked: no more of them
	mov ax, [count]
	mov di, n3
	call number
	END_OF 0dh

handler:
	push ax
	push dx
	inc word [cs:count]
	mov dx, 3dah
	in al, dx
	test al, 8
	jz .end
	inc word [cs:agreed]
.end:	mov al, 20h
	out 20h, al
	pop dx
	pop ax
	iret

mask	db 0
count	dw 0
agreed	dw 0
text	db 'interrupts '
n1	db '.., agreed '
n2	db '.., masked '
n3	db '..', 13, 10, '$'
