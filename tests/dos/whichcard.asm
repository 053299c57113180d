; whichcard.asm - names the video card the way that programs of the time find it out
; (R. Wilton, "Programmer's Guide to PC and PS/2 Video Systems", appendix C; Tandy and
; PCjr by the bytes in their ROMs), what the data area has of it, and which mode is set
; after each has been asked for.
	cpu 8086
	org 100h
	cld
	mov ax, 0f000h
	mov es, ax
	mov dx, pcjr
	cmp byte [es:0fffeh], 0fdh
	je named
	cmp byte [es:0c000h], 21h
	jne not_tandy
	mov dx, tandy
	cmp byte [es:0fffeh], 0ffh
	je named
not_tandy:
	mov ax, 1a00h
	int 10h
	mov dx, vga
	cmp al, 1ah
	je named
	mov ah, 12h
	mov bx, 10h
	int 10h
	mov dx, ega
	cmp bl, 10h
	jne named
	mov dx, 3d4h
	call find_6845
	mov dx, cga
	jz named
	mov dx, 3b4h
	call find_6845
	mov dx, none
	jnz named
	mov dx, 3bah			; the Hercules has the vertical sync in bit 7
	in al, dx
	and al, 80h
	mov ah, al
	mov cx, 8000h
.wait:	in al, dx
	and al, 80h
	cmp al, ah
	loope .wait
	mov dx, mda
	je named
	mov dx, hercules
named:	mov ah, 9
	int 21h

	mov ax, 40h
	mov es, ax
	mov dx, equipment
	int 11h
	and al, 30h
	call say_byte
	mov dx, at_63
	mov al, [es:64h]
	call say_byte
	mov dx, none_text
	mov al, [es:63h]
	call say_byte
	mov dx, at_87
	mov al, [es:87h]
	call say_byte
	mov dx, rom
	mov ax, 0c000h
	mov es, ax
	mov al, [es:0]
	call say_byte
	mov dx, modes
	mov ah, 9
	int 21h
	xor bx, bx
.mode:	mov ax, bx
	push bx
	int 10h
	mov ah, 0fh
	int 10h
	pop bx
	mov dx, none_text
	call say_byte
	inc bx
	cmp bl, 14h
	jne .mode
	mov ax, 3
	int 10h
	mov dx, line
	mov ah, 9
	int 21h
	mov ax, 4c00h
	int 21h

; ZF: there is a 6845 at DX, whose cursor register can be read back.
find_6845:
	mov al, 0fh
	out dx, al
	inc dx
	in al, dx
	mov ah, al
	mov al, 66h
	out dx, al
	mov cx, 100h
.wait:	loop .wait
	in al, dx
	xchg al, ah
	out dx, al
	cmp ah, 66h
	ret

; The text at DX, and AL.
say_byte:
	push ax
	push bx
	push ax
	mov ah, 9
	int 21h
	pop ax
	call hex
	pop bx
	pop ax
	ret

%include "hex.inc"

vga:	db "VGA$"
ega:	db "EGA$"
cga:	db "CGA$"
mda:	db "MDA$"
hercules: db "Hercules$"
tandy:	db "Tandy$"
pcjr:	db "PCjr$"
none:	db "none$"
equipment: db ", equipment $"
at_63:	db ", port $"
none_text: db "$"
at_87:	db ", information $"
rom:	db ", ROM $"
modes:	db 13, 10, "modes $"
line:	db 13, 10, "$"
