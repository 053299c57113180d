; bootable.asm - a disk that boots by itself: says so, reads its second sector by the
; BIOS, says what stands there, and stops the processor.
	cpu	8086
	org	7c00h

	xor	ax, ax
	mov	ds, ax
	mov	es, ax
	mov	[drive], dl
	mov	al, dl
	shr	al, 1			; 00h -> 0, 80h -> p
	or	al, "0"
	mov	[number], al
	mov	si, hello
	call	print
	mov	ax, 0201h
	mov	cx, 2
	mov	dh, 0
	mov	dl, [drive]
	mov	bx, second
	int	13h
	jc	stop
	mov	si, second
	call	print
	mov	ah, 88h			; the memory is nobody's yet
	int	15h
	cmp	ax, 1024
	jb	stop
	mov	si, done
	call	print
stop:	cli
	hlt

print:	lodsb
	cmp	al, 0
	je	.end
	mov	ah, 0eh
	mov	bx, 7
	int	10h
	jmp	print
.end:	ret

drive:	db	0
hello:	db	"booted from "
number:	db	0, 13, 10, 0
done:	db	"done", 13, 10, 0

	times 510 - ($ - $$) db 0
	dw	0aa55h
second:	db	"the second sector", 13, 10, 0
	times 1024 - ($ - $$) db 0
