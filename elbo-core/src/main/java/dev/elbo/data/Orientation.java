package dev.elbo.data;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import dev.elbo.tensor.HostArray;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * How a camera was held, by the tag Orientation of EXIF 2.3: which transformation shows the stored picture upright.
 *
 * @param tag 1 for a picture that is stored as it is shown, to 8
 */
record Orientation(int tag) {
    private static final Orientation UPRIGHT = new Orientation(1);
    private static final int LAST = 8;

    /** From here on rows are columns. */
    private static final int TRANSPOSED = 5;

    /** The orientation by a picture's file; upright if it says nothing that can be read. */
    static Orientation of(byte[] content) {
        try {
            Metadata metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(content), content.length);
            ExifIFD0Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer tag = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            return tag == null || tag < 1 || tag > LAST ? UPRIGHT : new Orientation(tag);
        } catch (ImageProcessingException | IOException | RuntimeException unreadable) {
            return UPRIGHT; // a picture may be whole though its notes are not
        }
    }

    boolean isUpright() {
        return tag == 1;
    }

    /** Whether the picture is as wide as it is stored high. */
    boolean isTransposed() {
        return tag >= TRANSPOSED;
    }

    /** The picture as it is to be shown. */
    Picture turn(Picture stored) {
        if (isUpright()) {
            return stored;
        }
        int height = isTransposed() ? stored.width() : stored.height();
        int width = isTransposed() ? stored.height() : stored.width();
        byte[] turned = new byte[stored.channels() * height * width];
        for (int i = 0; i < turned.length; i++) {
            int channel = i / (height * width);
            int y = i / width % height;
            int x = i % width;
            int from = (channel * stored.height() + row(y, x, stored.height())) * stored.width()
                    + column(y, x, stored.width());
            turned[i] = stored.levels().bytes().get(from);
        }
        return new Picture(HostArray.of(turned, stored.channels(), height, width));
    }

    private int row(int y, int x, int height) {
        return switch (tag) {
            case 3, 4 -> height - 1 - y;
            case 5, 8 -> x;
            case 6, 7 -> height - 1 - x;
            default -> y;
        };
    }

    private int column(int y, int x, int width) {
        return switch (tag) {
            case 2, 3 -> width - 1 - x;
            case 5, 6 -> y;
            case 7, 8 -> width - 1 - y;
            default -> x;
        };
    }
}
