# Manual pages and completion: text of ours, with what the schema of settings
# says put into it.

noinst_PROGRAMS += etc/mkdoc
etc_mkdoc_SOURCES = etc/mkdoc.c
etc_mkdoc_LDADD = src/conf/libconf.a src/base/libbase.a

man_MANS = etc/dosvm.1 etc/dosvm.conf.5
completiondir = $(datadir)/bash-completion/completions
completion_DATA = etc/completion/dosvm

# $(call fill,PART,WORD): the template, with line @WORD@ become mkdoc's PART.
fill = etc/mkdoc $(1) > $@.part && sed \
	-e '/^@$(2)@$$/{' -e 'r $@.part' -e 'd' -e '}' \
	-e 's|@VERSION@|$(VERSION)|' -e 's|@sysconfdir@|$(sysconfdir)|' \
	$(srcdir)/$@.in > $@.new && mv $@.new $@ && rm -f $@.part

etc/dosvm.1: etc/dosvm.1.in etc/mkdoc$(EXEEXT)
	$(AM_V_GEN)$(call fill,options,OPTIONS)
etc/dosvm.conf.5: etc/dosvm.conf.5.in etc/mkdoc$(EXEEXT)
	$(AM_V_GEN)$(call fill,settings,SETTINGS)
etc/completion/dosvm: etc/mkdoc$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) etc/completion && etc/mkdoc completion > $@.new && mv $@.new $@

CLEANFILES += $(man_MANS) $(completion_DATA)
EXTRA_DIST += etc/dosvm.1.in etc/dosvm.conf.5.in etc/packages
