# What a desktop knows of dosvm: how it is started, its icon, what it opens.
noinst_PROGRAMS += etc/desktop/mkicon
etc_desktop_mkicon_SOURCES = etc/desktop/mkicon.c

desktopdir = $(datadir)/applications
dist_desktop_DATA = etc/desktop/dosvm.desktop
metainfodir = $(datadir)/metainfo
dist_metainfo_DATA = etc/desktop/dosvm.metainfo.xml
mimedir = $(datadir)/mime/packages
dist_mime_DATA = etc/desktop/dosvm.xml

icondir = $(datadir)/icons/hicolor
svgdir = $(icondir)/scalable/apps
svg_DATA = etc/desktop/dosvm.svg
ICONS = $(svg_DATA)
if HAVE_PNG
etc_desktop_mkicon_CPPFLAGS = $(AM_CPPFLAGS) -DHAVE_PNG
etc_desktop_mkicon_CFLAGS = $(AM_CFLAGS) $(PNG_CFLAGS)
etc_desktop_mkicon_LDADD = $(PNG_LIBS)
png16dir = $(icondir)/16x16/apps
png16_DATA = etc/desktop/16/dosvm.png
png32dir = $(icondir)/32x32/apps
png32_DATA = etc/desktop/32/dosvm.png
png48dir = $(icondir)/48x48/apps
png48_DATA = etc/desktop/48/dosvm.png
png64dir = $(icondir)/64x64/apps
png64_DATA = etc/desktop/64/dosvm.png
png128dir = $(icondir)/128x128/apps
png128_DATA = etc/desktop/128/dosvm.png
ICONS += $(png16_DATA) $(png32_DATA) $(png48_DATA) $(png64_DATA) $(png128_DATA)
endif
CLEANFILES += $(ICONS)

etc/desktop/dosvm.svg: etc/desktop/mkicon$(EXEEXT)
	$(AM_V_GEN)etc/desktop/mkicon svg > $@.new && mv $@.new $@
etc/desktop/%/dosvm.png: etc/desktop/mkicon$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && etc/desktop/mkicon png $* > $@.new && mv $@.new $@

# The databases of a desktop are renewed where they are kept, not in a package's copy.
install-data-hook:
	test -n "$(DESTDIR)" || ! command -v update-desktop-database >/dev/null || \
		update-desktop-database -q $(DESTDIR)$(desktopdir) || :
	test -n "$(DESTDIR)" || ! command -v update-mime-database >/dev/null || \
		update-mime-database $(DESTDIR)$(datadir)/mime >/dev/null 2>&1 || :

# The desktop's own caches, which are made anew by the hooks above, stay behind.
distuninstallcheck_listfiles = find . -type f \
	\( ! -path './share/mime/*' -o -path './share/mime/packages/*' \) \
	! -name mimeinfo.cache -print
