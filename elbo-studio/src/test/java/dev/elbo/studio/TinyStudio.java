package dev.elbo.studio;

import dev.elbo.data.DataCache;
import dev.elbo.data.DataCatalog;
import dev.elbo.data.DataSource;
import dev.elbo.edit.Direction;
import dev.elbo.edit.Directions;
import dev.elbo.recipe.Recipes;
import dev.elbo.run.RunCatalog;
import dev.elbo.run.RunConfig;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.Session;
import dev.elbo.run.ShippedModels;
import dev.elbo.tensor.Device;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * A studio over a folder of one small run, {@code tiny}: a VAE of two dimensions of images of 8 × 8 pixels in two classes, bars that
 * stand and bars that lie.
 */
final class TinyStudio implements AutoCloseable {
    static final String TOKEN = "a-token-for-tests-alone";
    private static final int SIDE = 8;

    private final Path folder;
    private final Studio studio;
    private final HttpClient client = HttpClient.newHttpClient();
    private String cookie = "";

    private TinyStudio(Path folder) throws IOException {
        this.folder = folder;
        writeImages(folder.resolve("images"));
        train(List.of(
                "train",
                "vae",
                "--data",
                folder.resolve("images").toString(),
                "--seed",
                "1",
                "--set",
                "hidden=16",
                "--set",
                "latents=2",
                "--set",
                "epochs=2",
                "--set",
                "batch=16",
                "--set",
                "logEvery=5",
                "--out",
                folder.resolve("runs/tiny").toString()));
        this.studio = Studio.open(settings(0));
    }

    private TinyStudio(Path folder, Studio studio) {
        this.folder = folder;
        this.studio = studio;
    }

    /** Another studio over the same runs, which starts trainings by these words; to be closed by itself. */
    TinyStudio beside(List<String> command) throws IOException {
        Studio.Settings own = settings(0);
        return new TinyStudio(
                folder,
                Studio.open(
                        new Studio.Settings(own.host(), 0, TOKEN, own.runs(), command, own.root(), own.environment())));
    }

    TinyStudio beside() throws IOException {
        return beside(trainer());
    }

    /** Ends the studio and leaves the runs to another. */
    void closeAlone() {
        studio.close();
    }

    /** Made in a new folder. */
    static TinyStudio open() throws IOException {
        return new TinyStudio(Files.createTempDirectory("elbo-studio-test"));
    }

    Studio.Settings settings(int port) {
        return new Studio.Settings(
                "127.0.0.1",
                port,
                TOKEN,
                new RunCatalog(runs(), new ShippedModels(folder.resolve("models"))),
                trainer(),
                Path.of("..").toAbsolutePath().normalize(),
                Map.of("ELBO_HOME", folder.resolve("home").toString()));
    }

    /** This class trains in a process of its own, as the command line does. */
    private static List<String> trainer() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.nopointergc=true",
                "-cp",
                System.getProperty("java.class.path"),
                TinyStudio.class.getName());
    }

    /** Understands of the command line what a studio says to it. */
    public static void main(String[] words) throws IOException {
        train(List.of(words));
    }

    /** Trains in this process. */
    static void train(List<String> words) throws IOException {
        boolean isNew = words.get(0).equals("train");
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 2; i + 1 < words.size(); i += 2) {
            String value = words.get(i + 1);
            if (words.get(i).equals("--set")) {
                settings.put(value.substring(0, value.indexOf('=')), value.substring(value.indexOf('=') + 1));
            } else {
                options.put(words.get(i), value);
            }
        }
        RunDirectory run = isNew
                ? new RunDirectory(
                        Path.of(options.getOrDefault("--out", "")),
                        RunConfig.of(Recipes.named(words.get(1)), options.getOrDefault("--data", ""), 1, settings))
                : RunDirectory.open(Path.of(words.get(1)));
        DataSource data = DataCatalog.standard()
                .open(
                        run.config().data(),
                        DataCache.of(Map.of(), event -> {}),
                        run.config().reading());
        try (Session session = new Session(run, data, Device.CPU)) {
            if (isNew) {
                run.begin(session.device(), session.spec());
            }
            session.train(event -> {}, () -> false);
        }
    }

    private static void writeImages(Path folder) throws IOException {
        Random random = new Random(1);
        for (String split : List.of("train", "test")) {
            for (String label : List.of("lying", "standing")) {
                Path place = Files.createDirectories(folder.resolve(split).resolve(label));
                for (int i = 0; i < (split.equals("train") ? 60 : 20); i++) {
                    ImageIO.write(
                            bar(label.equals("lying"), random),
                            "png",
                            place.resolve(i + ".png").toFile());
                }
            }
        }
    }

    static BufferedImage bar(boolean isLying, Random random) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        int at = random.nextInt(SIDE);
        for (int i = 0; i < SIDE; i++) {
            image.getRaster().setSample(isLying ? i : at, isLying ? at : i, 0, 155 + random.nextInt(100));
        }
        return image;
    }

    /** A direction of the attribute {@code lying}, as {@code elbo directions} keeps it. */
    Direction keepDirection() throws IOException {
        Direction direction =
                new Direction("lying", "label", Direction.Method.MEAN, Map.of("z", new float[] {0.5F, -1}), 0.75, 40);
        new Directions(List.of(direction)).write(runs().resolve("tiny").resolve(Directions.FILE));
        return direction;
    }

    void forgetDirection() throws IOException {
        Files.delete(runs().resolve("tiny").resolve(Directions.FILE));
    }

    Path runs() {
        return folder.resolve("runs");
    }

    Studio studio() {
        return studio;
    }

    String base() {
        return "http://127.0.0.1:" + studio.port();
    }

    /** The cookie of a visitor who has opened the link. */
    String cookie() throws IOException {
        if (cookie.isEmpty()) {
            cookie = answer(HttpRequest.newBuilder(URI.create(studio.link())).build())
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElseThrow()
                    .replaceFirst(";.*", "");
        }
        return cookie;
    }

    HttpResponse<byte[]> get(String path) throws IOException {
        return answer(visitor(path).build());
    }

    HttpResponse<byte[]> post(String path, String json) throws IOException {
        return post(path, json.getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<byte[]> post(String path, byte[] body) throws IOException {
        return answer(
                visitor(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
    }

    HttpResponse<byte[]> delete(String path) throws IOException {
        return answer(visitor(path).DELETE().build());
    }

    HttpRequest.Builder visitor(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(base() + path))
                .header("Cookie", cookie())
                .header("Origin", base());
    }

    HttpResponse<byte[]> answer(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        studio.close();
        RunFiles.delete(folder);
    }
}
