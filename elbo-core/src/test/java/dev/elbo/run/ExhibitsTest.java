package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.elbo.exhibit.Exhibit;
import dev.elbo.exhibit.Exhibits;
import dev.elbo.exhibit.Interpolations;
import dev.elbo.exhibit.LatentCodes;
import dev.elbo.exhibit.Piece;
import dev.elbo.exhibit.Showing;
import dev.elbo.figure.ImageGrid;
import dev.elbo.figure.Scatter;
import dev.elbo.generate.Shown;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exhibits of models with their first weights, which show as much as trained ones do. */
class ExhibitsTest {
    @TempDir
    Path directory;

    private Session session(String recipe, String settings) throws IOException {
        return new Session(
                new RunDirectory(directory.resolve("run"), Runs.config(recipe, settings)), Runs.data(), Device.CPU);
    }

    private static Scatter scatter(Session session, Optional<String> latent) {
        Piece piece = new LatentCodes(latent, 100).of(session.showing(List::of));
        return (Scatter) ((Piece.Picture) piece).figure();
    }

    @Test
    void twoLatentDimensionsAreScatteredAsTheyAreColouredByLabel() throws IOException {
        try (Session session = session("vae", "");
                Scope scope = Scope.open("test")) {
            Scatter scatter = scatter(session, Optional.empty());
            int count = (int) scatter.codes().shape().size(0);
            HostArray codes = session.generator()
                    .code(session.showing(List::of).heldOut().orElseThrow().first(count));
            assertThat(scatter.codes()).isEqualTo(codes);
            assertThat(scatter.names()).containsExactly("lying", "standing", "leaning");
            assertThat(scatter.labels().toLongs()).contains(0, 1);
            assertThat(scatter.horizontal()).isEqualTo("z₁");
        }
    }

    @Test
    void moreLatentDimensionsAreScatteredByTheirPrincipalComponents() throws IOException {
        try (Session session = session("vae", "latents=5")) {
            Scatter scatter = scatter(session, Optional.empty());
            assertThat(scatter.codes().shape().size(1)).isEqualTo(2);
            assertThat(scatter.horizontal()).matches("first principal component, \\d+ % of the variance");
            assertThat(scatter.names()).isNotEmpty();
        }
    }

    @Test
    void everyLevelOfALadderHasItsScatter() throws IOException {
        try (Session session = session("ladder-vae", "")) {
            List<String> names = Exhibits.of(session.showing(List::of), 1).stream()
                    .map(Exhibit::name)
                    .filter(name -> name.startsWith("latents"))
                    .toList();
            assertThat(names).hasSize(2).allMatch(name -> name.matches("latents-z\\d"));
        }
    }

    @Test
    void aSingleLatentDimensionIsNotScattered() throws IOException {
        try (Session session = session("vae", "latents=1")) {
            assertThat(new LatentCodes(Optional.empty(), 100).obstacle(session.showing(List::of)))
                    .contains("codes are drawn of a vector of at least 2 latent dimensions, and this model has none");
        }
    }

    @Test
    void interpolationsHaveTheExamplesThemselvesAtBothEnds() throws IOException {
        try (Session session = session("vae", "");
                Scope scope = Scope.open("test")) {
            Showing showing = session.showing(List::of);
            Piece piece = new Interpolations(1, 3, true).of(showing);
            ImageGrid grid = (ImageGrid) ((Piece.Picture) piece).figure();
            HostArray examples =
                    showing.heldOut().orElseThrow().first(2).get("image").toHost();
            HostArray made = ((Shown.Images) Objects.requireNonNull(session.generator()
                            .reconstructions(showing.heldOut().orElseThrow().first(2))
                            .get("image")))
                    .pixels();
            assertThat(grid.columns()).isEqualTo(5);
            assertThat(grid.framedColumns()).containsExactlyInAnyOrder(0, 4);
            assertThat(grid.columnLabels()).containsExactly("image", "", "", "", "image");
            assertThat(grid.images().rows(0, 1)).isEqualTo(examples.rows(0, 1));
            assertThat(grid.images().rows(4, 5)).isEqualTo(examples.rows(1, 2));
            assertThat(grid.images().rows(1, 2).toFloats())
                    .containsExactly(
                            made.rows(0, 1).toFloats(),
                            offset(1e-5f)); // sines of the path and sums in another order, FLOAT32
        }
    }

    @Test
    void aRunEndsWithItsPicturesAndFiguresInTensorBoardsFile() throws IOException {
        RunDirectory run = new RunDirectory(directory.resolve("run"), Runs.config("vae", "epochs=1"));
        run.begin(Device.CPU, Runs.data().spec());
        try (Session session = new Session(run, Runs.data(), Device.CPU)) {
            new Course(session, 2).run(event -> {}, () -> false, new OtherPriorsCourseTest.Quiet(new ArrayList<>()));
        }
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(run.path())) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("events.out"))
                    .toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(all)
                .contains("figures/samples", "figures/latents", "\u0089PNG", "evaluation/nll", "train/gradientNorm")
                .contains("_hparams_/session_start_info", "latents", "_hparams_/session_end_info");
    }
}
