# Manual pages and completion: text of ours, with what the schema of settings
# and the tables of services say put into it.

noinst_PROGRAMS += etc/mkcommands etc/mkcontrol etc/mkdebug etc/mkdoc etc/mkkeys etc/mkservices
etc_mkcommands_SOURCES = etc/mkcommands.c
etc_mkcommands_LDADD = src/shell/libshell.a $(DOS_ROOMS)
etc_mkcontrol_SOURCES = etc/mkcontrol.c
etc_mkcontrol_LDADD = src/control/libcontrol.a
etc_mkdebug_SOURCES = etc/mkdebug.c
etc_mkdebug_LDADD = src/debug/libdebug.a $(MACHINE_LIBS)
etc_mkdoc_SOURCES = etc/mkdoc.c
etc_mkdoc_LDADD = src/conf/libconf.a src/base/libbase.a
etc_mkkeys_SOURCES = etc/mkkeys.c
etc_mkservices_SOURCES = etc/mkservices.c
etc_mkservices_LDADD = $(DOS_ROOMS)

man_MANS = etc/dosvm.1 etc/dosvm-ctl.1 etc/dosvm.conf.5 etc/dosvm-commands.7 etc/dosvm-control.7 \
	etc/dosvm-debug.7 etc/dosvm-services.7
completiondir = $(datadir)/bash-completion/completions
completion_DATA = etc/completion/dosvm etc/completion/dosvm-ctl

# $(call fill,COMMAND,WORD): the template, with line @WORD@ become what the
# command says.
fill = $(1) > $@.part && sed \
	-e '/^@$(2)@$$/{' -e 'r $@.part' -e 'd' -e '}' \
	-e 's|@[V]ERSION@|$(VERSION)|' -e 's|@[s]ysconfdir@|$(sysconfdir)|' \
	$(srcdir)/$@.in > $@.new && mv $@.new $@ && rm -f $@.part

# $(call more,COMMAND,WORD): the same in a page that is filled already.
more = $(1) > $@.part && sed -e '/^@$(2)@$$/{' -e 'r $@.part' -e 'd' -e '}' $@ > $@.new && \
	mv $@.new $@ && rm -f $@.part

etc/dosvm.1: etc/dosvm.1.in etc/mkdoc$(EXEEXT) etc/mkkeys$(EXEEXT) etc/terminal-keys.tsv
	$(AM_V_GEN)$(call fill,etc/mkdoc options,OPTIONS) && \
		$(call more,etc/mkkeys $(srcdir)/etc/terminal-keys.tsv,KEYS)
etc/dosvm.conf.5: etc/dosvm.conf.5.in etc/mkdoc$(EXEEXT)
	$(AM_V_GEN)$(call fill,etc/mkdoc settings,SETTINGS)
etc/dosvm-commands.7: etc/dosvm-commands.7.in etc/mkcommands$(EXEEXT)
	$(AM_V_GEN)$(call fill,etc/mkcommands,COMMANDS) && \
		$(call more,etc/mkcommands config,CONFIG) && $(call more,etc/mkcommands layouts,LAYOUTS)
etc/dosvm-ctl.1: etc/dosvm-ctl.1.in etc/mkcontrol$(EXEEXT)
	$(AM_V_GEN)$(call fill,etc/mkcontrol client,CLIENT) && $(call more,etc/mkcontrol keys,KEYS)
etc/dosvm-control.7: etc/dosvm-control.7.in etc/mkcontrol$(EXEEXT)
	$(AM_V_GEN)$(call fill,etc/mkcontrol socket,SOCKET)
etc/dosvm-debug.7: etc/dosvm-debug.7.in etc/mkdebug$(EXEEXT)
	$(AM_V_GEN)$(call fill,etc/mkdebug,COMMANDS)
etc/dosvm-services.7: etc/dosvm-services.7.in etc/mkservices$(EXEEXT)
	$(AM_V_GEN)$(call fill,etc/mkservices,SERVICES)
etc/completion/dosvm: etc/mkdoc$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) etc/completion && etc/mkdoc completion > $@.new && mv $@.new $@
etc/completion/dosvm-ctl: etc/mkcontrol$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) etc/completion && etc/mkcontrol completion > $@.new && mv $@.new $@

CLEANFILES += $(man_MANS) $(completion_DATA)
EXTRA_DIST += etc/packages etc/terminal-keys.tsv $(man_MANS:=.in)
