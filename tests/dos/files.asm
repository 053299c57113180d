; files.asm - the calls on files, one after the other.  A line for each:
; what was called, carry as "e" and AX, or "ok" and AX.  AX of calls that do
; not define it is not shown.
	cpu	8086
	org	100h

; call TEXT, show: 1 with AX
%macro check 2
	mov	si, %%text
	mov	bp, %2
	call	report
	jmp	short %%over
%%text:	db	%1, 0
%%over:
%endmacro

	mov	ah, 3ch
	xor	cx, cx
	mov	dx, new
	int	21h
	check	"create", 1
	mov	[handle], ax

	mov	ah, 40h
	mov	bx, [handle]
	mov	cx, 10
	mov	dx, digits
	int	21h
	check	"write", 1

	mov	ax, 4202h
	mov	bx, [handle]
	mov	cx, -1
	mov	dx, -4
	int	21h
	check	"seek", 1

	mov	ah, 3fh
	mov	bx, [handle]
	mov	cx, 100
	mov	dx, buffer
	int	21h
	check	"read", 1

	mov	cx, ax			; to the standard output
	mov	dx, buffer
	mov	ah, 40h
	mov	bx, 1
	int	21h
	check	"", 1

	mov	ah, 3eh
	mov	bx, [handle]
	int	21h
	check	"close", 0

	mov	ah, 3eh
	mov	bx, [handle]
	int	21h
	check	"close again", 1

	mov	ah, 56h
	mov	dx, new
	mov	di, other
	int	21h
	check	"rename", 0

	mov	ax, 3d00h
	mov	dx, new
	int	21h
	check	"open the old name", 1

	mov	ah, 39h
	mov	dx, dir
	int	21h
	check	"mkdir", 0

	mov	ah, 3bh
	mov	dx, dir
	int	21h
	check	"chdir", 0

	mov	ah, 47h
	mov	dl, 0
	mov	si, buffer
	int	21h
	check	"getcwd", 0
	mov	si, buffer
	call	print
	call	newline

	mov	ah, 3ah
	mov	dx, dir2
	int	21h
	check	"rmdir the current one", 1

	mov	ah, 3bh
	mov	dx, up
	int	21h
	check	"chdir ..", 0

	mov	ah, 3ah
	mov	dx, dir
	int	21h
	check	"rmdir", 0

	mov	ah, 4eh
	xor	cx, cx
	mov	dx, all
	int	21h
	check	"find first", 0
	mov	si, 80h + 1eh
	call	print
	call	newline
	mov	ah, 4fh
	int	21h
	check	"find next", 1

	mov	ah, 0fh
	mov	dx, fcb
	int	21h
	check	"FCB open", 1
	mov	word [fcb + 0eh], 5
	mov	ah, 1ah
	mov	dx, buffer
	int	21h
	mov	ah, 14h
	mov	dx, fcb
	int	21h
	mov	byte [buffer + 5], 0
	check	"FCB read", 1
	mov	si, buffer
	call	print
	call	newline

	mov	ah, 41h
	mov	dx, other
	int	21h
	check	"delete", 0

	mov	ax, 4c00h
	int	21h

; The line of a call: SI its name, BP whether AX counts.  Keeps AX.
report:	push	ax
	pushf
	call	print
	popf
	mov	si, ok
	jnc	.shown
	mov	si, bad
	mov	bp, 1
.shown:	call	print
	pop	ax
	push	ax
	test	bp, bp
	jz	.end
	call	hex_word
.end:	call	newline
	pop	ax
	ret

print:	push	ax
	push	dx
.next:	lodsb
	test	al, al
	jz	.done
	mov	dl, al
	mov	ah, 2
	int	21h
	jmp	.next
.done:	pop	dx
	pop	ax
	ret

newline:
	push	si
	mov	si, crlf
	call	print
	pop	si
	ret

%include "hex.inc"

ok:	db	": ok ", 0
bad:	db	": error ", 0
crlf:	db	13, 10, 0
new:	db	"new.txt", 0
other:	db	"other.txt", 0
dir:	db	"dir", 0
dir2:	db	"\dir", 0
up:	db	"..", 0
all:	db	"*.txt", 0
digits:	db	"0123456789"
fcb:	db	0, "OTHER   TXT"
	times	25 db 0
handle:	dw	0
buffer:
