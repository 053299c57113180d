; far-pointer walking, as large-model compiled code: les/lds per access
%define NAME 'farptr'
%define DEFN 800
%define HAVE_INIT
%include "common.inc"
        cpu 386
NN      equ 4096                  ; nodes, 16 bytes each, over 4 segments
init:   mov di,segs
        mov cx,4
.a:     push cx
        push di
        mov bx,0480h              ; 18K
        call allocbx
        pop di
        pop cx
        stosw
        loop .a
; node k (0..NN-1): segment segs[k&3], offset (k>>2)*16 ; next = node (k*5+1)&(NN-1)... full-period LCG
        xor bp,bp
.n:     mov ax,bp
        call addr                 ; ES:DI
        mov ax,bp
        mov cx,ax
        shl ax,2
        add ax,cx
        inc ax
        and ax,NN-1
        push es
        push di
        call addr
        mov bx,es
        mov cx,di
        pop di
        pop es
        mov [es:di],cx            ; next.off
        mov [es:di+2],bx          ; next.seg
        mov ax,bp
        imul ax,ax,31
        mov [es:di+4],ax          ; value
        mov word [es:di+6],0      ; counter
        mov [es:di+8],cx          ; second pointer = same
        mov [es:di+10],bx
        inc bp
        cmp bp,NN
        jb .n
        ret
addr:   mov bx,ax
        and bx,3
        add bx,bx
        mov es,[segs+bx]
        mov di,ax
        shr di,2
        shl di,4
        ret
kernel:
; 1: list walk by les
        mov ax,0
        call addr
        mov cx,NN
        xor ax,ax
.w1:    add ax,[es:di+4]
        rol ax,1
        les di,[es:di]
        loop .w1
        add [csum],ax
        adc word [csum+2],0
; 2: C-like function with far pointer args on the stack, twice per node
        mov ax,0
        call addr
        mov [p+2],es
        mov [p],di
        mov cx,NN
.w2:    push cx
        push word [p+2]
        push word [p]
        push word [p+2]
        push word [p]
        call bump
        add sp,8
        mov [p],ax
        mov [p+2],dx
        pop cx
        loop .w2
; 3: es: / ss: overrides, segment reload from memory each access
        mov cx,NN
        xor bx,bx
        xor ax,ax
.w3:    mov si,cx
        and si,3
        add si,si
        mov es,[segs+si]
        add ax,[es:bx+6]
        add ax,[ss:segs]
        sub ax,[cs:segs]
        add bx,16
        and bx,3FFFh
        loop .w3
        add [csum],ax
        adc word [csum+2],0
        ret
; bump(struct far *a, struct far *b): a->cnt += b->val; return a->next
bump:   push bp
        mov bp,sp
        push si
        push di
        push ds
        les di,[bp+4]
        lds si,[bp+8]
        mov ax,[si+4]
        add [es:di+6],ax
        lds si,[bp+4]
        mov ax,[si+8]
        mov dx,[si+10]
        pop ds
        pop di
        pop si
        pop bp
        ret
        align 4
p       equ 2000h
segs    dw 0,0,0,0
