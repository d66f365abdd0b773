package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
    @TempDir
    Path folder;

    private DataSource open(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        DataCache unused = DataCache.of(Map.of(), event -> {});
        return DataCatalog.standard().open(file.toString(), unused, Reading.standard());
    }

    private DataSource open(String text) throws IOException {
        return open("table.csv", text);
    }

    private static Field.Table table(String... names) {
        return new Field.Table(List.of(names), Optional.empty());
    }

    private static float[] rows(DataSource source) {
        return source.train().field("row").toHost().toFloats();
    }

    @Test
    void columnsAreCalledAsTheFirstLineSays() throws IOException {
        DataSource source = open("height,weight\n1.8,75\n1.6,.5e2\n");

        assertThat(source.spec()).isEqualTo(new DataSpec("table.csv", Map.of("row", table("height", "weight")), ""));
        assertThat(rows(source)).containsExactly(1.8f, 75, 1.6f, 50);
        assertThat(source.notes()).isEmpty();
    }

    @Test
    void quotesLineEndsAndTheByteOrderMarkAreNoPartOfNames() throws IOException {
        DataSource source = open("\ufeff\"a, b\",\"c \"\"d\"\"\"\r\n\"1\", 2 \r\n\r\n3,\"4\"");

        assertThat(source.spec().field("row")).isEqualTo(table("a, b", "c \"d\""));
        assertThat(rows(source)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void cellsMayHaveTabsOrSemicolonsBetweenThem() throws IOException {
        assertThat(rows(open("table.tsv", "a\tb\n1\t2\n"))).containsExactly(1, 2);
        assertThat(rows(open("a;b\n1;2\n"))).containsExactly(1, 2);
    }

    @Test
    void labelClassTargetOrYIsTheClass() throws IOException {
        for (String name : List.of("label", "Class", "TARGET", "y")) {
            DataSource source = open("a," + name + "\n1,no\n2,yes\n3,no\n");

            assertThat(source.spec().field("row")).isEqualTo(table("a"));
            assertThat(source.spec().field("label")).isEqualTo(new Field.Category(List.of("no", "yes")));
            assertThat(source.train().field("label").toHost().toLongs()).containsExactly(0, 1, 0);
        }
    }

    @Test
    void wholeNumbersAndTrueAreClasses() throws IOException {
        assertThat(open("y,a\n10,1\n9.0,2\n").spec().field("label")).isEqualTo(new Field.Category(List.of("9", "10")));
        assertThat(open("y,a\nTrue,1\nFalse,2\n").spec().field("label"))
                .isEqualTo(new Field.Category(List.of("False", "True")));
    }

    @Test
    void targetThatIsNoClassIsAnAttribute() throws IOException {
        DataSource source = open("a,target\n1,0.5\n2,3\n");

        assertThat(source.spec().field("attributes")).isEqualTo(table("target"));
        assertThat(source.train().field("attributes").toHost().toFloats()).containsExactly(.5f, 3);
    }

    @Test
    void columnsOfTextArePassedOverAndTold() throws IOException {
        DataSource source = open("name,a,b,empty\nAnna,1,2,\nBen,2,x,NA\n");

        assertThat(source.spec().field("row")).isEqualTo(table("a"));
        assertThat(source.notes())
                .containsExactly(
                        "columns without a value, passed over: empty",
                        "columns of text, passed over: name (line 2: 'Anna'), b (line 3: 'x')");
        assertThatThrownBy(() -> open("name\nAnna\n"))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(folder.resolve("table.csv") + " has no column of numbers to learn from; columns of text,"
                        + " passed over: name (line 2: 'Anna'). Give a table with columns of numbers, written with a"
                        + " point as in 0.5.");
    }

    @Test
    void columnThatCountsTheRowsIsPassedOver() throws IOException {
        DataSource source = open(",a\n0,5\n1,7\n2,6\n");

        assertThat(source.spec().field("row")).isEqualTo(table("a"));
        assertThat(source.notes()).containsExactly("the first column counts the rows, passed over");
        assertThat(open(",a\n0,5\n2,7\n").spec().field("row"))
                .as("it does not count")
                .isEqualTo(table("c0", "a"));
    }

    @Test
    void firstLineOfNumbersIsARow() throws IOException {
        DataSource source = open("1.5,2\n3,4\n");

        assertThat(source.spec().field("row")).isEqualTo(table("c0", "c1"));
        assertThat(rows(source)).containsExactly(1.5f, 2, 3, 4);
        assertThat(source.notes()).containsExactly("the first line names no columns: they are called c0, c1 and so on");
        assertThat(rows(open("0,1\n3,4\n"))).as("names that count the columns").containsExactly(3, 4);
    }

    @Test
    void missingOrInfiniteValueIsLocated() {
        Path file = folder.resolve("table.csv");
        assertThatThrownBy(() -> open("a,b\n1,2\n3,\n"))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(file + ", line 3, column 'b' has no value. Fill it in, or remove the row or the column.");
        assertThatThrownBy(() -> open("a,b\n1,2\nNaN,3\n"))
                .hasMessageContaining("line 3, column 'a' has no value: it says 'NaN'");
        assertThatThrownBy(() -> open("a,b\n\"1\",2\n-inf,3\n"))
                .hasMessageContaining("line 3, column 'a' has '-inf', and a finite number is expected");
        assertThatThrownBy(() -> open("a,b\n1e99,2\n1,3\n"))
                .hasMessageContaining("line 2, column 'a' has '1e99', and a finite number is expected");
        assertThatThrownBy(() -> open("a,y\n1,x\n2,\n")).hasMessageContaining("line 3, column 'y' has no value");
    }

    @Test
    void damagedTablesAreToldByLine() {
        assertThatThrownBy(() -> open("a,b\n1,2\n3\n"))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("line 3 has 1 cells, and the first line has 2");
        assertThatThrownBy(() -> open("a,a\n1,2\n"))
                .hasMessageContaining("has two columns called 'a', numbers 1 and 2");
        assertThatThrownBy(() -> open("a,b\n")).hasMessageContaining("has no rows");
        assertThatThrownBy(() -> open("")).hasMessageContaining("has no rows");
        assertThatThrownBy(() -> open("a,b\n1,\"2\n"))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("has a quote that does not belong");
    }

    @Test
    void otherEncodingsAreTold() throws IOException {
        Path file = folder.resolve("table.csv");
        Files.write(file, "größe\n1\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> new CsvFile().read(file, Reading.standard(), DataCache.of(Map.of(), event -> {})))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(file + " is not UTF-8. Save the file as UTF-8.");
    }

    @Test
    void aFirstLineOfFractionsNamesNoColumns() throws IOException {
        DataSource iris = open("5.1,3.5,setosa\n4.9,3.0,setosa\n");
        assertThat(iris.spec().field("row")).isEqualTo(table("c0", "c1"));
        assertThat(rows(iris)).containsExactly(5.1f, 3.5f, 4.9f, 3);

        assertThat(open("land,2019,2020\na,1,2\n").notes())
                .contains("the first line was taken for the names of columns: land, 2019, 2020");
    }
}
