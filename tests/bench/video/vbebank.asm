; VESA's 640x480 in 256 colours through the window and its banks, by the far call: per frame a
; fill of five banks (rep stosw), a back buffer blitted to each (rep movsw), 8000 plotted
; pixels, each in another bank than the one before, and a scroll within each bank
%define NAME 'vbebank'
%define DEFN 800
%define HAVE_INIT
%define HAVE_FINI
%include "common.inc"
%include "screen.inc"
        cpu 386
init:   BACK_BUFFER
        VESA_MODE 101h
        ret
; the window at bank DX
bank:   push bx
        push dx
        xor bx,bx
        mov ax,4F05h
        call far [cs:mi+0Ch]
        pop dx
        pop bx
        ret
fini:   xor dx,dx
        call bank
        SUM_SCREEN 32000
        TEXT_AGAIN
kernel: mov ax,0A000h
        mov es,ax
        xor dx,dx
.k:     call bank
        xor di,di
        mov al,[cs:outer]
        mov ah,dl
        mov cx,8000h
        rep stosw
        mov ds,[cs:bseg]
        xor si,si
        xor di,di
        mov cx,7000h
        rep movsw
        push es
        pop ds
        mov si,640
        xor di,di
        mov cx,7F00h
        rep movsw
        inc dx
        cmp dx,4
        jb .k
        push cs
        pop ds
        mov cx,8000
        mov si,[outer]
.p:     imul si,si,25173
        add si,13849
        inc dx
        and dx,3
        call bank
        mov ax,si
        mov [es:si],cl
        xor [es:si],ah
        dec cx
        jnz .p
        add ax,[es:1234]
        add [csum],ax
        adc word [csum+2],0
        ret
bseg    dw 0
mi      times 256 db 0
