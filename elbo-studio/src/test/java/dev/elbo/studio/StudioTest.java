package dev.elbo.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbo.edit.Direction;
import dev.elbo.edit.PictureEditor;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.TrainedModel;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server without a browser: who is let in, what is refused and how, and what is answered. */
class StudioTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static TinyStudio tiny;

    @BeforeAll
    static void open() throws IOException {
        tiny = TinyStudio.open();
    }

    @AfterAll
    static void close() throws IOException {
        tiny.close();
    }

    private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private static void isProblem(HttpResponse<byte[]> answer, int status, String sentence) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(json(answer).path("status").asInt()).isEqualTo(status);
        assertThat(json(answer).path("detail").asText()).contains(sentence);
    }

    /** A request as it is written: Java's client lets nobody choose the host. */
    private static String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), tiny.studio().port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.replace("PORT", String.valueOf(tiny.studio().port()))
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/app/app.js", "/lib/lit/3.3.1/index.js", "/api/v1/runs", "/api/v1/runs/tiny/events"})
    void whoHasNotOpenedTheLinkSeesNothing(String path) throws IOException {
        HttpRequest stranger = HttpRequest.newBuilder(URI.create(tiny.base() + path))
                .header("Accept", path.endsWith("events") ? "text/event-stream" : "*/*")
                .build();
        isProblem(tiny.answer(stranger), 401, "Open the link that 'elbo studio' printed");
    }

    @Test
    void aWrongTokenIsRefused() throws IOException {
        HttpRequest wrong = HttpRequest.newBuilder(URI.create(tiny.base() + "/?token=another-token-of-any-length"))
                .build();
        HttpResponse<byte[]> answer = tiny.answer(wrong);
        isProblem(answer, 401, "the token is not this studio's");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void theLinkGivesACookieThatNoScriptReadsAndNoOtherSiteSends() throws IOException {
        HttpResponse<byte[]> answer = tiny.answer(
                HttpRequest.newBuilder(URI.create(tiny.studio().link())).build());
        assertThat(answer.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(
                        cookie -> assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict"));
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'self'")
                        .contains("frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
    }

    @Test
    void aRequestForAnotherHostIsRefused() throws IOException {
        String answer = raw("GET /api/v1/runs HTTP/1.1\r\nHost: evil.example:PORT\r\nCookie: " + tiny.cookie()
                + "\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 421")
                .contains("application/problem+json")
                .contains("evil.example");
    }

    @Test
    void aRequestFromAnotherSitesPageIsRefused() throws IOException {
        HttpRequest foreign = HttpRequest.newBuilder(URI.create(tiny.base() + "/api/v1/runs/tiny/stop"))
                .header("Cookie", tiny.cookie())
                .header("Origin", "http://evil.example")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        isProblem(tiny.answer(foreign), 403, "another site");
    }

    @Test
    void nothingIsChangedByARequestThatDoesNotSayWhereItComesFrom() throws IOException {
        HttpRequest silent = HttpRequest.newBuilder(URI.create(tiny.base() + "/api/v1/runs/tiny"))
                .header("Cookie", tiny.cookie())
                .DELETE()
                .build();
        isProblem(tiny.answer(silent), 403, "no header Origin");
        assertThat(Files.exists(tiny.runs().resolve("tiny/config.json"))).isTrue();
    }

    @Test
    void tooLargeRequestsAreRefused() throws IOException {
        byte[] megabytes = new byte[(2 << 20) + 1];
        isProblem(tiny.post("/api/v1/runs/tiny/decode", megabytes), 413, "at most 1048576 are read");
        isProblem(tiny.post("/api/v1/runs/tiny/upload", new byte[(16 << 20) + 1]), 413, "larger than 16 MB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[x", "{\"points\":[[1,2]", "\u0000"})
    void whatIsNoJsonIsSaidToBeNone(String body) throws IOException {
        isProblem(tiny.post("/api/v1/runs/tiny/decode", body), 400, "the request is no JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"points\":3}",
                "{\"points\":[[1]]}",
                "{\"points\":[[1,\"x\"]]}",
                "{\"points\":[[1,1e99]]}"
            })
    void pointsThatAreNoneAreRefusedWithASentence(String body) throws IOException {
        HttpResponse<byte[]> answer = tiny.post("/api/v1/runs/tiny/decode", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("detail").asText()).isNotBlank().doesNotContain("Bug");
    }

    @Test
    void anUnknownRunIsAnsweredByTheNamesThereAre() throws IOException {
        isProblem(tiny.get("/api/v1/runs/tony"), 404, "did you mean 'tiny'?");
    }

    @Test
    void aChinesePageIsRefusedInChinese() throws IOException {
        HttpRequest request = tiny.visitor("/api/v1/runs/tony")
                .header("Accept-Language", "zh-CN")
                .build();
        isProblem(tiny.answer(request), 404, "没有名为“tony”的运行；您是指“tiny”吗？");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "%2e%2e",
                "..%2f..%2fetc",
                "%2fetc%2fpasswd",
                ".last",
                "tiny%2f..%2ftiny",
                "tiny%00",
                "model:..%2f..",
                "~",
                "last",
                "C:%5c"
            })
    void noNameOfARunReachesAFile(String name) throws IOException {
        String answer = raw("GET /api/v1/runs/" + name + " HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nCookie: " + tiny.cookie()
                + "\r\nConnection: close\r\n\r\n");
        assertThat(answer.substring(0, 12)).isIn("HTTP/1.1 404", "HTTP/1.1 400");
        assertThat(answer).doesNotContain(tiny.runs().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/../../../pom.xml",
                "/app/%2e%2e/%2e%2e/Studio.class",
                "/app/..%2fStudio.class",
                "/lib/lit/3.3.1/../../../x.js",
                "/lib/jetty/1/x.js",
                "/lib/lit/3.3.0/index.js",
                "/api/v1/runs/tiny/figures/..%2fconfig.json",
                "/api/v1/runs/tiny/figures/config.json",
                "/api/v1/handbook/en/..%2f..%2fstudio",
                "/api/v1/handbook-figures/..%2f..%2farchitecture.md",
                "/api/v1/runs/tiny/checkpoints/..%2f../samples"
            })
    void noAddressReachesAFileThatIsNotMeant(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nCookie: " + tiny.cookie()
                + "\r\nConnection: close\r\n\r\n");
        assertThat(answer.substring(0, 12)).isIn("HTTP/1.1 404", "HTTP/1.1 400");
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsNoRun() throws IOException {
        Path outside = Files.createTempDirectory("elbo-outside");
        Files.copy(tiny.runs().resolve("tiny/config.json"), outside.resolve("config.json"));
        Path link = Files.createSymbolicLink(tiny.runs().resolve("outside"), outside);
        try {
            assertThat(tiny.get("/api/v1/runs/outside").statusCode()).isEqualTo(404);
        } finally {
            Files.delete(link);
            RunFiles.delete(outside);
        }
    }

    @Test
    void aCardSaysHowFarARunIsAndNotWhereItsDataLie() throws IOException {
        HttpResponse<byte[]> answer = tiny.get("/api/v1/runs");
        JsonNode card = json(answer).path("runs").get(0);
        assertThat(card.path("name").asText()).isEqualTo("tiny");
        assertThat(card.path("status").asText()).isEqualTo("finished");
        assertThat(card.path("makes").asText()).isEqualTo("images");
        assertThat(card.path("data").asText()).isEqualTo("images");
        assertThat(card.path("curve").path("train")).isNotEmpty();
        assertThat(new String(tiny.get("/api/v1/runs/tiny").body(), StandardCharsets.UTF_8))
                .doesNotContain(tiny.runs().toString());
    }

    /** Reads a stream of events until a line of it. */
    private static List<String> events(String lastId, String until) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), tiny.studio().port())) {
            socket.setSoTimeout(20_000);
            String last = lastId.isEmpty() ? "" : "Last-Event-ID: " + lastId + "\r\n";
            String request = "GET /api/v1/runs/tiny/events HTTP/1.1\r\nHost: 127.0.0.1:"
                    + tiny.studio().port() + "\r\nAccept: text/event-stream\r\nCookie: " + tiny.cookie() + "\r\n" + last
                    + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            var lines = new ArrayList<String>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (line.contains(until)) {
                    return lines;
                }
            }
            return lines;
        }
    }

    @Test
    void whoComesLateGetsAllEventsAndWhoLostTheLineTheRest() throws IOException {
        List<String> all = events("", "event: status");
        assertThat(all)
                .anyMatch(line -> line.contains("\"event\":\"started\""))
                .anyMatch(line -> line.contains("\"event\":\"finished\""));
        String last = all.stream()
                .filter(line -> line.startsWith("id:"))
                .reduce((a, b) -> b)
                .orElseThrow()
                .substring(3)
                .strip();
        List<String> rest = events(String.valueOf(Integer.parseInt(last) - 1), "event: status");
        assertThat(rest)
                .noneMatch(line -> line.contains("\"event\":\"started\""))
                .anyMatch(line -> line.contains("\"event\":\"finished\""));
        assertThat(events(last, "event: status")).noneMatch(line -> line.equals("event: events"));
    }

    @Test
    void whoHasSeenMoreThanThereIsBeginsAnew() throws IOException {
        assertThat(events("99999", "event: status"))
                .contains("event: reset")
                .anyMatch(line -> line.contains("\"event\":\"started\""));
    }

    @Test
    void theCodeOfAnExampleIsItsPlaceInThePlaneOfDimensions() throws IOException {
        JsonNode code = json(tiny.post("/api/v1/runs/tiny/encode", "{\"row\":3}"));
        byte[] points = tiny.get("/api/v1/runs/tiny/latents/points?x=0&y=1").body();
        var floats = ByteBuffer.wrap(points).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        // one batch of 40 and one of 1 are summed in another order
        assertThat(floats.get(6)).isCloseTo((float) code.path("point").get(0).asDouble(), Offset.offset(1e-4F));
        assertThat(floats.get(7)).isCloseTo((float) code.path("point").get(1).asDouble(), Offset.offset(1e-4F));
        assertThat(points).hasSize(40 * 9);
    }

    @Test
    void pointsAreColouredByWhatTheDataSay() throws IOException {
        JsonNode plane = json(tiny.get("/api/v1/runs/tiny/latents?colour=label"));
        assertThat(plane.path("colour").asText()).isEqualTo("label");
        assertThat(plane.path("colours")).hasSize(1);
        assertThat(plane.path("labels")).hasSize(2);
        assertThat(json(tiny.get("/api/v1/runs/tiny/latents"))).isEqualTo(plane);
        assertThat(tiny.get("/api/v1/runs/tiny/latents?colour=age").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aPointIsDecodedAsManyTimesAsItIsAskedFor() throws IOException {
        byte[] twice = tiny.post("/api/v1/runs/tiny/decode", "{\"points\":[[0.5,-1],[0.5,-1]]}")
                .body();
        assertThat(twice).hasSize(2 * 64);
        assertThat(Arrays.copyOf(twice, 64)).isEqualTo(Arrays.copyOfRange(twice, 64, 128));
    }

    @Test
    void theLastCheckpointMakesWhatTheModelMakes() throws IOException {
        JsonNode steps = json(tiny.get("/api/v1/runs/tiny/checkpoints")).path("steps");
        assertThat(steps).isNotEmpty();
        byte[] made = tiny.get("/api/v1/runs/tiny/checkpoints/"
                        + steps.get(steps.size() - 1).asLong() + "/samples")
                .body();
        assertThat(made).hasSize(32 * 64);
        byte[] both = tiny.get("/api/v1/runs/tiny/checkpoints/"
                        + steps.get(steps.size() - 1).asLong() + "/reconstructions")
                .body();
        byte[] examples = tiny.post("/api/v1/runs/tiny/examples", "{\"rows\":[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15]}")
                .body();
        assertThat(both).hasSize(2 * 16 * 64).startsWith(examples);
        isProblem(tiny.get("/api/v1/runs/tiny/checkpoints/12345/samples"), 404, "no checkpoint of that step");
    }

    @Test
    void aPictureThatIsSentIsReadAsTheModelSeesPictures() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(TinyStudio.bar(true, new Random(3)), "png", png);
        JsonNode code = json(tiny.post("/api/v1/runs/tiny/upload", png.toByteArray()));
        assertThat(code.path("point")).hasSize(2);
        assertThat(Base64.getDecoder().decode(code.path("picture").asText())).hasSize(64);
    }

    @Test
    void anAttributeMovesAPointAsTheCommandDoes() throws IOException {
        Direction direction = tiny.keepDirection();
        JsonNode told =
                json(tiny.get("/api/v1/runs/tiny/model")).path("directions").get(0);
        tiny.forgetDirection();
        assertThat(told.path("name").asText()).isEqualTo("lying");
        assertThat(told.path("step")).extracting(JsonNode::floatValue).containsExactly(0.5F, -1F);
        byte[] moved = tiny.post("/api/v1/runs/tiny/decode", "{\"points\":[[1.25,-1.5]]}")
                .body(); // z + 2 d
        try (TrainedModel model =
                TrainedModel.open(RunDirectory.open(tiny.runs().resolve("tiny")), Device.CPU)) {
            PictureEditor editor = PictureEditor.of(model.generator(), Map.of());
            Map<String, HostArray> z = Map.of("z", HostArray.of(new float[] {0.25F, 0.5F}, 1, 2));
            assertThat(PictureBytes.of(editor.decode(direction.moved(z, 2)))).isEqualTo(moved);
        }
    }

    @Test
    void whatABrushLeavesIsFittedAsTheCommandDoes() throws IOException {
        byte[] picture =
                tiny.post("/api/v1/runs/tiny/examples", "{\"rows\":[3]}").body();
        byte[] mask = new byte[64];
        Arrays.fill(mask, 0, 32, (byte) 1);
        String body = "{\"picture\":\"" + base64(picture) + "\",\"mask\":\"" + base64(mask) + "\",\"steps\":5,";
        JsonNode fitted = json(tiny.post("/api/v1/runs/tiny/inpaint", body + "\"by\":\"fit\"}"))
                .path("point");
        JsonNode drawn = json(tiny.post("/api/v1/runs/tiny/inpaint", body + "\"by\":\"gibbs\",\"seed\":7}"))
                .path("point");
        float[] known = new float[64];
        Arrays.fill(known, 32, 64, 1);
        try (TrainedModel model =
                TrainedModel.open(RunDirectory.open(tiny.runs().resolve("tiny")), Device.CPU)) {
            PictureEditor editor = PictureEditor.of(model.generator(), Map.of());
            HostArray levels = PictureBytes.unit(PictureBytes.read(picture, editor.image()));
            HostArray whole = HostArray.of(known, 1, 1, 8, 8);
            assertThat(numbers(fitted)).isEqualTo(z(editor.completed(levels, whole, 5, 0.05)));
            assertThat(numbers(drawn)).isEqualTo(z(editor.drawn(levels, whole, 5, 7)));
        }
        isProblem(
                tiny.post(
                        "/api/v1/runs/tiny/inpaint",
                        body.replace(base64(mask), base64(new byte[64])) + "\"by\":\"fit\"}"),
                400,
                "the brush has touched nothing");
        isProblem(
                tiny.post("/api/v1/runs/tiny/inpaint", "{\"picture\":\"AA\",\"mask\":\"\"}"),
                400,
                "64 bytes as base64");
    }

    @Test
    void whatIsToldOfExamplesIsNamed() throws IOException {
        JsonNode examples = json(tiny.get("/api/v1/runs/tiny/model")).path("examples");
        assertThat(examples.path("count").asInt()).isEqualTo(40);
        assertThat(examples.path("told").toString()).isEqualTo("[\"label\"]");
    }

    private static float[] z(Map<String, HostArray> latents) {
        return Objects.requireNonNull(latents.get("z")).toFloats();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static float[] numbers(JsonNode array) {
        float[] numbers = new float[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).floatValue();
        }
        return numbers;
    }

    @Test
    void picturesBecomeAnAnimation() throws IOException {
        HttpResponse<byte[]> answer = tiny.post("/api/v1/runs/tiny/animation", new byte[3 * 64]);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/gif");
        assertThat(new String(answer.body(), 0, 6, StandardCharsets.ISO_8859_1)).isEqualTo("GIF89a");
        isProblem(tiny.post("/api/v1/runs/tiny/animation", new byte[65]), 400, "2 to 100 pictures of 64 bytes");
    }

    @Test
    void theNearestTrainingPictureOfATrainingPictureIsItself() throws IOException {
        byte[] picture = tiny.post("/api/v1/runs/tiny/examples", "{\"split\":\"train\",\"rows\":[17]}")
                .body();
        for (String by : new String[] {"pixels", "code"}) {
            JsonNode near = json(tiny.post(
                            "/api/v1/runs/tiny/neighbours",
                            "{\"count\":5,\"by\":\"" + by + "\",\"picture\":\"" + base64(picture) + "\"}"))
                    .path("neighbours");
            assertThat(near).hasSize(5);
            assertThat(near.get(0).path("row").asInt()).isEqualTo(17);
            // one code of a batch and one alone are summed in another order
            assertThat(near.get(0).path("distance").asDouble()).isLessThan(1e-3);
            assertThat(near.get(0).path("label").asText()).isIn("lying", "standing");
        }
    }

    @Test
    void aPhotographThatLiesIsStoodUp() throws IOException {
        BufferedImage upper = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 64; x++) {
            for (int y = 0; y < 32; y++) {
                upper.setRGB(x, y, 0xffffff);
            }
        }
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(upper, "jpg", jpeg);
        byte[] lying =
                withOrientation(jpeg.toByteArray(), 6); // a quarter turn clockwise: what was above is at the right
        byte[] seen = Base64.getDecoder()
                .decode(json(tiny.post("/api/v1/runs/tiny/upload", lying))
                        .path("picture")
                        .asText());
        assertThat(seen[0] & 0xff).as("upper left").isLessThan(40);
        assertThat(seen[7] & 0xff).as("upper right").isGreaterThan(215);
        assertThat(seen[63] & 0xff).as("lower right").isGreaterThan(215);
    }

    /** A JPEG with the Exif tag that says how the camera was held. */
    static byte[] withOrientation(byte[] jpeg, int orientation) {
        byte[] exif = {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
        byte[] whole = new byte[jpeg.length + exif.length];
        System.arraycopy(jpeg, 0, whole, 0, 2);
        System.arraycopy(exif, 0, whole, 2, exif.length);
        System.arraycopy(jpeg, 2, whole, 2 + exif.length, jpeg.length - 2);
        return whole;
    }

    @Test
    void whatIsNoPictureOrTooManyPixelsIsRefused() throws IOException {
        isProblem(tiny.post("/api/v1/runs/tiny/upload", "no picture"), 422, "that is no picture");
        isProblem(tiny.post("/api/v1/runs/tiny/upload", hugeGif()), 413, "million pixels");
    }

    /** A GIF of 20,000 × 20,000 pixels in 13 bytes and no data: its size is enough. */
    private static byte[] hugeGif() {
        return new byte[] {
            'G', 'I', 'F', '8', '9', 'a', 0x20, 0x4e, 0x20, 0x4e, 0, 0, 0, 0x2c, 0, 0, 0, 0, 0x20, 0x4e, 0x20, 0x4e, 0,
            2, 1, 0, 0, 0x3b
        };
    }

    @Test
    void aSettingThatCannotBeIsRefusedBeforeAnythingIsStarted() throws IOException {
        isProblem(
                tiny.post(
                        "/api/v1/runs", "{\"recipe\":\"vae\",\"dataOf\":\"tiny\",\"settings\":{\"hidden\":\"wide\"}}"),
                400,
                "hidden=wide: whole numbers");
        isProblem(tiny.post("/api/v1/runs", "{\"recipe\":\"vae\",\"data\":\"/etc\",\"settings\":{}}"), 400, "data set");
        isProblem(tiny.post("/api/v1/runs", "{\"recipe\":\"vea\",\"data\":\"mnist\"}"), 400, "did you mean 'vae'");
    }

    @Test
    void whatNobodyTrainsCannotBeStopped() throws IOException {
        isProblem(tiny.post("/api/v1/runs/tiny/stop", "{}"), 409, "is not being trained");
    }

    @Test
    void aRunIsDeletedAndAnsweredForAsGone() throws IOException {
        Path copy = Files.createDirectories(tiny.runs().resolve("copy"));
        Files.copy(tiny.runs().resolve("tiny/config.json"), copy.resolve("config.json"));
        assertThat(tiny.delete("/api/v1/runs/copy").statusCode()).isEqualTo(204);
        assertThat(Files.exists(copy)).isFalse();
        isProblem(tiny.get("/api/v1/runs/copy"), 404, "perhaps it was deleted");
    }

    @Test
    void aConfigurationThatHasChangedIsReadAnew() throws IOException {
        Path copy = Files.createDirectories(tiny.runs().resolve("changing"));
        String config = Files.readString(tiny.runs().resolve("tiny/config.json"));
        try {
            for (int seed : new int[] {12, 345}) {
                Files.writeString(
                        copy.resolve("config.json"), config.replaceFirst("\"seed\" : \\d+", "\"seed\" : " + seed));
                assertThat(json(tiny.get("/api/v1/runs/changing"))
                                .at("/config/seed")
                                .asInt())
                        .isEqualTo(seed);
            }
        } finally {
            RunFiles.delete(copy);
        }
    }

    @Test
    void aRunWhoseFilesAreBrokenHasACardThatSaysSo() throws IOException {
        Path broken = Files.createDirectories(tiny.runs().resolve("broken"));
        Files.writeString(broken.resolve("config.json"), "{");
        try {
            assertThat(json(tiny.get("/api/v1/runs")).path("runs").findValuesAsText("problem"))
                    .anyMatch(text -> text.contains("is no JSON"));
        } finally {
            RunFiles.delete(broken);
        }
    }

    @Test
    void aTakenPortIsSaid() {
        assertThatThrownBy(() -> Studio.open(tiny.settings(tiny.studio().port())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is taken, perhaps by another studio; choose another with --port");
    }

    @Test
    void theFormOfARecipeHasChoicesAndHelp() throws IOException {
        JsonNode options = json(tiny.get("/api/v1/recipes/vae")).path("options");
        assertThat(options.findValuesAsText("name")).contains("hidden", "latents", "activation");
        JsonNode activation = StreamSupport.stream(options.spliterator(), false)
                .filter(option -> option.path("name").asText().equals("activation"))
                .findFirst()
                .orElseThrow();
        assertThat(activation.path("choices").toString()).contains("relu", "tanh");
        assertThat(activation.path("about").asText()).isNotBlank();
    }

    @Test
    void theHandbookIsThereInBothLanguages() throws IOException {
        for (String language : List.of("en", "zh")) {
            String page = json(tiny.get("/api/v1/handbook/" + language))
                    .path("pages")
                    .get(2)
                    .path("name")
                    .asText();
            assertThat(new String(
                            tiny.get("/api/v1/handbook/" + language + "/" + page)
                                    .body(),
                            StandardCharsets.UTF_8))
                    .contains("class=\"math\"")
                    .contains("<h1");
        }
        assertThat(tiny.get("/api/v1/handbook-figures/training-step.en.svg")
                        .headers()
                        .firstValue("Content-Type"))
                .hasValue("image/svg+xml");
    }

    /** The description of the interface, held to its routes. */
    @Test
    void openApiDescribesEveryRouteAndNoOther() throws IOException {
        List<String> described = new ArrayList<>();
        String path = "";
        for (String line : Files.readAllLines(Path.of("openapi.yaml"))) {
            if (line.matches("  /.*:")) {
                path = line.strip().replaceFirst(":$", "");
            } else if (line.matches("    (get|post|delete):")) {
                described.add(line.strip().replace(":", "").toUpperCase(Locale.ROOT) + " " + path);
            }
        }
        assertThat(described).containsExactlyInAnyOrderElementsOf(tiny.studio().routes());
    }

    @Test
    void aWayHasThePosteriorThatTheEncoderGivesAndDensitiesThatSumToOne() throws IOException {
        JsonNode steps = json(tiny.get("/api/v1/runs/tiny/checkpoints")).path("steps");
        JsonNode way = json(tiny.get(
                "/api/v1/runs/tiny/checkpoints/" + steps.get(steps.size() - 1).asLong() + "/way?row=3"));
        JsonNode code =
                json(tiny.post("/api/v1/runs/tiny/encode", "{\"row\":3}")).path("point");
        for (int d = 0; d < 2; d++) {
            assertThat(way.path("means").get(d).floatValue())
                    .isCloseTo(code.get(d).floatValue(), Offset.offset(1e-4F)); // a batch of another size
            double mean = way.path("means").get(d).asDouble();
            double variance = Math.pow(way.path("scales").get(d).asDouble(), 2);
            assertThat(way.path("rates").get(d).asDouble())
                    .isCloseTo((mean * mean + variance - 1 - Math.log(variance)) / 2, Offset.offset(1e-4));
            double mass = 0;
            for (JsonNode density : way.path("prior").get(d)) {
                mass += density.asDouble() * 9 / 45;
            }
            assertThat(mass).isCloseTo(1, Offset.offset(1e-3)); // N(0, 1) has 7 in a million beyond 4.5
        }
        assertThat(Base64.getDecoder().decode(way.path("made").asText())).hasSize(64);
        isProblem(
                tiny.get("/api/v1/runs/tiny/checkpoints/" + steps.get(0).asLong() + "/way?row=40"),
                400,
                "40 held-out examples");
    }

    @Test
    void dataAreLookedAtByNameAndNothingIsFetchedForThat() throws IOException {
        JsonNode look = json(tiny.get("/api/v1/data/look?run=tiny"));
        assertThat(look.at("/splits/train").asInt()).isEqualTo(120);
        assertThat(look.at("/classes/lying").asInt()).isEqualTo(80);
        assertThat(look.at("/examples/count").asInt()).isEqualTo(16);
        assertThat(Base64.getDecoder().decode(look.at("/examples/pixels").asText()))
                .hasSize(16 * 64);
        assertThat(json(tiny.get("/api/v1/data/look?set=mnist")).path("fetched").asBoolean())
                .isFalse();
        isProblem(tiny.get("/api/v1/data/look?set=nothing"), 404, "no published set 'nothing'");
        isProblem(tiny.get("/api/v1/data/look"), 400, "say which data");
    }

    @Test
    void theHelpOfOptionsIsThereInChinese() throws IOException {
        JsonNode recipe = json(tiny.get("/api/v1/recipes/vae"));
        assertThat(recipe.path("options").findValuesAsText("aboutZh")).contains("z 的维数");
        assertThat(recipe.path("training").findValuesAsText("aboutZh")).contains("训练集看几遍");
        assertThat(recipe.path("summaryZh").asText()).contains("全连接网络");
        assertThat(recipe.path("whenZh").asText()).contains("入门首选");
        assertThat(json(tiny.get("/api/v1/recipes")).findValuesAsText("groupZh"))
                .contains("变分自编码器");
    }

    private static final String BEGIN =
            "{\"recipe\":\"vae\",\"dataOf\":\"tiny\",\"settings\":{\"hidden\":\"8\",\"latents\":\"2\",\"epochs\":\"1\"}}";

    @Test
    void twoStudiosOverOneFolderBeginRunsOfTheirOwnAndSeeEachOthers() throws Exception {
        TinyStudio other = tiny.beside();
        try {
            Callable<String> here =
                    () -> json(tiny.post("/api/v1/runs", BEGIN)).path("name").asText();
            Callable<String> there =
                    () -> json(other.post("/api/v1/runs", BEGIN)).path("name").asText();
            ExecutorService both = Executors.newFixedThreadPool(2);
            List<String> names = new ArrayList<>();
            for (Future<String> begun : both.invokeAll(List.of(here, there))) {
                names.add(begun.get());
            }
            both.shutdown();
            assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.startsWith("vae-images-"));
            for (String name : names) {
                untilFinished(other, name);
                assertThat(tiny.delete("/api/v1/runs/" + name).statusCode()).isEqualTo(204);
                isProblem(other.get("/api/v1/runs/" + name), 404, "perhaps it was deleted");
                isProblem(
                        other.post("/api/v1/runs/" + name + "/decode", "{\"points\":[[0,0]]}"),
                        404,
                        "perhaps it was deleted");
                assertThat(tiny.runs().resolve(name)).doesNotExist();
            }
            try (Stream<Path> left = Files.list(tiny.runs())) {
                assertThat(left.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> name.startsWith(".deleted"));
            }
        } finally {
            other.closeAlone();
        }
    }

    private static void untilFinished(TinyStudio studio, String name) throws Exception {
        for (int i = 0; i < 600; i++) {
            if (json(studio.get("/api/v1/runs/" + name)).path("status").asText().equals("finished")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError(name + " has not finished");
    }

    @Test
    void whatAFullDiskRefusesIsSaidAndLeavesNoFolder() throws Exception {
        TinyStudio full = tiny.beside(List.of(
                "sh",
                "-c",
                "echo 'elbo: config.json could not be written: No space left on device; make room'; exit 1"));
        try (Stream<Path> before = Files.list(tiny.runs())) {
            long count = before.count();
            isProblem(full.post("/api/v1/runs", BEGIN), 409, "No space left on device; make room");
            try (Stream<Path> after = Files.list(tiny.runs())) {
                assertThat(after.count()).isEqualTo(count);
            }
        } finally {
            full.closeAlone();
        }
    }

    @Test
    void aTrainingThatBrokeOffSaysWhatItSaidLast() throws IOException {
        Path copy = Files.createDirectories(tiny.runs().resolve("broken-off"));
        Files.copy(tiny.runs().resolve("tiny/config.json"), copy.resolve("config.json"));
        Files.writeString(
                copy.resolve("studio.log"), "elbo: the checkpoint could not be written: No space left on device\n");
        try {
            JsonNode run = json(tiny.get("/api/v1/runs/broken-off"));
            assertThat(run.path("status").asText()).isEqualTo("interrupted");
            assertThat(run.path("said").asText())
                    .isEqualTo("the checkpoint could not be written: No space left on device");
        } finally {
            RunFiles.delete(copy);
        }
    }
}
