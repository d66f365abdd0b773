package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A run that all tests share which only look at it: a conditional VAE of two latent dimensions on tiny images, trained
 * for two epochs by the command line itself.
 *
 * @param elbo where it was trained
 * @param trained how its training ended
 */
record TinyRun(ElboProcess elbo, ElboProcess.Ended trained) implements AutoCloseable {

    /** What is typed to train it, but for options that follow. */
    static final List<String> TRAINING = List.of(
            "train",
            "cvae",
            "--data",
            "images",
            "--epochs",
            "2",
            "--batch",
            "16",
            "--set",
            "hidden=16,8",
            "--set",
            "latents=2",
            "--samples",
            "3");

    /** The folder in which {@code images}, {@code runs} and {@code home} lie. */
    Path folder() {
        return elbo.folder();
    }

    /** The run's directory. */
    Path directory() {
        try (Stream<Path> runs = Files.list(folder().resolve("runs"))) {
            return runs.filter(Files::isDirectory).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TinyRun train() {
        try {
            ElboProcess elbo = ElboProcess.inANewFolder();
            TinyImages.write(elbo.folder().resolve("images"));
            ElboProcess.Ended trained = elbo.run(TRAINING.toArray(String[]::new));
            assertThat(trained.exitCode()).as(trained.err()).isZero();
            return new TinyRun(elbo, trained);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        elbo.delete();
    }

    /** Hands it to tests that ask for it; it is trained for the first. */
    static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TinyRun.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(TinyRun.class))
                    .computeIfAbsent(TinyRun.class, type -> train(), TinyRun.class);
        }
    }
}
