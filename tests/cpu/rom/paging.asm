; paging.asm - page faults and their codes, rights, accessed and dirty bits,
; what the TLB may remember, large pages, and page faults at bad moments
; (Intel 386 PRM chapter 5 and 9.8; 486 PRM 5.3; Pentium manual volume 3,
; 11.1).

%include "pm.inc"

DIR	equ 0x30000		; page directory
LOW	equ 0x31000		; the first 4 MiB, where they are
TAB	equ 0x32000		; those from 4 MiB on
DIR2	equ 0x33000		; another task's
TAB2	equ 0x34000
HIGH	equ 0x400000		; linear; what TAB describes
PAGE_A	equ 0x40000		; physical
PAGE_B	equ 0x41000
TSS2	equ 0x20000
TASK2	equ FREE
CODE1	equ FREE + 8
DATA1	equ FREE + 16
P	equ 1
RW	equ 2
US	equ 4
ACC	equ 0x20
DIRTY	equ 0x40
WP	equ 0x10000

	mov edi, DIR
	xor eax, eax
	mov ecx, 0x5000 / 4
	rep stosd
	mov edi, LOW
	mov eax, P | RW | US
	mov ecx, 1024
.low:	stosd
	add eax, 0x1000
	loop .low
	mov dword [LOW+4], 0x1000 | P | RW	; the GDT and IDT: not for users
	mov dword [DIR], LOW | P | RW | US
	mov dword [DIR2], LOW | P | RW | US
	mov dword [PAGE_A], 0xaaaaaaaa
	mov dword [PAGE_B], 0xbbbbbbbb
	mov eax, DIR
	mov cr3, eax
	mov eax, cr0
	or eax, 0x80000000
	mov cr0, eax
	jmp .paged
.paged:

%macro CR2_IS 1
	push eax
	mov eax, cr2
	EQUAL eax, %1
	pop eax
%endmacro
%macro RELOAD 0
	mov eax, cr3
	mov cr3, eax
%endmacro

	; Not present, in the directory and in a table.
%rep 2
	FAULT0 14, 0, mov al, [HIGH+0x123]
	CR2_IS HIGH+0x123
	FAULT0 14, 2, mov [HIGH+0x124], al
	CR2_IS HIGH+0x124
	FAULT0 14, 2, inc dword [HIGH+0x128]
	CR2_IS HIGH+0x128
	FAULT3 0x202, 14, 4, mov al, [HIGH+0x125]
	CR2_IS HIGH+0x125
	FAULT3 0x202, 14, 6, mov [HIGH+0x126], al
	CR2_IS HIGH+0x126
	mov dword [DIR+4], TAB | P | RW | US
%endrep
	; Code: the fault is that of the instruction there.
	mov dword [fly], HIGH - 0xf0000 + 0x10
	GO3 .fly, 0x202
	jmp .flown
.fly:	jmp [fly]
.flown:	EQUAL [vector], 14
	EQUAL [error], 4
	EQUAL [where], HIGH - 0xf0000 + 0x10
	CR2_IS HIGH + 0x10
	; Of an access over the end of a page the second half is missing.
	mov dword [TAB], PAGE_A | P | RW | US
	mov dword [PAGE_A+0xffc], 0x11223344
	mov eax, -1
	FAULT0 14, 2, mov [HIGH+0xffe], eax
	CR2_IS HIGH+0x1000
	EQUAL [PAGE_A+0xffc], 0x11223344
	FAULT3 0x202, 14, 4, mov eax, [HIGH+0xffd]
	CR2_IS HIGH+0x1000
	mov dword [TAB+4], PAGE_B | P | RW | US
	GOOD3 0x202, mov [HIGH+0xffe], eax
	EQUAL [PAGE_A+0xffc], 0xffff3344
	EQUAL [PAGE_B], 0xbbbbffff
	mov dword [PAGE_B], 0xbbbbbbbb

	; The rights of both levels together; the supervisor's are all but, from
	; the 486 on with CR0.WP, to write what is read only.
	xor ebp, ebp			; bits 1, 2: directory; 3, 4: table; 5: WP
