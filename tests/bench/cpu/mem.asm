; string ops and unaligned access, two extra 64K segments
%define NAME 'mem'
%define DEFN 500
%define HAVE_INIT
%include "common.inc"
        cpu 286
init:   call alloc64
        mov [seg1],ax
        call alloc64
        mov [seg2],ax
        ret
kernel: mov es,[seg1]
        xor di,di
        mov ax,[csum]
        add ax,1234h
        mov cx,8000h
        rep stosw                 ; 64K fill
        mov es,[seg2]
        mov ds,[seg1]
        xor si,si
        xor di,di
        mov cx,7FFFh
        rep movsw                 ; 64K copy, aligned
        mov si,1
        mov di,3
        mov cx,3000h
        rep movsw                 ; unaligned copy
        xor si,si
        mov di,77h
        mov cx,2000h
        rep movsb
        xor si,si
        mov di,100h
        mov cx,2000h
        rep movsw
        std
        mov si,3FFEh
        mov di,4FFFh
        mov cx,1000h
        rep movsb
        cld
; fill a ramp with scalar stores, unaligned words
        mov di,1
        mov cx,4000h
        mov ax,cx
.f:     mov [es:di],ax
        add ax,di
        add di,3
        loop .f
; lodsb checksum
        push es
        pop ds
        xor si,si
        xor bx,bx
        xor ax,ax
        mov cx,8000h
.lb:    lodsb
        add bx,ax
        rol bx,1
        loop .lb
; lodsw unaligned
        mov si,1
        mov cx,3000h
.lw:    lodsw
        xor bx,ax
        add bx,si
        loop .lw
; scasb (not found) and cmpsw (equal)
        xor di,di
        mov cx,4000h
        mov al,0FEh
        mov ah,0
.sc:    repne scasb
        jne .scd
        inc ah
        or cx,cx
        jnz .sc
.scd:   mov al,0
        add bx,ax
        mov si,0
        mov di,0
        mov cx,7000h
        repe cmpsw
        add bx,cx
        adc bx,di
; read-modify-write unaligned words
        mov si,3
        mov cx,2000h
        xor ax,ax
.rm:    add ax,[si]
        xor [si+1],ax
        add si,5
        loop .rm
        mov cx,cs
        mov ds,cx
        add [csum],ax
        add [csum+2],bx
        ret
        align 2
seg1    dw 0
seg2    dw 0
