%define NAME 'int32'
%define DEFN 300
%include "common.inc"
        cpu 386
kernel: call k32
        ret
%include "int32k.inc"
; variables in another page than the code
v_x     equ 2000h
v_y     equ 2004h
v_row   equ 2008h
v_col   equ 200Ch
v_acc   equ 2010h