.rights:
	mov eax, ebp
	and eax, RW | US
	or eax, TAB | P
	mov [DIR+4], eax
	mov eax, ebp
	shr eax, 2
	and eax, RW | US
	or eax, PAGE_A | P
	mov [TAB], eax
	and eax, [DIR+4]
	mov ebx, eax			; what is granted
	mov eax, cr0
	and eax, ~WP
	test ebp, 0x20
	jz .wp
	or eax, WP
.wp:	mov cr0, eax
	mov eax, cr0
	and eax, WP
	shr eax, 16			; 1: WP counts
	mov edi, eax
	RELOAD
	; supervisor, read
	mov eax, [HIGH]
	BITS_ARE [DIR+4], ACC | DIRTY, ACC
	BITS_ARE [TAB], ACC | DIRTY, ACC
	; supervisor, write
	mov dword [vector], -1
	mov dword [goon], .swritten
	mov [home], esp
	mov [HIGH], eax
.swritten:
	mov edx, -1
	test bl, RW
	jnz .s1
	test edi, edi
	jz .s1
	mov edx, 14
	EQUAL [error], 3
	CR2_IS HIGH
.s1:	EQUAL [vector], edx
	cmp edx, 14
	je .s2
	BITS_ARE [TAB], ACC | DIRTY, ACC | DIRTY
	BITS_ARE [DIR+4], DIRTY, 0
.s2:	and dword [DIR+4], ~ACC
	and dword [TAB], ~(ACC | DIRTY)
	RELOAD
	; user, read
	GO3 .uread, 0x202
	mov edx, DONE
	test bl, US
	jnz .u1
	mov edx, 14
	EQUAL [error], 5
	CR2_IS HIGH
.u1:	EQUAL [vector], edx
	cmp edx, DONE
	jne .u2
	BITS_ARE [DIR+4], ACC | DIRTY, ACC
	BITS_ARE [TAB], ACC | DIRTY, ACC
.u2:	; user, write
	GO3 .uwrite, 0x202
	mov edx, DONE
	mov al, bl
	and al, US | RW
	cmp al, US | RW
	je .u3
	mov edx, 14
	EQUAL [error], 7
	CR2_IS HIGH
.u3:	EQUAL [vector], edx
	cmp edx, DONE
	jne .u4
	BITS_ARE [TAB], ACC | DIRTY, ACC | DIRTY
.u4:	; an allowed access of the supervisor has not opened it to the user
	mov eax, [HIGH]
	GO3 .uread, 0x202
	mov edx, DONE
	test bl, US
	jnz .u5
	mov edx, 14
.u5:	EQUAL [vector], edx
	add ebp, 2
	cmp ebp, 0x40
	jb .rights
	mov eax, cr0
	and eax, ~WP
	mov cr0, eax
	mov dword [DIR+4], TAB | P | RW | US
	mov dword [TAB], PAGE_A | P | RW | US
	mov dword [PAGE_A], 0xaaaaaaaa
	RELOAD
	jmp .tlb
.uread:	mov eax, [HIGH]
	int DONE
.uwrite: mov [HIGH], eax
	int DONE
.tlb:
%if MODEL >= 4
	mov eax, cr0
	or eax, WP
	mov cr0, eax
	mov eax, cr0
	BITS_ARE eax, WP, WP
	and eax, ~WP
	mov cr0, eax
%else
	mov eax, cr0			; the 386 has no such bit
	or eax, WP
	mov cr0, eax
	mov eax, cr0
	BITS_ARE eax, WP, 0
%endif

	; The processor reads its tables whoever the program is.
	GOOD3 0x202, mov es, [cs:.flat3]
	FAULT3 0x202, 14, 5, mov eax, [GDT]
	CR2_IS GDT

	; A changed entry counts after a load of CR3, and after INVLPG.
	mov eax, [HIGH]
	mov [HIGH], eax
	EQUAL eax, 0xaaaaaaaa
	mov dword [TAB], PAGE_B | P | RW | US
	RELOAD
	EQUAL [HIGH], 0xbbbbbbbb
	mov dword [HIGH+4], 0x600d
	EQUAL [PAGE_B+4], 0x600d
	mov dword [TAB], 0
	RELOAD
	FAULT0 14, 0, mov eax, [HIGH]
	mov dword [TAB], PAGE_A | P | RW | US	; nothing is kept of what was not there
	EQUAL [HIGH], 0xaaaaaaaa
