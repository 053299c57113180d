; instcmd.asm - the installed command FROB (INT 2Fh/AExxh).  It has COMMAND.COM
; parse its line (at DS:81h) by this description, and prints what came of each
; operand: return code, ordinal, delimiter, type, tag, and value or string.
;	positionals	a number of 1 to 9 (tag 5) or a string; optional: a drive
;	switches	/E; /X or /X:ON, /X:OFF (tags 1, 0); /N:number; /P+number
;	keyword		KEY=ON or OFF
; ";" is a delimiter, "!" an end of line.
	org 100h
	jmp start

old2f:	dd 0
parser:	dd 0

int2f:	cmp dx, -1
	jne .pass
	cmp ax, 0ae00h
	je .mine
	cmp ax, 0ae01h
	jne .pass
	call is_frob
	jne .done
	mov byte [si], 0
	mov [cs:parser], di
	mov [cs:parser + 2], es
	call frob
.done:	iret
.mine:	call is_frob
	jne .done
	mov al, 0ffh
	iret
.pass:	jmp far [cs:old2f]

is_frob:
	cmp word [si], 'F' << 8 | 4
	jne .end
	cmp word [si + 1], 'FR'
	jne .end
	cmp word [si + 3], 'OB'
.end:	ret

frob:	push cs
	pop es
	mov si, 81h
	xor cx, cx
.next:	mov word [cs:result], 0
	mov word [cs:result + 4], 0
	mov word [cs:result + 6], 0
	mov di, block
	call far [cs:parser]
	cmp ax, -1
	je .end
	push ax
	push ds
	push es
	pop ds
	call two		; the code
	mov al, cl
	call two
	mov al, bl
	call two
	mov al, [result]
	call two
	mov al, [result + 1]
	call two
	cmp byte [result], 3
	je .text
	cmp byte [result], 9
	je .text
	cmp byte [result], 0
	je .line
	cmp byte [result], 2
	je .line		; where the string of the list is
	mov al, [result + 7]
	call two
	mov al, [result + 6]
	call two
	mov al, [result + 5]
	call two
	mov al, [result + 4]
	call two
	jmp .line
.text:	push si
	lds si, [result + 4]
	call put_string
	pop si
.line:	mov al, 13
	call out_
	mov al, 10
	call out_
	pop ds
	pop ax
	cmp ax, 0
	je .next
.end:	ret

put_string:
	lodsb
	or al, al
	jz .end
	call out_
	jmp put_string
.end:	ret

two:	call hex
	push ax
	mov al, ' '
	call out_
	pop ax
	ret

%include "hex.inc"

block:	dw parmsx
	db 2, 1, ';', 1, '!'
parmsx:	db 0, 2
	dw number, drive
	db 4
	dw e, x, n, p
	db 1
	dw key

number:	dw 0a000h, 2, result, one_to_nine
	db 0
drive:	dw 0101h, 0, result, none
	db 0
e:	dw 0, 0, result, none
	db 2, '/E', 0, '/EVEN', 0
x:	dw 2001h, 2, result, on_off
	db 1, '/X', 0
n:	dw 4000h, 0, result, none
	db 1, '/N', 0
p:	dw 8000h, 20h, result, none
	db 1, '/P', 0
key:	dw 2000h, 2, result, on_off
	db 1, 'KEY=', 0

none:	db 0
one_to_nine:
	db 1, 1, 5
	dd 1, 9
on_off:	db 3, 0, 0, 2, 0
	dw off
	db 1
	dw on
on:	db 'ON', 0
off:	db 'OFF', 0
result:	times 8 db 0

start:	mov ax, 352fh
	int 21h
	mov [old2f], bx
	mov [old2f + 2], es
	mov dx, int2f
	mov ax, 252fh
	int 21h
	mov dx, start
	int 27h
