package dev.elbo.figure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A minimal container has no fonts, and the JDK throws at the first letter there. */
@EnabledOnOs(OS.LINUX)
class NoFontsTest {
    @TempDir
    private Path folder;

    @Test
    void figuresAreDrawnWithoutTheirLabels() throws IOException, InterruptedException {
        Path fonts = Files.writeString(folder.resolve("fonts.conf"), "<?xml version=\"1.0\"?><fontconfig/>");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Duser.home=" + folder, // where the JDK remembers the fonts of an earlier start
                "-cp",
                System.getProperty("java.class.path"),
                Drawing.class.getName(),
                folder.toString());
        builder.environment().put("FONTCONFIG_FILE", fonts.toString());
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).isEqualTo("letters: false\n");
        assertThat(folder.resolve("grid.png")).isNotEmptyFile();
        assertThat(folder.resolve("curves.png")).isNotEmptyFile();
        assertThat(folder.resolve("kl.png")).isNotEmptyFile();
    }

    /** The program that draws on such a machine. */
    static final class Drawing {
        private Drawing() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            System.out.println("letters: " + Lettering.available());
            ImageGrid.of(HostArray.of(new byte[4 * 64], 4, 1, 8, 8))
                    .title("Samples")
                    .caption("seed 3")
                    .rowLabels(List.of("0", "1"))
                    .columnLabels(List.of("a", "b"))
                    .build()
                    .write(folder.resolve("grid.png"));
            Metrics.Point point = new Metrics.Point(1, 1, 1, Map.of("negElbo", 100.0));
            Curves.of(new Metrics(List.of(point), Map.of(), 0)).write(folder.resolve("curves.png"));
            KlBars.of(List.of(1.0, 0.0)).write(folder.resolve("kl.png"));
        }
    }
}
