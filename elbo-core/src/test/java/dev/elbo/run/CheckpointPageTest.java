package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.model.Latent;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What docs/checkpoints.md says is enough to rebuild a network elsewhere: this rebuilds {@code conv-vae} from a file of weights in
 * loops over arrays, with nothing of the library. Pictures of 5 × 6 have an odd side and an even one.
 */
class CheckpointPageTest {
    private static final int HEIGHT = 5;
    private static final int WIDTH = 6;
    private static final int COUNT = 4;
    private static final int LATENTS = 2;
    private static final int COMPONENTS = 5;

    /** Sums of FLOAT32 numbers near 1, of at most 45 terms, in six layers. */
    private static final double ROUNDING = 2e-5;

    @TempDir
    Path directory;

    private RunDirectory trained(String likelihood) throws IOException {
        DataSource data = Runs.data();
        RunDirectory run = new RunDirectory(
                directory.resolve("run"), Runs.config("conv-vae", "epochs=2 likelihood=" + likelihood));
        run.begin(Device.CPU, data.spec());
        try (Session session = new Session(run, data, Device.CPU)) {
            session.train(event -> {}, () -> false);
        }
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"bernoulli", "normal", "logistic-mixture"})
    void aNetworkRebuiltFromThePageAgrees(String likelihood) throws IOException {
        RunDirectory run = trained(likelihood);
        Path checkpoint = run.checkpoints().best().orElseThrow();
        Weights weights = Weights.read(checkpoint.resolve("model.safetensors"));
        HostArray pictures = Runs.data().test().orElseThrow().field("image").rows(0, COUNT);
        try (TrainedModel trained = TrainedModel.open(run, Device.CPU);
                Scope scope = Scope.open("test")) {
            float[] grey =
                    Tensor.of(pictures, Device.CPU).to(DType.FLOAT32).over(255).toFloats();
            Batch batch = new Batch(Map.of("image", Tensor.of(grey, COUNT, 1, HEIGHT, WIDTH)));
            Pass pass = Pass.evaluation(Rng.seeded(1, Device.CPU));
            Latent latent = trained.model().draw(batch, 1, pass).latents().get(0);
            DiagonalNormal q = (DiagonalNormal) latent.posterior();
            float[] means = q.loc().toFloats();
            float[] logVars = q.logVar().toFloats();
            Map<String, Distribution> decoded =
                    trained.model().decode(Map.of("z", q.loc()), batch, Pass.deterministic());
            float[] shown =
                    Objects.requireNonNull(decoded.get("image")).centre().toFloats();
            int pixels = HEIGHT * WIDTH;
            for (int i = 0; i < COUNT; i++) {
                double[] x = new double[pixels];
                for (int j = 0; j < pixels; j++) {
                    x[j] = grey[i * pixels + j];
                }
                double[] encoded = encoder(weights, x);
                double[] z = new double[LATENTS];
                for (int d = 0; d < LATENTS; d++) {
                    assertThat(encoded[d]).isCloseTo(means[i * LATENTS + d], within(ROUNDING));
                    assertThat(encoded[LATENTS + d]).isCloseTo(logVars[i * LATENTS + d], within(ROUNDING));
                    z[d] = encoded[d];
                }
                double[] centre = centre(likelihood, decoder(weights, z), pixels);
                for (int j = 0; j < pixels; j++) {
                    assertThat(centre[j]).isCloseTo(shown[i * pixels + j], within(ROUNDING));
                }
            }
        }
    }

    /** Means, then log-variances: [2 D]. */
    private static double[] encoder(Weights w, double[] x) {
        Maps maps = new Maps(x, 1, HEIGHT, WIDTH);
        maps = relu(halved(w, "posterior.stems.0.0", maps));
        maps = relu(halved(w, "posterior.stems.0.2", maps));
        return linear(w, "posterior.network", maps.values);
    }

    /** Parameters of pixels, [P, C, H, W]. */
    private static double[] decoder(Weights w, double[] z) {
        int channels = w.shape("posterior.stems.0.2.weight")[0];
        int height = half(half(HEIGHT));
        int width = half(half(WIDTH));
        Maps maps = relu(new Maps(linear(w, "likelihood.network.0", z), channels, height, width));
        maps = relu(doubled(w, "likelihood.network.3", maps, half(HEIGHT), half(WIDTH)));
        return doubled(w, "likelihood.network.5", maps, HEIGHT, WIDTH).values;
    }

    private static int half(int size) {
        return (size + 1) / 2;
    }

    private static double[] centre(String likelihood, double[] parameters, int pixels) {
        double[] centre = new double[pixels];
        for (int j = 0; j < pixels; j++) {
            centre[j] = switch (likelihood) {
                case "bernoulli" -> 1 / (1 + Math.exp(-parameters[j]));
                case "normal" -> parameters[j];
                default -> mixture(parameters, j, pixels);
            };
        }
        return centre;
    }

    /** Σ w s (softplus(μ/s) − softplus((μ − 1)/s)). */
    private static double mixture(double[] parameters, int pixel, int pixels) {
        double sum = 0;
        double weights = 0;
        for (int m = 0; m < COMPONENTS; m++) {
            double weight = Math.exp(parameters[m * pixels + pixel]);
            double loc = parameters[(COMPONENTS + m) * pixels + pixel] + 0.5;
            double logScale = Math.max(-8.5, parameters[(2 * COMPONENTS + m) * pixels + pixel] - 3.3);
            double s = Math.exp(logScale);
            weights += weight;
            sum += weight * s * (softplus(loc / s) - softplus((loc - 1) / s));
        }
        return sum / weights;
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** Channels, rows and columns. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Maps(double[] values, int channels, int height, int width) {}

    private static Maps relu(Maps maps) {
        double[] values = new double[maps.values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(0, maps.values[i]);
        }
        return new Maps(values, maps.channels, maps.height, maps.width);
    }

    /** A convolution of kernel 3, stride 2 and padding 1: weight [out, in, 3, 3]. */
    private static Maps halved(Weights w, String name, Maps in) {
        float[] weight = w.values(name + ".weight");
        float[] bias = w.values(name + ".bias");
        int height = half(in.height);
        int width = half(in.width);
        double[] out = new double[bias.length * height * width];
        for (int o = 0; o < bias.length; o++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    double sum = bias[o];
                    for (int c = 0; c < in.channels; c++) {
                        for (int k = 0; k < 9; k++) {
                            int y = 2 * row - 1 + k / 3;
                            int x = 2 * column - 1 + k % 3;
                            if (y >= 0 && y < in.height && x >= 0 && x < in.width) {
                                sum += weight[(o * in.channels + c) * 9 + k]
                                        * in.values[(c * in.height + y) * in.width + x];
                            }
                        }
                    }
                    out[(o * height + row) * width + column] = sum;
                }
            }
        }
        return new Maps(out, bias.length, height, width);
    }

    /** The transposed convolution of kernel 3, stride 2 and padding 1, up to given sizes: weight [in, out, 3, 3]. */
    private static Maps doubled(Weights w, String name, Maps in, int height, int width) {
        float[] weight = w.values(name + ".weight");
        float[] bias = w.values(name + ".bias");
        double[] out = new double[bias.length * height * width];
        for (int o = 0; o < bias.length; o++) {
            for (int i = 0; i < height * width; i++) {
                out[o * height * width + i] = bias[o];
            }
            for (int c = 0; c < in.channels; c++) {
                for (int row = 0; row < in.height; row++) {
                    for (int column = 0; column < in.width; column++) {
                        for (int k = 0; k < 9; k++) {
                            int y = 2 * row - 1 + k / 3;
                            int x = 2 * column - 1 + k % 3;
                            if (y >= 0 && y < height && x >= 0 && x < width) {
                                out[(o * height + y) * width + x] += weight[(c * bias.length + o) * 9 + k]
                                        * in.values[(c * in.height + row) * in.width + column];
                            }
                        }
                    }
                }
            }
        }
        return new Maps(out, bias.length, height, width);
    }

    /** Weight [out, in]. */
    private static double[] linear(Weights w, String name, double[] in) {
        float[] weight = w.values(name + ".weight");
        float[] bias = w.values(name + ".bias");
        double[] out = new double[bias.length];
        for (int o = 0; o < out.length; o++) {
            out[o] = bias[o];
            for (int i = 0; i < in.length; i++) {
                out[o] += weight[o * in.length + i] * in[i];
            }
        }
        return out;
    }

    /** A file of safetensors: 8 bytes that say how long the header is, the header in JSON, arrays. */
    private record Weights(Map<String, float[]> arrays, Map<String, int[]> shapes) {
        static Weights read(Path file) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int length = Math.toIntExact(bytes.getLong());
            String header = new String(bytes.array(), Long.BYTES, length, StandardCharsets.UTF_8);
            Map<String, float[]> arrays = new HashMap<>();
            Map<String, int[]> shapes = new HashMap<>();
            for (Map.Entry<String, JsonNode> array :
                    new ObjectMapper().readTree(header).properties()) {
                JsonNode offsets = array.getValue().path("data_offsets");
                if (offsets.isArray()) {
                    float[] values =
                            new float[(offsets.get(1).asInt() - offsets.get(0).asInt()) / Float.BYTES];
                    bytes.position(Long.BYTES + length + offsets.get(0).asInt());
                    bytes.asFloatBuffer().get(values);
                    arrays.put(array.getKey(), values);
                    shapes.put(array.getKey(), sizes(array.getValue().path("shape")));
                }
            }
            return new Weights(arrays, shapes);
        }

        private static int[] sizes(JsonNode shape) {
            return Stream.iterate(0, i -> i + 1)
                    .limit(shape.size())
                    .mapToInt(i -> shape.get(i).asInt())
                    .toArray();
        }

        float[] values(String name) {
            return Objects.requireNonNull(arrays.get(name), name);
        }

        int[] shape(String name) {
            return Objects.requireNonNull(shapes.get(name), name);
        }
    }
}