%if MODEL >= 4
	mov dword [TAB], PAGE_B | P | RW | US
	invlpg [HIGH+0x777]
	EQUAL [HIGH], 0xbbbbbbbb
	mov dword [TAB], PAGE_B | P | US
	invlpg [HIGH]
	FAULT3 0x202, 14, 7, mov [HIGH], eax
	mov dword [TAB], 0
	invlpg [HIGH]
	FAULT0 14, 2, mov [HIGH], eax
	mov dword [TAB], PAGE_A | P | RW | US
%endif
	; Code too: the same address, other instructions.
	mov word [PAGE_A+0x10], 0x01b3		; MOV BL,1; RET
	mov byte [PAGE_A+0x12], 0xc3
	mov word [PAGE_B+0x10], 0x02b3
	mov byte [PAGE_B+0x12], 0xc3
	mov edi, HIGH - 0xf0000 + 0x10
	xor ebx, ebx
	call edi
	EQUAL ebx, 1
	mov dword [TAB], PAGE_B | P | RW | US
	RELOAD
	call edi
	EQUAL ebx, 2
	mov byte [PAGE_B+0x11], 3
	call edi
	EQUAL ebx, 3
	mov byte [HIGH+0x11], 4
	call edi
	EQUAL ebx, 4
	mov dword [TAB], PAGE_A | P | RW | US
	RELOAD

	; CR0.PG: without it addresses are physical again, and with it the tables
	; are what they have become.
	mov eax, cr0
	and eax, 0x7fffffff
	mov cr0, eax
	jmp .flat
.flat:	mov dword [HIGH], 0xcccccccc
	EQUAL [PAGE_A], 0xaaaaaaaa
	or eax, 0x80000000
	mov cr0, eax
	jmp .again
.again:	EQUAL [HIGH], 0xaaaaaaaa
	mov ecx, 0x80000000			; PG without PE
	FAULT0 13, 0, mov cr0, ecx
%if MODEL >= 4
	mov ecx, cr0				; NW without CD
	or ecx, 0x20000000
	and ecx, ~0x40000000
	FAULT0 13, 0, mov cr0, ecx
	mov eax, cr0
	BITS_ARE eax, 0x60000000, 0x60000000	; as it is after a reset
