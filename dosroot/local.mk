# dosroot: what a DOS user finds on a new drive C:.  It is put together in
# dosroot/c of the build tree, where the uninstalled ./dosvm looks, and make
# install copies it.  Names are in lower case, as dosvm itself writes them.
#
# A file of C:, with its folder, is one line of DOSROOT_FILES, and is made from
#	dosroot/PATH.asm	a program in assembler (nasm, flat binary)
#	dosroot/PATH.c		a program in C for the 8086 (bcc, small model)
#	dosroot/PATH.txt.in	text; PATH is the whole name.  DOS's line ends are
#				put in here, not in git

DOSROOT_FILES = \
	dosroot/c/autoexec.bat \
	dosroot/c/command.com \
	dosroot/c/config.sys

# What it included is written down outside C:.
assemble = $(MKDIR_P) $(@D) dosroot/deps && $(NASM) -f bin -I $(srcdir)/dosroot/ \
	-MD dosroot/deps/$(subst /,-,$@).d -MP -MQ $@ -o $@ $<

dosroot/c/%.com: dosroot/%.asm
	$(AM_V_GEN)$(assemble)
dosroot/c/%.sys: dosroot/%.asm
	$(AM_V_GEN)$(assemble)
dosroot/c/%.com: dosroot/%.c
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(BCC) -Md -ansi -I$(srcdir)/dosroot -o $@ $<
dosroot/c/%: dosroot/%.txt.in
	$(AM_V_GEN)$(MKDIR_P) $(@D) && sed 's/$$/\r/' $< > $@.new && mv $@.new $@

-include $(wildcard dosroot/deps/*.d)

all-local: $(DOSROOT_FILES)
CLEANFILES += $(DOSROOT_FILES) dosroot/deps/*.d

dosrootdir = $(pkgdatadir)/dosroot
install-data-local: $(DOSROOT_FILES)
	@for f in $(DOSROOT_FILES); do \
		to="$(DESTDIR)$(dosrootdir)/$${f#dosroot/c/}"; \
		$(MKDIR_P) "$${to%/*}" && $(INSTALL_DATA) "$$f" "$$to" || exit 1; \
	done
uninstall-local:
	rm -rf "$(DESTDIR)$(dosrootdir)"
