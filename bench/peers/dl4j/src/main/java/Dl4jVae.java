import java.util.Arrays;
import java.util.Locale;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.variational.BernoulliReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * DL4J's variational autoencoder layer, 784-512-256-20, trained by its own pretraining on images held in memory. Arguments:
 * batch, steps in a measurement, warm-up, repeats. Threads: OMP_NUM_THREADS.
 */
public final class Dl4jVae {
    public static void main(String[] args) {
        int batch = Integer.parseInt(args[0]);
        int steps = Integer.parseInt(args[1]);
        int warmUp = Integer.parseInt(args[2]);
        int repeats = Integer.parseInt(args[3]);
        Nd4j.getRandom().setSeed(1);
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.FLOAT)
                .updater(new Adam(1e-3))
                .list()
                .layer(new VariationalAutoencoder.Builder()
                        .nIn(784)
                        .nOut(20)
                        .encoderLayerSizes(512, 256)
                        .decoderLayerSizes(256, 512)
                        .activation(Activation.RELU)
                        .pzxActivationFunction(Activation.IDENTITY)
                        .reconstructionDistribution(new BernoulliReconstructionDistribution(Activation.SIGMOID))
                        .numSamples(1)
                        .build())
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        INDArray patterns = Nd4j.rand(DataType.FLOAT, 10, 784).lt(0.3).castTo(DataType.FLOAT);
        INDArray[] batches = new INDArray[10_000 / batch];
        for (int i = 0; i < batches.length; i++) {
            INDArray rows = Nd4j.create(DataType.FLOAT, batch, 784);
            for (int n = 0; n < batch; n++) {
                rows.putRow(n, patterns.getRow((i * 31 + n * 7) % 10));
            }
            INDArray flipped = Nd4j.rand(DataType.FLOAT, batch, 784).lt(0.02).castTo(DataType.FLOAT);
            batches[i] = rows.sub(flipped).mul(rows.sub(flipped)); // x XOR flipped
        }
        INDArray before = network.params().dup();
        double[] rates = new double[repeats];
        double first = Double.NaN;
        double last = Double.NaN;
        int n = 0;
        for (int i = -warmUp; i < repeats; i++) {
            long began = System.nanoTime();
            for (int s = 0; s < steps; s++) {
                network.pretrainLayer(0, batches[n++ % batches.length]);
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            last = network.getLayer(0).score();
            first = Double.isNaN(first) ? last : first;
            if (i >= 0) {
                rates[i] = steps / seconds;
            }
        }
        double moved = network.params().sub(before).amaxNumber().doubleValue();
        if (!(moved > 0) || !(last < first)) {
            throw new IllegalStateException("this measured nothing: loss " + first + " to " + last + ", moved " + moved);
        }
        Arrays.sort(rates);
        System.out.printf(
                Locale.ROOT,
                "{\"stepsPerSecond\":{\"min\":%f,\"median\":%f,\"max\":%f},\"firstLoss\":%f,\"lastLoss\":%f,"
                        + "\"largestMove\":%f,\"peer\":\"dl4j\",\"batch\":%d,\"threads\":%s,\"dl4j\":\"1.0.0-M2.1\"}%n",
                rates[0], rates[repeats / 2], rates[repeats - 1], first, last, moved, batch,
                System.getenv().getOrDefault("OMP_NUM_THREADS", "0"));
        System.exit(0);
    }
}
