; debugged.asm - for the debuggers' tests: each label has an address that a
; test can know.  Adds 2 to `counter' three times in a subroutine, says so, and
; exits with it (6).

	org 100h

start:	mov cx,3
again:	call add2			; 103h
	loop again			; 106h
	mov dx,text			; 108h
	mov ah,9
	int 21h				; 10Dh
	mov di,buffer
	mov al,'x'
	mov cx,4
	rep stosb			; 117h
	in al,61h			; 119h
	mov al,[counter]		; 11Bh
	mov ah,4ch
	int 21h				; 120h

	times 140h - 100h - ($ - $$) nop
add2:	push bp				; 140h
	mov bp,sp
	add byte [counter],2		; 143h
	pop bp				; 148h
	ret				; 149h

	times 180h - 100h - ($ - $$) db 0
counter:	db 0			; 180h
	times 190h - 100h - ($ - $$) db 0
buffer:	db '....'			; 190h
text:	db 'done',13,10,'$'
