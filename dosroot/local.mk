# dosroot: what a DOS user finds on a new drive C:.  It is put together in
# dosroot/c of the build tree, where the uninstalled ./dosvm looks, and make
# install copies it.  Names are in lower case, as dosvm itself writes them.
#
# A file of C:, with its folder, is one line of DOSROOT_FILES, and is made from
#	dosroot/PATH.asm	a program in assembler (nasm, flat binary)
#	dosroot/PATH.c		a program in C for the 8086 (bcc; COM, tiny model)
#	dosroot/PATH.txt.in	text; PATH is the whole name.  DOS's line ends are
#				put in here, not in git

DOSROOT_FILES = \
	dosroot/c/autoexec.bat \
	dosroot/c/command.com \
	dosroot/c/config.sys \
	dosroot/c/dos/append.com \
	dosroot/c/dos/attrib.com \
	dosroot/c/dos/choice.com \
	dosroot/c/dos/comp.com \
	dosroot/c/dos/deltree.com \
	dosroot/c/dos/doskey.com \
	dosroot/c/dos/exe2bin.com \
	dosroot/c/dos/fc.com \
	dosroot/c/dos/find.com \
	dosroot/c/dos/keyb.com \
	dosroot/c/dos/label.com \
	dosroot/c/dos/mem.com \
	dosroot/c/dos/mode.com \
	dosroot/c/dos/more.com \
	dosroot/c/dos/replace.com \
	dosroot/c/dos/share.com \
	dosroot/c/dos/sort.com \
	dosroot/c/dos/subst.com \
	dosroot/c/dos/tree.com \
	dosroot/c/dos/xcopy.com

# Directories that are there even though nothing is in them: what the variable
# TEMP names.
DOSROOT_DIRS = dosroot/c/temp

# The programs' run-time library; see dosroot/lib/tool.h.
DOSROOT_LIB = append args compare console country doskey env files intr mcb memory output \
	pairs paths reader stay text
DOSROOT_CFLAGS = -0 -O -ansi -I$(srcdir)/dosroot/lib
DOSROOT_LIB_OBJECTS = $(DOSROOT_LIB:%=dosroot/lib/%.o)

# What it included is written down outside C:.
assemble = $(MKDIR_P) $(@D) dosroot/deps && $(NASM) -f bin -I $(srcdir)/dosroot/ \
	-MD dosroot/deps/$(subst /,-,$@).d -MP -MQ $@ -o $@ $<

dosroot/c/%.com: dosroot/%.asm
	$(AM_V_GEN)$(assemble)
dosroot/c/%.sys: dosroot/%.asm
	$(AM_V_GEN)$(assemble)
.SECONDARY: dosroot/lib/crt0.o $(DOSROOT_LIB_OBJECTS)
dosroot/lib/%.o: dosroot/lib/%.asm
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(NASM) -f as86 -o $@ $<
dosroot/lib/%.o: dosroot/lib/%.c dosroot/lib/tool.h
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(BCC) $(DOSROOT_CFLAGS) -c -o $@ $<
dosroot/lib/libtool.a: $(DOSROOT_LIB_OBJECTS)
	$(AM_V_GEN)rm -f $@ && $(AR) cr $@ $(DOSROOT_LIB_OBJECTS)
# -x: crt0 is ours; -i: one segment.  bcc adds its own library, for arithmetic.
dosroot/c/%.com: dosroot/%.c dosroot/lib/crt0.o dosroot/lib/libtool.a
	$(AM_V_GEN)$(MKDIR_P) $(@D) && \
		$(BCC) $(DOSROOT_CFLAGS) -Md -x -i -o $@ dosroot/lib/crt0.o $< dosroot/lib/libtool.a
dosroot/c/%: dosroot/%.txt.in
	$(AM_V_GEN)$(MKDIR_P) $(@D) && sed 's/$$/\r/' $< > $@.new && mv $@.new $@

-include $(wildcard dosroot/deps/*.d)

$(DOSROOT_DIRS):
	$(AM_V_GEN)$(MKDIR_P) $@

all-local: $(DOSROOT_FILES) $(DOSROOT_DIRS)
CLEANFILES += $(DOSROOT_FILES) dosroot/deps/*.d dosroot/lib/*.o dosroot/lib/*.a

dosrootdir = $(pkgdatadir)/dosroot
install-data-local: $(DOSROOT_FILES)
	@for d in $(DOSROOT_DIRS); do \
		$(MKDIR_P) "$(DESTDIR)$(dosrootdir)/$${d#dosroot/c/}" || exit 1; \
	done
	@for f in $(DOSROOT_FILES); do \
		to="$(DESTDIR)$(dosrootdir)/$${f#dosroot/c/}"; \
		$(MKDIR_P) "$${to%/*}" && $(INSTALL_DATA) "$$f" "$$to" || exit 1; \
	done
uninstall-local:
	rm -rf "$(DESTDIR)$(dosrootdir)"
