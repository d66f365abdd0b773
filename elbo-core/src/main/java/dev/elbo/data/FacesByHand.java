package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Published faces that nobody may pass on: they are had from their makers, and their folder is named by {@code --data-dir}.
 *
 * @param layout what lies in the folder, for messages
 * @param name what the data are called
 * @param attribution whom to credit
 * @param usual the size that pictures are brought to where none is asked for
 */
record FacesByHand(String layout, String name, String attribution, ImageSize usual) implements DataSet.Opening {
    /** All of them. */
    static List<DataSet> all() {
        return List.of(
                set(
                        "celeba",
                        "faces of celebrities with 40 attributes, 178 × 218 in colour, 202,599",
                        "img_align_celeba with list_attr_celeba.txt and list_eval_partition.txt beside it",
                        "CelebA by Liu, Luo, Wang and Tang (2015), non-commercial research",
                        "non-commercial research",
                        ImageSize.square(64)),
                set(
                        "lfw",
                        "Labeled Faces in the Wild, a folder for each person, 250 × 250 in colour, 13,233",
                        "a folder for each person, as in Aaron_Eckhart/Aaron_Eckhart_0001.jpg, and lfw_attributes.txt if there is one",
                        "Labeled Faces in the Wild by Huang, Ramesh, Berg and Learned-Miller (2007), research",
                        "research",
                        ImageSize.square(64)),
                set(
                        "orl-faces",
                        "40 people with ten expressions each, 92 × 112 grey, 400",
                        "the folders s1 to s40, of 1.pgm to 10.pgm",
                        "The Database of Faces by AT&T Laboratories Cambridge, research",
                        "research",
                        ImageSize.AS_IT_IS),
                set(
                        "frey-faces",
                        "expressions of one person, 20 × 28 grey, 1,965",
                        "frey-faces.npy, uint8 [1965, 28, 20]",
                        "Frey faces by Brendan Frey, research",
                        "research",
                        ImageSize.AS_IT_IS));
    }

    private static DataSet set(
            String name, String title, String layout, String credit, String licence, ImageSize usual) {
        return new DataSet(
                name,
                title,
                credit,
                licence,
                "Elbo does not fetch these pictures: their makers give them to those who ask. Put into a folder\n"
                        + layout + "\nand name it: ./elbo train picture-vae --data " + name + " --data-dir FOLDER",
                0,
                List.of(),
                List.of(),
                new FacesByHand(layout, name, credit, usual));
    }

    @Override
    public String origin() {
        return "yours, by --data-dir";
    }

    @Override
    public boolean isSupplied() {
        return true;
    }

    @Override
    public boolean resizes() {
        return true;
    }

    @Override
    public DataSource open(Path folder, Reading options) {
        throw new IllegalStateException("Bug: pictures of a folder are decoded into the cache");
    }

    @Override
    public DataSource open(Path folder, Reading options, DataCache cache) throws IOException {
        Path array = folder.resolve(name + ".npy");
        boolean isArray = Files.isRegularFile(array);
        if (!isArray && !ImageListing.hasImages(folder)) {
            throw new IllegalArgumentException(folder + " holds no pictures of " + name + "; there must be " + layout);
        }
        Reading sized = options.imageSize().isChosen() || isArray ? options : options.imageSize(usual);
        DataSource read = Format.of(isArray ? array : folder).read(isArray ? array : folder, sized, cache);
        List<String> notes = sized.equals(options)
                ? read.notes()
                : Stream.concat(
                                read.notes().stream(),
                                Stream.of("pictures are brought to " + usual + " pixels (--image-size chooses)"))
                        .toList();
        return new DataSource(
                new DataSpec(name, read.spec().fields(), attribution),
                read.train(),
                read.validation(),
                read.test(),
                notes,
                read.pixelRange());
    }
}