%endif

	; The port is asked for before memory is, and not read when memory fails.
	mov word [TSS+102], 0xffff		; no map
	mov edi, HIGH + 0x5000
	mov esi, HIGH + 0x5000
	mov edx, 0x100
	FAULT3 0x202, 13, 0, insb
	FAULT3 0x3202, 14, 6, insb
	FAULT3 0x202, 13, 0, outsb
	FAULT3 0x3202, 14, 4, outsb
	EQUAL edi, HIGH + 0x5000
	EQUAL esi, HIGH + 0x5000
	mov edi, HIGH + 0x1ffe			; the third word is missing
	mov dword [TAB+8], 0
	mov ecx, 9
	RELOAD
	FAULT0 14, 2, rep stosw
	EQUAL ecx, 8
	EQUAL edi, HIGH + 0x2000
	CR2_IS HIGH + 0x2000

	; ---- a page fault at a bad moment ----

	DESC CODE1, 0x0000ffff, 0x0040ba0f
	DESC DATA1, 0x0000ffff, 0x00cfb200
	mov dword [TSS+12], HIGH + 0x6000	; no stack for privilege 1
	mov dword [TSS+16], DATA1 | 1
	; #GP, then #PF: the second is served.
	mov word [IDT+8*13+2], CODE1
	FAULT3 0x202, 14, 2, hlt
	CR2_IS HIGH + 0x5ffc
	; #PF twice is #DF; so is #PF and then a contributory one.
	mov word [IDT+8*14+2], CODE1
	FAULT3 0x202, 8, 0, mov al, [HIGH+0x7000]
	CR2_IS HIGH + 0x5ffc
	mov word [IDT+8*14+2], CODE
	mov byte [IDT+8*14+5], 0x0e
	FAULT3 0x202, 8, 0, mov al, [HIGH+0x7000]
	mov byte [IDT+8*14+5], 0x8e
	mov word [IDT+8*13+2], CODE
	; An interrupt that meets one is taken when that has been served.
	mov word [IDT+8*0x50+2], CODE1
	mov byte [IDT+8*0x50+5], 0xee
	FAULT3 0x202, 14, 2, int 0x50
	; A call gate's parameters and stack; a frame that crosses into nothing.
	DESC FREE+24, (CODE1 << 16) + .landing, 0x0000ec02
	FAULT3 0x202, 14, 2, call FREE+24:0
	mov dword [TSS+12], HIGH + 0x2008
	mov dword [PAGE_B+0xffc], 0x12341234
	FAULT3 0x202, 14, 2, call FREE+24:0
	EQUAL [PAGE_B+0xffc], 0x12341234
	CR2_IS HIGH + 0x2004

	; ---- a task with tables of its own ----

	mov dword [DIR2+4], TAB2 | P | RW | US
	mov dword [TAB2], PAGE_B | P | RW | US
	NEW_TSS TSS2, .task, 0x6000
	mov dword [TSS2+28], DIR2
	mov dword [TSS+28], DIR
	DESC TASK2, 0x00000067, 0x00008902
	mov dword [PAGE_B], 0xbbbbbbbb
	EQUAL [HIGH], 0xaaaaaaaa
	xor edx, edx
	jmp TASK2:0
	mov eax, cr3
	EQUAL eax, DIR
	EQUAL [TSS2+40], 0xbbbbbbbb		; its EAX
	EQUAL [TSS2+44], DIR2			; its ECX
	EQUAL [HIGH], 0xaaaaaaaa
	; A double fault that goes to a task, whose tables are the good ones.
	mov dword [TSS2+32], .doubled
	TASK_GATE 8, TASK2
	mov byte [IDT+8*14+5], 0x0e
	mov dword [vector], -1
	mov byte [GDT+TASK2+5], 0x89
.lost:	mov al, [HIGH+0x7000]
	mov byte [IDT+8*14+5], 0x8e
	EQUAL [vector], 8
	EQUAL [error], 0
	EQUAL [TSS+32], .lost + 5

%if MODEL >= 5
	; ---- pages of 4 MiB ----

	mov dword [DIR+4*3], 0 | P | RW | US | 0x80
	mov dword [0x200], 0x02020202
	RELOAD
	; Without CR4.PSE it is a table, at address 0: not present, say.
	mov dword [0], 0
	FAULT0 14, 0, mov eax, [0xc00000]
	mov eax, 0x10
	mov cr4, eax
	EQUAL [0xc00200], 0x02020202
	BITS_ARE [DIR+4*3], ACC | DIRTY, ACC
	EQUAL [0xc00000 + PAGE_A], 0xaaaaaaaa
	mov dword [0xc00200], 0x03030303
	EQUAL [0x200], 0x03030303
	BITS_ARE [DIR+4*3], ACC | DIRTY, ACC | DIRTY
	GOOD3 0x202, mov eax, [0xc00000 + PAGE_B]
	EQUAL eax, 0xbbbbbbbb
	mov dword [DIR+4*3], 0x400000 | P | RW | 0x80
	invlpg [0xc12345]			; any address of it will do
	mov dword [0xc00000], 0x04040404
	FAULT3 0x202, 14, 5, mov eax, [0xc00000]
	mov dword [DIR+4*3], 0x400000 | P | US | 0x80
	RELOAD
	FAULT3 0x202, 14, 7, mov [0xfffffc], eax
	GOOD3 0x202, mov eax, [0xc00000]
	EQUAL eax, 0x04040404
	xor eax, eax
	mov cr4, eax
%endif
	PASS

.landing: int DONE
.flat3:	dw FLAT3
.task:	mov eax, [HIGH]
	mov ecx, cr3
	jmp TASK:0
.doubled:
	pop dword [error]
	mov dword [vector], 8
	add dword [TSS+32], 5
	iret

fly	equ 0x700
	PM_END
