package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.model.WaveVocoder;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.SpectrumCritic;
import dev.elbo.objective.Schedule;
import dev.elbo.objective.WaveDistance;
import dev.elbo.option.About;
import dev.elbo.option.Options;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.train.Composition;
import dev.elbo.train.Player;
import dev.elbo.train.Rule;
import dev.elbo.train.Stage;
import dev.elbo.train.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Waves of spectra, by magnitudes, phases and an inverse Fourier transform. Siuzdak (2023); Yamamoto et al. (2020). */
public record VocoderRecipe(
        @About("channels of the blocks along frames") int hidden,

        @About("ConvNeXt blocks along frames") int blocks,

        @About("frames of the segments that are learned from")
        int segment,

        @About("weight of the mel spectrum's distance beside those of spectra in several resolutions")
        double mel,

        @About("epochs with a critic after the others; 0 for none")
        double criticEpochs,

        @About("channels of the critic's layers, each of which halves the spectra that it looks at")
        List<Integer> criticChannels,

        @About("schedule of the critic's learning rate, in epochs of its stage")
        Schedule criticRate)
        implements Recipe {
    private static final double BETA1 = 0.5;
    private static final double BETA2 = 0.9;

    /**
     * Validates the sizes.
     *
     * @throws IllegalArgumentException if one is not positive, or the segments are shorter than 8 frames
     */
    public VocoderRecipe {
        criticChannels = List.copyOf(criticChannels);
        if (hidden < 1 || blocks < 1 || segment < 8 || !(mel >= 0) || !(criticEpochs >= 0)) {
            throw new IllegalArgumentException(
                    "hidden and blocks are positive, segments have 8 frames or more, and mel and"
                            + " criticEpochs are 0 or more; got hidden " + hidden + ", blocks " + blocks + ", segment "
                            + segment
                            + ", mel " + mel + " and criticEpochs " + criticEpochs);
        }
        if (criticEpochs > 0
                && (criticChannels.isEmpty() || criticChannels.stream().anyMatch(width -> width < 1))) {
            throw new IllegalArgumentException(
                    "a critic has at least one layer of positive width; got criticChannels " + criticChannels);
        }
    }

    /** The defaults: a network of half a million parameters at 8 kHz, without a critic. */
    public VocoderRecipe() {
        this(128, 6, 64, 15, 0, List.of(16, 32, 32), Schedule.constant(2e-4));
    }

    @Override
    public String name() {
        return "vocoder";
    }

    @Override
    public String summary() {
        return "waves of log-mel spectra, for models of speech (Siuzdak 2023; Yamamoto et al. 2020)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.SPEECH,
                "speech that a model makes is to sound less metallic than by Griffin and Lim's method",
                "λ |log mel(x) − log mel(x̂)| + Σ ‖|S| − |Ŝ|‖ / ‖|S|‖ + |log |S| − log |Ŝ||, and then − log D(x̂)",
                "Siuzdak (2023), Vocos, section 3; arXiv:2306.00814. Yamamoto et al. (2020), Parallel WaveGAN, eq. 5 to 7;"
                        + " arXiv:1910.11480");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        MelAnalysis analysis = analysis(data);
        WaveVocoder model = WaveVocoder.of(analysis, hidden, blocks, initial);
        List<Integer> sizes = List.of(analysis.size() / 2, analysis.size(), 2 * analysis.size());
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage(
                "spectra",
                new WaveDistance(mel, segment, sizes, Optional.empty()),
                List.of(),
                List.of(),
                Schedule.WHOLE));
        if (criticEpochs > 0) {
            SpectrumCritic critic = SpectrumCritic.of(sizes, criticChannels, initial);
            stages.add(new Stage(
                    "adversarial",
                    new WaveDistance(mel, segment, sizes, Optional.of(critic)),
                    List.of(),
                    List.of(new Player("critic", critic, Rule.adam(criticRate, BETA1, BETA2))),
                    criticEpochs));
        }
        return new Composition(model, stages);
    }

    private static MelAnalysis analysis(DataSpec data) {
        MelAnalysis analysis = SpeechNetworks.frames(data)
                .analysis()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the frames of data '" + data.name() + "' are no spectra of waves; give recordings"));
        if (data.fields().get(WaveVocoder.WAVE) instanceof Field.Frames waves && waves.channels() == analysis.hop()) {
            return analysis;
        }
        throw new IllegalArgumentException("data '" + data.name()
                + "' hold no samples beside the spectra; give recordings, and leave waves=true as it is");
    }

    /** The samples are kept beside the spectra. */
    @Override
    public Map<String, String> reading() {
        return Map.of("waves", "true");
    }

    @Override
    public TrainingSettings training() {
        return Options.of(TrainingSettings.standard())
                .with(Map.of(
                        "epochs", "30",
                        "batch", "16",
                        "optimizer", "adamw",
                        "weightDecay", "0.001",
                        "learningRate", "cosine(0.001, 0.00001)"));
    }
}
