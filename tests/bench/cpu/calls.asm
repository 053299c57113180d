; calls: near recursion with C frames, far recursion, pusha/popa, enter/leave, pushf+call far+iret
%define NAME 'calls'
%define DEFN 400
%define HAVE_INIT
%include "common.inc"
        cpu 386
init:   mov [fptr+2],cs
        mov [fptr2+2],cs
        mov [fptr3+2],cs
        ret
kernel: push word 20
        call fibn
        add sp,2
        add [csum],ax
        adc word [csum+2],0
        push word 18
        call far [fptr]
        add sp,2
        add [csum],ax
        adc word [csum+2],0
        mov cx,5000
        xor ax,ax
        xor bx,bx
        xor dx,dx
        xor si,si
        xor di,di
.p:     inc ax
        pusha
        mov bp,sp
        inc word [bp+8]           ; bx
        add dx,ax
        xor si,bx
        push dx
        push si
        pop di
        pop bx
        popa
        call tiny
        loop .p
        add bx,ax
        add [csum],bx
        adc word [csum+2],0
        mov cx,5000
        xor ax,ax
.i:     stc
        pushf
        call far [fptr2]
        adc ax,0
        call far [fptr3]
        loop .i
        add [csum],ax
        adc word [csum+2],0
        ret
tiny:   enter 8,0
        mov [bp-2],ax
        add ax,[bp-2]
        ror ax,1
        leave
        ret
fibn:   push bp
        mov bp,sp
        mov ax,[bp+4]
        cmp ax,2
        jb .r
        dec ax
        push ax
        call fibn
        add sp,2
        push ax
        mov ax,[bp+4]
        sub ax,2
        push ax
        call fibn
        add sp,2
        pop dx
        add ax,dx
.r:     pop bp
        ret
fibf:   push bp
        mov bp,sp
        mov ax,[bp+6]
        cmp ax,2
        jb .r
        dec ax
        push ax
        push cs
        call fibf
        add sp,2
        push ax
        mov ax,[bp+6]
        sub ax,2
        push ax
        call far [fptr]
        add sp,2
        pop dx
        add ax,dx
.r:     pop bp
        retf
isr:    push bp
        mov bp,sp
        inc ax
        xor word [bp+6],1         ; flip CF in the pushed flags
        pop bp
        iret
farl:   add ax,3
        retf 0
        align 4
fptr    dw fibf,0
fptr2   dw isr,0
fptr3   dw farl,0
