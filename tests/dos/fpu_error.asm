; fpu_error.asm - divides by zero with the exception unmasked, twice.  An
; AT tells by IRQ13, and the BIOS hands it on as INT 2, as on a PC.
	org 100h
	mov ax, 2502h
	mov dx, handler
	int 21h

	fninit
	fldcw [control]
	fld1
	fldz
	fdiv st1, st0			; st(1) = 1 / 0
	fwait				; waits for the handler
	mov al, [seen]
	add al, '0'
	mov [first], al

	fdiv st1, st0			; again: a new error
	mov bx, sp
	fld1				; waits for the handler, then is executed
	mov al, [seen]
	add al, '0'
	mov [second], al
	fnstsw ax
	mov al, ah
	shr al, 3
	and al, 7
	add al, '0'
	mov [top], al

	mov dx, text
	mov ah, 9
	int 21h
	mov ax, 4c00h
	int 21h

handler:
	push ax
	fnstsw ax
	test al, 4			; it is the division
	jz .no
	inc byte [seen]
.no:	fnclex
	pop ax
	iret

control	dw 037bh
seen	db 0
text	db 'seen '
first	db '? '
second	db '?, top '
top	db '?', 13, 10, '$'
