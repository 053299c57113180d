; retrace.asm - lets an EGA or a VGA interrupt at its vertical retrace (IRQ 2), for 20 of
; them; says how many interrupts came, and in how many the status registers agreed: the
; retrace was on (3DAh, bit 3) and the interrupt's flip-flop set (3C2h, bit 7; on an EGA the
; bit is 0 while the retrace is on).  Then how many came with the interrupt disabled (CRTC 11h, bit 5), and with the flip-flop not
; cleared: one at most.
	cpu 8086
	org 100h

%include "retrace.inc"

start:	HOOK 0ah
	in al, 21h
	mov [masks], al
	in al, 0a1h
	mov [masks + 1], al
	mov dx, 3d4h
	mov al, 11h
	out dx, al
	inc dx
	in al, dx
	and al, 0fh			; where the retrace ends; an EGA does not tell
	mov [end], al
	mov ax, 1a00h
	int 10h
	cmp al, 1ah
	je .known
	mov byte [end], 0bh
	mov byte [inverse], 80h
.known:	mov al, [masks]
	and al, 0fbh
	out 21h, al
	mov al, [masks + 1]
	and al, 0fdh
	out 0a1h, al

	mov byte [clears], 1
	mov al, 10h
	call frames
	mov ax, [count]
	mov di, n1
	call number
	mov ax, [agreed]
	mov di, n2
	call number
	mov al, 30h
	call frames
	mov ax, [count]
	mov di, n3
	call number
	mov byte [clears], 0
	mov al, 10h
	call frames
	mov ax, [count]
	mov di, n4
	call number

	mov al, 20h
	call set
	mov al, [masks]
	out 21h, al
	mov al, [masks + 1]
	out 0a1h, al
	END_OF 0ah

; Register 11h without these bits, then with AL; 20 pictures long.
frames:	mov word [count], 0
	mov word [agreed], 0
	push ax
	mov al, 20h
	call set
	call one				; not in the middle of a retrace
	pop ax
	call set
	mov cx, 20
.next:	call one
	loop .next
	ret

set:	push ax
	push dx
	mov ah, al
	or ah, [cs:end]
	mov al, 11h
	mov dx, 3d4h
	out dx, ax
	pop dx
	pop ax
	ret

handler:
	push ax
	push dx
	inc word [cs:count]
	mov dx, 3c2h
	in al, dx
	xor al, [cs:inverse]
	test al, 80h
	jz .clear
	mov dx, 3dah
	in al, dx
	test al, 8
	jz .clear
	inc word [cs:agreed]
.clear:	cmp byte [cs:clears], 0
	je .end
	mov al, 0
	call set
	mov al, 10h
	call set
.end:	mov al, 20h
	out 20h, al
	out 0a0h, al
	pop dx
	pop ax
	iret

masks	dw 0
count	dw 0
agreed	dw 0
end	db 0
inverse	db 0
clears	db 0
text	db 'interrupts '
n1	db '.., agreed '
n2	db '.., disabled '
n3	db '.., not cleared '
n4	db '..', 13, 10, '$'
