package dev.elbo.handbook.practice;

import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Pictures;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Mnist;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Dynamic binarisation: each time an image is seen, each of its pixels is white with its grey value as probability. Salakhutdinov
 * and Murray (2008) made binary MNIST so; Burda et al. (2016) drew it anew for every step.
 */
public final class Binarisation implements Experiment {
    private static final int LOOKS = 4;
    private static final List<Integer> LABELS = List.of(2, 5, 8);

    @Override
    public String name() {
        return "binarisation";
    }

    @Override
    public Finding run(Effort effort) {
        DataSource data = Mnist.of(effort);
        Split some = Mnist.firstOf(data.train(), LABELS);
        HostArray grey = Mnist.images(some);
        List<HostArray> columns = new ArrayList<>(List.of(Mnist.brightness(some)));
        for (int look = 0; look < LOOKS; look++) {
            columns.add(seen(data, some, look));
        }
        columns.add(meanOf(effort.of(1000, 20), data, some));
        Pictures pictures = new Pictures(
                Words.of("Stored in grey | seen at four steps | mean of 1,000 looks", "存储的灰度图 | 四个训练步看到的样子 | 一千次的平均"),
                rowByRow(columns),
                columns.size(),
                List.of());
        return new Finding(
                Sheet.of(
                                Words.of(
                                        "Three digits: in grey, binarised four times, each time a little differently, and the mean"
                                                + " of many binarisations, which is the grey image again.",
                                        "三个数字：灰度原图、四次各不相同的二值化结果，以及大量二值化的平均——它又变回了灰度图。"),
                                pictures)
                        .sized(600, 320),
                Map.of(
                        "train", (double) data.train().size(),
                        "greyShare", share(grey.toDoubles()),
                        "changed",
                                changed(
                                        columns.get(1).toDoubles(),
                                        columns.get(2).toDoubles())));
    }

    /** Images as a model sees them at one of its steps. */
    private static HostArray seen(DataSource data, Split split, long step) {
        try (Scope scope = Scope.open("look")) {
            Examples examples = new Examples(split, data.spec(), Pixels.DYNAMIC, 0, Device.CPU);
            Rng noise = Rng.seeded(Rng.seedOf(1, step), Device.CPU);
            return examples.range(0, examples.size(), noise).get("image").toHost(); // [B, 1, 28, 28] of 0 and 1
        }
    }

    private static HostArray meanOf(int looks, DataSource data, Split split) {
        float[] mean = new float[(int) Mnist.images(split).shape().elements()];
        for (int look = 0; look < looks; look++) {
            float[] one = seen(data, split, look).toFloats();
            for (int i = 0; i < mean.length; i++) {
                mean[i] += one[i] / looks;
            }
        }
        return HostArray.of(mean, Mnist.images(split).shape().sizes());
    }

    /** The first image of each column, the second of each, and so on. */
    private static HostArray rowByRow(List<HostArray> columns) {
        List<HostArray> all = new ArrayList<>();
        for (int row = 0; row < LABELS.size(); row++) {
            for (HostArray column : columns) {
                all.add(column.rows(row, row + 1));
            }
        }
        return HostArray.concat(all);
    }

    /** Of the pixels that are not black, those that are not white either. */
    private static double share(double[] bytes) {
        long lit = Arrays.stream(bytes).filter(value -> value > 0).count();
        return (double) Arrays.stream(bytes)
                        .filter(value -> value > 0 && value < 255)
                        .count()
                / lit;
    }

    /** Pixels of an image that differ between two looks, on average. */
    private static double changed(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.abs(one[i] - other[i]);
        }
        return sum / LABELS.size();
    }
}
