; self-modifying code as in texture mappers: 3 immediates patched per 64-pixel span
%define NAME 'smcspan'
%define DEFN 500
%define HAVE_INIT
%include "common.inc"
        cpu 386
init:   mov di,tex
        mov cx,1000h
        mov ax,7
.t:     stosb
        imul ax,ax,29
        add ax,13
        ror ax,3
        loop .t
        mov di,buf
        mov cx,100h
        rep stosb
        ret
kernel: mov word [span],400
.s:     mov ax,[span]
        imul ax,ax,77
        mov [.i1+2],ax            ; add dx,imm16
        xor ax,5A5Ah
        mov [.i2+2],ax            ; add bp,imm16
        mov [.i3+1],al            ; mov ah,imm8... xor al,imm8
        mov cx,64
        mov di,buf
        xor dx,dx
        xor bp,bp
.p:
.i1:    add dx,1234h
.i2:    add bp,1234h
        mov bl,dh
        mov ax,bp
        mov bh,ah
        and bx,0FFFh
        mov al,[bx+tex]
.i3:    xor al,12h
        stosb
        dec cx
        jnz .p
        mov ax,[buf+10]
        add ax,[buf+40]
        add [csum],ax
        adc word [csum+2],0
        dec word [span]
        jnz .s
        ret
        align 2
span    equ 2000h
buf     equ 3000h
tex     equ 4000h
