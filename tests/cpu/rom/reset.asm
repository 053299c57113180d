; reset.asm - the bare machine: reset, POST, debug port, serial port, exit.

%include "rom.inc"

	mov dx, 0x190
	mov al, 0x12
	out dx, al
	mov al, 'd'
	out 0xe9, al
	mov dx, SERIAL + 3	; a divisor is no text
	mov al, 0x80
	out dx, al
	mov dx, SERIAL
	out dx, al
	mov dx, SERIAL + 3
	mov al, 3
	out dx, al
	mov al, 's'
	call put
	mov word [0x1000], 0xbeef
	mov ax, 0xf800		; ROM cannot be written
	mov es, ax
	mov word [es:0x7f00], 1
	cmp word [es:0x7f00], 0xf4f4
	CHECK e
	mov ax, 0xffff		; A20 is open
	mov es, ax
	mov word [es:0x1010], 0x5555
%if MODEL >= 2
	cmp word [0x1000], 0xbeef
	CHECK e
%endif
%if MODEL >= 1
	FAULT 6, db 0x0f, 0xff
%endif
	PASS
	ROM_END
