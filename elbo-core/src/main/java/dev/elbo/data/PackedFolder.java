package dev.elbo.data;

import dev.elbo.sound.SoundFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A folder of recordings or pictures as one file, whose bytes follow from the folder's files alone: a .zip without compression, of the sounds, the
 * pictures and the texts in the order of their names, all of one date. So thousands of files have one checksum, wherever they come from.
 */
final class PackedFolder {
    /** One that no zone of time changes: a .zip says it in local time. */
    private static final LocalDateTime DATE = LocalDateTime.of(2000, 1, 1, 0, 0);

    private PackedFolder() {}

    /** Writes a folder's recordings or pictures. */
    static void write(Path folder, Path zip) throws IOException {
        List<Path> packed;
        try (Stream<Path> files = Files.walk(folder)) {
            packed = files.filter(PackedFolder::isPacked)
                    .filter(Files::isRegularFile)
                    .sorted((a, b) -> name(folder, a).compareTo(name(folder, b)))
                    .collect(Collectors.toList());
        }
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream out = new ZipOutputStream(file)) {
            out.setMethod(ZipOutputStream.STORED);
            for (Path one : packed) {
                put(name(folder, one), Files.readAllBytes(one), out);
            }
        }
    }

    private static boolean isPacked(Path file) {
        return SoundFile.isNamed(file)
                || PictureFile.isCalledSo(file)
                || file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(txt|csv|tsv|data|lab)");
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static void put(String name, byte[] content, ZipOutputStream out) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(DATE);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
