noinst_LIBRARIES += src/drive/libdrive.a
src_drive_libdrive_a_SOURCES = \
	src/drive/beneath.c src/drive/beneath.h \
	src/drive/bpb.c src/drive/bpb.h \
	src/drive/drive.c src/drive/drive.h \
	src/drive/fat.c src/drive/fat.h src/drive/fat_volume.h \
	src/drive/fat_boot.c src/drive/fat_cache.c src/drive/fat_chain.c \
	src/drive/fat_data.c src/drive/fat_dir.c src/drive/fat_file.c \
	src/drive/fat_find.c src/drive/fat_format.c src/drive/fat_label.c src/drive/fat_list.c \
	src/drive/fat_lock.c src/drive/fat_make.c src/drive/fat_name.c \
	src/drive/fat_node.c \
	src/drive/fat_space.c src/drive/fat_state.c src/drive/fat_table.c \
	src/drive/fat_tree.c \
	src/drive/hostdir.c src/drive/hostdir.h \
	src/drive/hostdir_attr.c \
	src/drive/hostdir_dir.c \
	src/drive/hostdir_error.c \
	src/drive/hostdir_file.c \
	src/drive/hostdir_find.c \
	src/drive/hostdir_keys.c \
	src/drive/hostdir_list.c \
	src/drive/hostdir_name.c \
	src/drive/hostdir_share.c \
	src/drive/hostdir_state.c \
	src/drive/hostdir_taken.c \
	src/drive/hostdir_tree.c \
	src/drive/image.c src/drive/image.h \
	src/drive/listing.c src/drive/listing.h \
	src/drive/mem.c src/drive/mem.h \
	src/drive/overlay.c src/drive/overlay.h \
	src/drive/overlay_copy.c \
	src/drive/overlay_dir.c \
	src/drive/overlay_file.c \
	src/drive/overlay_gone.c \
	src/drive/overlay_list.c \
	src/drive/overlay_name.c \
	src/drive/overlay_state.c \
	src/drive/overlay_tree.c \
	src/drive/overlay_walk.c \
	src/drive/partition.c src/drive/partition.h \
	src/drive/path.c src/drive/path.h \
	src/drive/refuse.c src/drive/refuse.h \
	src/drive/share.c src/drive/share.h \
	src/drive/stdio.c src/drive/stdio.h \
	src/drive/stdio_fds.c \
	src/drive/volume.c src/drive/volume.h
