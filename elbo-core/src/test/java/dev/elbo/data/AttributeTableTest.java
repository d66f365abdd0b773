package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttributeTableTest {
    private static final String CELEBA = "2\nBald Smiling \n000001.jpg -1  1\n000002.jpg  1 -1\n";

    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private AttributeTable table() throws IOException {
        return AttributeTable.beside(folder).orElseThrow();
    }

    private AttributeTable.Said said(String picture) throws IOException {
        return table().of(folder, folder.resolve(picture)).orElseThrow();
    }

    @Test
    void folderWithoutOneHasNone() throws IOException {
        assertThat(AttributeTable.beside(folder)).isEmpty();
    }

    @Test
    void listOfCelebaIsReadAsItIsPublished() throws IOException {
        write("list_attr_celeba.txt", CELEBA.replace("\n", "\r\n"));

        assertThat(table().names()).containsExactly("Bald", "Smiling");
        assertThat(said("000001.jpg").attributes()).containsExactly(-1, 1);
        assertThat(said("img_align_celeba/000002.jpg").attributes()).containsExactly(1, -1);
        assertThat(said("000002.jpg").purpose()).isEmpty();
        assertThat(table().of(folder, folder.resolve("000003.jpg"))).isEmpty();
    }

    @Test
    void attributesOfLfwAreReadAsTheyArePublished() throws IOException {
        write(
                "lfw_attributes.txt",
                "# attributes of faces\n#\tperson\timagenum\tMale\tBig Nose\nAaron Eckhart\t1\t1.57\t-0.5\nAaron Eckhart\t12\t-2\t3\n");

        assertThat(table().names()).containsExactly("Male", "Big Nose");
        assertThat(said("Aaron_Eckhart/Aaron_Eckhart_0001.jpg").attributes()).containsExactly(1.57F, -0.5F);
        assertThat(said("Aaron_Eckhart/Aaron_Eckhart_0012.jpg").attributes()).containsExactly(-2, 3);

        write("lfw_attributes.txt", "#\tperson\timagenum\tMale\nAaron Eckhart\t1\n");
        assertThatThrownBy(this::table)
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("line 2 has 0 attributes, and 1 are named");
    }

    @Test
    void splitsOfCelebaAreNumbered() throws IOException {
        write("list_attr_celeba.txt", CELEBA);
        write("list_eval_partition.txt", "000001.jpg 0\n000002.jpg 2\n");

        assertThat(said("000001.jpg").purpose()).contains(ImageListing.Purpose.TRAIN);
        assertThat(said("000002.jpg").purpose()).contains(ImageListing.Purpose.TEST);

        write("list_eval_partition.txt", "000001.jpg 0\n000002.jpg 3\n");
        assertThatThrownBy(this::table)
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(folder.resolve("list_eval_partition.txt") + ", line 2 is no picture and its split, 0, 1 or"
                        + " 2: '000002.jpg 3'. Replace it with a complete copy.");
    }

    @Test
    void tableBesideTheFolderCountsIfItNamesItsPictures() throws IOException {
        write("list_attr_celeba.txt", CELEBA);
        Path pictures = Files.createDirectories(folder.resolve("img_align_celeba"));

        assertThat(AttributeTable.beside(pictures)).isEmpty();

        write("img_align_celeba/000001.jpg", "");
        AttributeTable table = AttributeTable.beside(pictures).orElseThrow();
        assertThat(table.of(pictures, pictures.resolve("000002.jpg"))
                        .orElseThrow()
                        .attributes())
                .containsExactly(1, -1);
    }

    @Test
    void truncatedListIsToldByItsNumbers() throws IOException {
        write("list_attr_celeba.txt", CELEBA.replaceFirst("2", "3"));

        assertThatThrownBy(this::table)
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("its first line promises 3 pictures, and it names 2");

        write("list_attr_celeba.txt", CELEBA.replace("1 -1", "1"));
        assertThatThrownBy(this::table).hasMessageContaining("line 4 has 1 attributes, and 2 are named");

        write("list_attr_celeba.txt", CELEBA.replace("1 -1", "1 x"));
        assertThatThrownBy(this::table).hasMessageContaining("line 4 has 'x' as Smiling, and a number is expected");
    }

    @Test
    void columnsOfNumbersAreAttributesAndTheOneOfTextIsTheClass() throws IOException {
        write(
                "metadata.csv",
                "file_name,age,smiles,breed\r\ncats/1.png,2.5,True,tabby\r\n./dogs/2.png,7,False,\"poodle, small\"\r\n");

        assertThat(table().names()).containsExactly("age", "smiles");
        assertThat(said("cats/1.png").attributes()).containsExactly(2.5f, 1);
        assertThat(said("cats/1.png").label()).contains("tabby");
        assertThat(said("dogs/2.png").attributes()).containsExactly(7, 0);
        assertThat(said("dogs/2.png").label()).contains("poodle, small");
        assertThat(table().notes()).isEmpty();
    }

    @Test
    void pathTellsPicturesOfOneNameApart() throws IOException {
        write("labels.csv", "file,label\na/1.png,3\nb/1.png,4\n1.png,5\n");

        assertThat(said("a/1.png").label()).contains("3");
        assertThat(said("b/1.png").label()).contains("4");
        assertThat(said("c/1.png").label()).contains("5");
    }

    @Test
    void namesMayLackTheirEnding() throws IOException {
        write("labels.csv", "id,breed\n000bec18,boxer\n");

        assertThat(said("train/000bec18.jpg").label()).contains("boxer");
    }

    @Test
    void columnOfSplitsSaysWhatAPictureIsFor() throws IOException {
        write("metadata.csv", "file,kind,Split\n1.png,cat,train\n2.png,dog,valid\n3.png,cat,\n");

        assertThat(said("2.png").purpose()).contains(ImageListing.Purpose.VALIDATION);
        assertThat(said("2.png").label()).contains("dog");
        assertThat(said("3.png").purpose()).isEmpty();
    }

    @Test
    void whichOfSeveralColumnsOfTextIsTheClassIsSaidByItsName() throws IOException {
        write("metadata.csv", "file,caption,Class,note\n1.png,a cat,cat,\n2.png,a dog,dog,\n");

        assertThat(said("1.png").label()).contains("cat");
        assertThat(table().notes())
                .containsExactly(
                        "columns without a value, passed over: note",
                        "columns of text, passed over: caption (line 2: 'a cat')");

        write("metadata.csv", "file,caption,kind\n1.png,a cat,cat\n2.png,a dog,dog\n");
        assertThat(said("1.png").label()).isEqualTo(Optional.empty());
        assertThat(table().notes())
                .containsExactly("columns of text, passed over: caption (line 2: 'a cat'), kind (line 2: 'cat')");
    }

    @Test
    void missingValueIsLocated() throws IOException {
        Path file = write("attributes.csv", "file,age\n1.png,2\n2.png,\n");

        assertThatThrownBy(this::table)
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(file + ", line 3, column 'age' has no value. Fill it in, or remove the row or the column.");
    }

    @Test
    void pictureThatIsNamedTwiceIsRefused() throws IOException {
        write("attributes.csv", "file,age\n1.png,2\n./1.png,3\n");

        assertThatThrownBy(this::table).hasMessageContaining("line 3 names the picture './1.png' once more");
    }

    @Test
    void listOfCelebaMayBeATable() throws IOException {
        write("list_attr_celeba.csv", "image_id,Bald,Smiling\n000001.jpg,-1,1\n");
        write("list_eval_partition.csv", "image_id,partition\n000001.jpg,1\n");

        assertThat(said("000001.jpg").attributes()).containsExactly(-1, 1);
        assertThat(said("000001.jpg").purpose()).contains(ImageListing.Purpose.VALIDATION);
    }

    @Test
    void secondTableIsPassedOverAndTold() throws IOException {
        write("list_attr_celeba.txt", CELEBA);
        write("labels.csv", "file,label\n000001.jpg,cat\n");

        assertThat(said("000001.jpg").label()).isEmpty();
        assertThat(table().notes()).containsExactly("labels.csv beside list_attr_celeba.txt, passed over");
    }

    @Test
    void aSplitThatIsNoneIsTold() throws IOException {
        write("attributes.csv", "file,age,split\n1.png,20,train\n2.png,30,held out\n3.png,40,Testing\n");

        assertThat(said("2.png").purpose()).isEmpty();
        assertThat(said("3.png").purpose()).contains(ImageListing.Purpose.TEST);
        assertThat(table().notes())
                .containsExactly("pictures to learn from, because their split is none of train, val and test: 1 of"
                        + " 'held out'");
    }

    @Test
    void picturesThatAreNamedAndNotThereAreTold() throws IOException {
        write("attributes.csv", "file,age\n1.png,20\n2.png,30\n3.png,40\n");
        new PictureFolder(folder, folder).grey("1.png", 2, 2, 5);

        assertThat(ImageListing.of(folder).notes())
                .containsExactly("pictures that attributes.csv names and that are not there: 2");
    }
}
