noinst_LIBRARIES += src/bios/libbios.a
src_bios_libbios_a_SOURCES = \
	src/bios/alternate.c \
	src/bios/array.c \
	src/bios/bda.h \
	src/bios/bios.c \
	src/bios/bios.h \
	src/bios/card.c \
	src/bios/colors.c \
	src/bios/crtmodes.c \
	src/bios/disks.c \
	src/bios/font.c \
	src/bios/fontcalls.c \
	src/bios/graphics.c \
	src/bios/int08.c \
	src/bios/int09.c \
	src/bios/int10.c \
	src/bios/int13.c \
	src/bios/int13ext.c \
	src/bios/int13move.c \
	src/bios/int14.c \
	src/bios/int15.c \
	src/bios/int16.c \
	src/bios/int17.c \
	src/bios/int1a.c \
	src/bios/joystick.c \
	src/bios/keymap.c \
	src/bios/misc.c \
	src/bios/modes.c \
	src/bios/layoutkey.c \
	src/bios/mouse.h \
	src/bios/mouse/about.c \
	src/bios/mouse/cursor.c \
	src/bios/mouse/driver.c \
	src/bios/mouse/handlers.c \
	src/bios/mouse/int33.c \
	src/bios/mouse/look.c \
	src/bios/mouse/options.c \
	src/bios/mouse/parts.h \
	src/bios/mouse/place.c \
	src/bios/mouse/screen.c \
	src/bios/mouse/sprite.c \
	src/bios/mouse/use.c \
	src/bios/palette.c \
	src/bios/parameters.c \
	src/bios/parts.h \
	src/bios/pointer.c \
	src/bios/post.c \
	src/bios/rom.c \
	src/bios/text.c \
	src/bios/textsize.c \
	src/bios/vbe.h \
	src/bios/vbecalls.c \
	src/bios/vbedraw.c \
	src/bios/vbemodes.c \
	src/bios/vberom.c \
	src/bios/vesa.c \
	src/bios/videostate.c
nodist_src_bios_libbios_a_SOURCES = src/bios/fontdata.c

noinst_PROGRAMS += src/bios/mkfonts
src_bios_mkfonts_SOURCES = src/bios/mkfonts.c
src_bios_mkfonts_LDADD = src/base/libbase.a

# In this order they are asked for a character.
console_fonts = Uni2 Lat15 Lat2 Lat7 Greek FullGreek CyrSlav FullCyrSlav Hebrew Uni1
src/bios/fontdata.c: src/bios/mkfonts$(EXEEXT)
	$(AM_V_GEN)src/bios/mkfonts $(VGABIOS) \
		$(foreach h,8 14 16,$(wildcard $(console_fonts:%=$(CONSOLEFONTS)/%-VGA$(h).psf.gz))) \
		> $@.new && mv $@.new $@
CLEANFILES += src/bios/fontdata.c
