package dev.elbo.handbook.concepts;

import dev.elbo.data.Batch;
import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Panel;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Table;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Drawings;
import dev.elbo.handbook.toy.Taught;
import dev.elbo.model.Vae;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Parallel;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The same drawings in the latent planes of five autoencoders that differ in what keeps their codes in order: nothing, noise on
 * what is read, few units on, small derivatives, and the rate of a VAE. What a plane is worth for sampling is measured: codes are
 * drawn from the model's own prior, decoded, and compared with the nearest drawing.
 */
public final class FiveAutoencoders implements Experiment {
    private static final List<Words> KINDS =
            List.of(Words.of("ring", "圆环"), Words.of("square", "方块"), Words.of("cross", "十字"), Words.of("bar", "条形"));

    /** Latents that can be drawn. */
    private static final int FEW = 2;

    /** More than the drawings have factors. */
    private static final int SOME = 8;

    /** A recipe, what it is called, and its options beside the number of latents. */
    private record Entry(String recipe, Words title, Map<String, String> options) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry("ae", Words.of("AE: nothing", "AE：无约束"), Map.of()),
            new Entry("denoising-ae", Words.of("Denoising: reads noise", "去噪：读入带噪图像"), Map.of("level", "0.3")),
            new Entry(
                    "sparse-ae",
                    Words.of("Sparse: units mostly off", "稀疏：单元多数关闭"),
                    Map.of("target", "0.25", "weight", "20")),
            new Entry("contractive-ae", Words.of("Contractive: small ∂z/∂x", "收缩：∂z/∂x 小"), Map.of("weight", "1")),
            new Entry("vae", Words.of("VAE: codes cost their rate", "VAE：编码要付码率"), Map.of()));

    @Override
    public String name() {
        return "five-autoencoders";
    }

    /** What came of it: codes of held-out drawings, their loss above its floor, active units, and how strange samples are. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Learned(double[][] codes, double loss, int active, double strangeness) {}

    @Override
    public Finding run(Effort effort) {
        Drawings train = Drawings.things(effort.of(1024, 32), 1);
        Drawings test = Drawings.things(effort.of(600, 16), 2);
        int count = ENTRIES.size();
        List<Learned> learned = Parallel.map(
                2 * count, i -> learn(ENTRIES.get(i % count), i < count ? FEW : SOME, train, test, effort));
        Map<String, Double> numbers = new HashMap<>();
        List<Panel> panels = new ArrayList<>();
        double[][] table = new double[count][];
        for (int i = 0; i < count; i++) {
            Learned what = learned.get(i);
            double amongSome = learned.get(i + count).strangeness();
            panels.add(plane(ENTRIES.get(i).title(), what.codes(), test));
            table[i] = new double[] {what.loss(), 100 * what.strangeness(), 100 * amongSome};
            numbers.put(ENTRIES.get(i).recipe() + "-loss", what.loss());
            numbers.put(ENTRIES.get(i).recipe() + "-strangeness", what.strangeness());
            numbers.put(ENTRIES.get(i).recipe() + "-strangeness8", amongSome);
            numbers.put(ENTRIES.get(i).recipe() + "-widest", widest(what.codes()));
        }
        numbers.put("vae-active8", (double) learned.get(2 * count - 1).active());
        numbers.put("held-out-strangeness", Points.strangeness(test.images(), train.images()));
        panels.add(table(table));
        Words description = Words.of(
                "The codes of the same rings, squares, crosses and bars in the latent planes of five autoencoders, and a table of"
                        + " their losses and of how far pictures sampled from each are from any drawing.",
                "同样的圆环、方块、十字和条形在五种自编码器的潜在平面上的编码，以及损失与采样图像离真实图像远近的表。");
        return new Finding(Sheet.of(description, panels.toArray(Panel[]::new)), numbers);
    }

    private static Learned learn(Entry entry, int latents, Drawings train, Drawings test, Effort effort) {
        Map<String, String> options = new HashMap<>(entry.options());
        options.putAll(Map.of("latents", Integer.toString(latents), "hidden", "128, 64"));
        Taught model = Taught.on(train, entry.recipe(), options, effort.of(40, 1));
        BoundEstimate bound = model.bound(test);
        return new Learned(
                model.codes(test),
                bound.distortion() - test.entropy(),
                bound.activeUnits(),
                Points.strangeness(sampled(model, effort.of(400, 8)), train.images()));
    }

    private static Table table(double[][] values) {
        return Table.titled(
                Words.of("Loss in nats; strangeness of samples × 100", "损失（奈特）；采样图像的陌生度 × 100"),
                ENTRIES.stream().map(entry -> Words.same(entry.recipe())).toList(),
                List.of(Words.of("loss", "损失"), Words.of("2 latents", "2 维陌生度"), Words.of("8 latents", "8 维陌生度")),
                values,
                "%.1f",
                Ink.CRIMSON);
    }

    /** The codes of drawings, coloured by what they are of. */
    static Chart plane(Words title, double[][] codes, Drawings drawings) {
        Chart chart = Chart.titled(title).x(Words.same("z₁")).y(Words.same("z₂"));
        for (int kind = 0; kind < KINDS.size(); kind++) {
            double[][] some = drawings.ofKind(kind).stream().map(i -> codes[i]).toArray(double[][]::new);
            chart.dots(KINDS.get(kind), Ink.of(kind), 2, Points.of(some, 0), Points.of(some, 1));
        }
        return chart;
    }

    /** Pictures of codes that are drawn from the prior: N(0, I) of the VAE, and else a normal fitted to the codes. */
    private static HostArray sampled(Taught model, int count) {
        try (Scope scope = Scope.open("samples");
                Inference use = Inference.begin()) {
            Pass pass = Pass.evaluation(Rng.seeded(3, Device.CPU));
            var latents = model.model().latents(count, Batch.of(Map.of(), Device.CPU), 1, pass);
            return model.decoded(Taught.rows(Objects.requireNonNull(latents.get(Vae.Z))));
        }
    }

    private static double widest(double[][] codes) {
        return Arrays.stream(codes)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElseThrow();
    }
}
