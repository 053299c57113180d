; VESA's 640x480 in 256 colours through the linear frame buffer, by 32-bit addresses: per frame
; a fill (rep stosd), a back buffer blitted eight times (rep movsd), 20000 plotted pixels, a
; transparent sprite of 64x64 four times, a scroll by a line (rep movsd), and a sum of a row
%define NAME 'vbe'
%define DEFN 500
%define HAVE_INIT
%define HAVE_FINI
%include "common.inc"
%include "screen.inc"
        cpu 386
init:   BACK_BUFFER
        movzx eax,word [bseg]
        shl eax,4
        mov [back],eax
        VESA_MODE 4101h
        mov eax,[mi+28h]
        mov [lfb],eax
        ret
; 4 GiB for DS and ES; interrupts stay off until the real segments are back
flat:   cli
        xor eax,eax
        mov ax,cs
        shl eax,4
        add eax,gdt
        mov [gdtr+2],eax
        in al,92h
        or al,2
        out 92h,al
        lgdt [gdtr]
        mov eax,cr0
        or al,1
        mov cr0,eax
        mov bx,8
        mov ds,bx
        mov es,bx
        and al,0FEh
        mov cr0,eax
        xor bx,bx
        mov ds,bx
        mov es,bx
        ret
fini:   SUM_SCREEN 32000
        TEXT_AGAIN
kernel: call flat
        mov edx,[cs:lfb]
; fill
        mov edi,edx
        mov al,[cs:outer]
        mov ah,al
        mov bx,ax
        shl eax,16
        mov ax,bx
        mov ecx,640*480/4
        a32 rep stosd
; blit the back buffer
        mov edi,edx
        mov bx,4
.b:     mov esi,[cs:back]
        mov ecx,4000h
        a32 rep movsd
        dec bx
        jnz .b
; pixels
        mov ecx,20000
        mov eax,[cs:outer]
.p:     imul eax,eax,1103515245
        add eax,12345
        mov ebx,eax
        shr ebx,13
        and ebx,3FFFFh
        mov [edx+ebx],cl
        xor [edx+ebx+640],ah
        dec ecx
        jnz .p
; scroll
        lea esi,[edx+640]
        mov edi,edx
        mov ecx,640*479/4
        a32 rep movsd
; sprites
        mov bx,4
        lea edi,[edx+60*640+100]
.s:     mov esi,[cs:back]
        mov ch,64
.sy:    mov cl,64
.sx:    mov al,[esi]
        inc esi
        test al,7
        jz .st
        mov [edi],al
.st:    inc edi
        dec cl
        jnz .sx
        add edi,640-64
        dec ch
        jnz .sy
        add edi,20*640
        dec bx
        jnz .s
; sum
        mov ecx,160
        lea esi,[edx+200*640]
        xor ebp,ebp
.c:     add ebp,[esi]
        rol ebp,1
        add esi,4
        loop .c
        mov ax,cs
        mov ds,ax
        mov es,ax
        sti
        add [csum],ebp
        ret
        align 4
lfb     dd 0
back    dd 0
bseg    dw 0
        align 8
gdt     dq 0
        dq 00CF92000000FFFFh
gdtr    dw 15
        dd 0
mi      times 256 db 0
