package dev.elbo.cli;

import dev.elbo.generate.NeuralVocoder;
import dev.elbo.run.RunCatalog;
import dev.elbo.run.TrainedModel;
import dev.elbo.tensor.Device;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is to make waves of spectra. */
final class GivenVocoder {
    @Option(
            names = "--vocoder",
            paramLabel = "RUN",
            description =
                    "A run of recipe vocoder that makes waves of spectra. Default: none, and Griffin and Lim's method.")
    private @Nullable String vocoder;

    /** The vocoder while it is open; close it to free its model. */
    record Open(Optional<TrainedModel> model) implements AutoCloseable {
        /** A speaker as it is, or through the vocoder if there is one. */
        <S> S of(S speaker, BiFunction<S, NeuralVocoder, S> through) {
            return vocoder().map(learned -> through.apply(speaker, learned)).orElse(speaker);
        }

        /** The vocoder that was asked for. */
        Optional<NeuralVocoder> vocoder() {
            return model.map(trained -> NeuralVocoder.of(trained.generator()));
        }

        @Override
        public void close() {
            model.ifPresent(TrainedModel::close);
        }
    }

    /** Opens what was asked for. */
    Open open() throws IOException {
        return new Open(
                vocoder == null
                        ? Optional.empty()
                        : Optional.of(
                                TrainedModel.open(RunCatalog.of(System.getenv()).open(vocoder), Device.CPU)));
    }

    /** The name of the vocoder, as it was given. */
    String name() {
        return String.valueOf(vocoder);
    }
}
