package dev.elbo.studio;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Some readers at a studio on this machine for a while, each about one request a second: what the studio's memory does meanwhile, what
 * is refused, and how long answers take. It needs nothing but a JDK:
 *
 * <pre>{@code
 * java StudioLoad.java LINK PID CLIENTS MINUTES FOLLOWED PICTURES PICTURES … model:NAME
 * }</pre>
 *
 * PID is the studio's process and FOLLOWED the run whose events are heard. Of the runs behind, the first is decoded; each of the others
 * is asked for something now and then, so that a studio that keeps three models opens and frees them.
 */
final class StudioLoad {
    private static final int MOST_CLIENTS = 20;
    private static final int MOST_MINUTES = 120;
    private static final int PAUSE_MILLIS = 1000;
    private static final int MOST_TOLD = 20;
    private static final int STRIP = 12;

    /** Requests of a client between two that ask for much. */
    private static final int BETWEEN = 60;

    private static final Duration PATIENCE = Duration.ofSeconds(130); // a little more than the studio's own
    private static final Duration STREAM = Duration.ofSeconds(60);

    /** What a client does in turn; most of it decodes. */
    private static final List<String> TURNS = List.of(
            "decode", "decode", "strip", "decode", "runs", "decode", "edit", "decode", "decode", "run", "decode",
            "strip");

    private final URI link;
    private final String base;
    private final Path process;
    private final String followed;
    private final List<String> runs;
    private final long end;
    private final List<Sample> samples = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger events = new AtomicInteger();

    private record Sample(String kind, double millis) {}

    private StudioLoad(URI link, String pid, int minutes, String followed, List<String> runs) {
        this.link = link;
        this.base = "http://127.0.0.1:" + link.getPort();
        this.process = Path.of("/proc", pid);
        this.followed = followed;
        this.runs = runs;
        this.end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    }

    public static void main(String[] words) throws IOException, InterruptedException {
        if (words.length < 6) {
            throw new IllegalArgumentException(
                    "expected LINK PID CLIENTS MINUTES FOLLOWED RUN …; got " + words.length + " words");
        }
        URI link = URI.create(words[0]);
        int clients = Integer.parseInt(words[2]);
        int minutes = Integer.parseInt(words[3]);
        if (!"127.0.0.1".equals(link.getHost()) || clients > MOST_CLIENTS || minutes > MOST_MINUTES) {
            throw new IllegalArgumentException("only a studio of this machine, 127.0.0.1, is asked, by at most "
                    + MOST_CLIENTS + " clients for at most " + MOST_MINUTES + " minutes");
        }
        new StudioLoad(link, words[1], minutes, words[4], List.of(words).subList(5, words.length)).run(clients);
    }

    private boolean goesOn() {
        return System.nanoTime() < end;
    }

    private void run(int clients) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(2 * clients);
        for (int i = 0; i < clients; i++) {
            Client client = new Client(i);
            threads.execute(client::ask);
            threads.execute(client::hear);
        }
        threads.shutdown();
        say(
                "%-8s %-6s %-6s %-25s %-9s %-8s %-6s %s",
                "minutes", "asked", "failed", "decode ms p50 p95 p99", "RSS MiB", "threads", "files", "load");
        int seen = 0;
        for (int minute = 1; goesOn(); minute++) {
            TimeUnit.MINUTES.sleep(1);
            List<Sample> some;
            synchronized (samples) {
                some = List.copyOf(samples.subList(seen, samples.size()));
            }
            seen += some.size();
            say(
                    "%-8d %-6d %-6d %-25s %-9s %-8s %-6d %s",
                    minute,
                    some.size(),
                    failures.get(),
                    quantiles(some, "decode"),
                    memory(),
                    status("Threads"),
                    files(),
                    Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
        }
        threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        say("%nwhole: %d requests, %d failed, %d lines of events", samples.size(), failures.get(), events.get());
        Map<String, Long> kinds =
                samples.stream().collect(Collectors.groupingBy(Sample::kind, TreeMap::new, Collectors.counting()));
        kinds.forEach((kind, count) -> say("%-8s %-6d ms p50 p95 p99: %s", kind, count, quantiles(samples, kind)));
    }

    private static void say(String line, Object... parts) {
        System.out.println(String.format(Locale.ROOT, line, parts).stripTrailing());
    }

    private static String quantiles(List<Sample> some, String kind) {
        double[] sorted = some.stream()
                .filter(sample -> sample.kind.equals(kind))
                .mapToDouble(Sample::millis)
                .sorted()
                .toArray();
        return sorted.length == 0
                ? "–"
                : DoubleStream.of(0.5, 0.95, 0.99)
                        .mapToObj(
                                part -> String.format(Locale.ROOT, "%.0f", sorted[(int) (part * (sorted.length - 1))]))
                        .collect(Collectors.joining(" "));
    }

    private String memory() throws IOException {
        return String.valueOf(Long.parseLong(status("VmRSS").split(" ", 2)[0]) >> 10);
    }

    private String status(String name) throws IOException {
        try (Stream<String> lines = Files.lines(process.resolve("status"))) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .findFirst()
                    .orElse(":0")
                    .split(":", 2)[1]
                    .strip();
        }
    }

    private long files() throws IOException {
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return open.count();
        }
    }

    private void fail(String what) {
        if (failures.incrementAndGet() <= MOST_TOLD) {
            say("failed: %s", what);
        }
    }

    /** One browser: a page that hears events, and somebody who moves the pointer. */
    private final class Client {
        private final int number;
        private final Random random;
        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final String cookie;
        private final int dimensions;

        Client(int number) throws IOException, InterruptedException {
            this.number = number;
            this.random = new Random(number);
            HttpResponse<String> entered =
                    http.send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofString());
            this.cookie =
                    entered.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
            this.dimensions = dimensions(runs.get(0));
        }

        private int dimensions(String run) throws IOException, InterruptedException {
            Matcher found = Pattern.compile("\"dimensions\":(\\d+)").matcher(send(path(run, "/model?examples=no"), ""));
            return found.find() ? Integer.parseInt(found.group(1)) : 0;
        }

        private String path(String run, String rest) {
            return "/runs/" + run + rest;
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
                    .header("Cookie", cookie)
                    .header("Origin", base)
                    .timeout(PATIENCE);
        }

        /** An answer, as text; what is posted is JSON, and nothing is where it is empty. */
        private String send(String path, String json) throws IOException, InterruptedException {
            HttpRequest.Builder request = request(path);
            HttpResponse<byte[]> answer = http.send(
                    json.isEmpty()
                            ? request.build()
                            : request.POST(HttpRequest.BodyPublishers.ofString(json))
                                    .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            String text = new String(answer.body(), StandardCharsets.ISO_8859_1);
            if (answer.statusCode() != 200) {
                throw new IOException(answer.statusCode() + " of " + path + ": " + text);
            }
            return text;
        }

        void ask() {
            try {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(PAUSE_MILLIS)); // nobody begins with another
                for (int i = 1; goesOn(); i++) {
                    boolean isMuch = (i + number * BETWEEN / MOST_CLIENTS) % BETWEEN == 0 && runs.size() > 1;
                    String kind = isMuch ? "much" : TURNS.get((i + number) % TURNS.size());
                    long before = System.nanoTime();
                    try {
                        String asked =
                                isMuch ? much(runs.get(1 + (i / BETWEEN + number) % (runs.size() - 1))) : turn(kind);
                        samples.add(new Sample(asked, (System.nanoTime() - before) / 1e6));
                    } catch (IOException refused) {
                        fail(kind + ": " + refused);
                    }
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS / 2 + random.nextInt(PAUSE_MILLIS));
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        private String turn(String kind) throws IOException, InterruptedException {
            switch (kind) {
                case "runs" -> send("/runs", "");
                case "run" -> send(path(followed, "/metrics"), "");
                case "edit" -> {
                    Matcher code = Pattern.compile("\"point\":(\\[[^]]*])")
                            .matcher(send(path(runs.get(0), "/encode"), "{\"row\":" + random.nextInt(24) + "}"));
                    send(path(runs.get(0), "/decode"), "{\"points\":[" + (code.find() ? code.group(1) : "") + "]}");
                }
                default ->
                    send(
                            path(runs.get(0), "/decode"),
                            "{\"points\":" + points(kind.equals("strip") ? STRIP : 1, dimensions) + "}");
            }
            return kind;
        }

        private List<List<Double>> points(int count, int each) {
            return Stream.generate(() -> random.doubles(each, -2, 2).boxed().toList())
                    .limit(count)
                    .toList();
        }

        /** Something of another model: a text of one that writes, a wave of one that speaks, else a picture. */
        private String much(String run) throws IOException, InterruptedException {
            if (run.equals("model:poems")) {
                send(path(run, "/text/write"), "{\"count\":1,\"seed\":" + random.nextInt(1000) + "}");
                return "write";
            }
            if (run.equals("model:digits")) {
                send(path(run, "/speech/say"), "{\"text\":\"two seven\",\"seed\":" + random.nextInt(1000) + "}");
                return "say";
            }
            if (random.nextInt(4) == 0) {
                return inpaint();
            }
            send(path(run, "/decode"), "{\"points\":" + points(1, dimensions(run)) + "}");
            return "other";
        }

        /** The upper half of a grey square from its lower one. */
        private String inpaint() throws IOException, InterruptedException {
            byte[] mask = new byte[SIDE * SIDE];
            java.util.Arrays.fill(mask, 0, mask.length / 2, (byte) 1);
            byte[] picture = new byte[3 * SIDE * SIDE];
            java.util.Arrays.fill(picture, (byte) 128);
            Base64.Encoder base64 = Base64.getEncoder();
            send(
                    path(runs.get(0), "/inpaint"),
                    "{\"steps\":10,\"by\":\"fit\",\"picture\":\"" + base64.encodeToString(picture) + "\",\"mask\":\""
                            + base64.encodeToString(mask) + "\"}");
            return "inpaint";
        }

        /** Hears the events of a run, for a minute at a time: then the page is opened anew. */
        void hear() {
            String last = "";
            while (goesOn()) {
                try {
                    last = hear(last);
                } catch (IOException broken) {
                    fail("events: " + broken);
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }

        private String hear(String after) throws IOException, InterruptedException {
            String last = after;
            long until = Math.min(end, System.nanoTime() + STREAM.toNanos());
            HttpResponse<InputStream> stream = http.send(
                    request(path(followed, "/events" + (after.isEmpty() ? "" : "?after=" + after)))
                            .header("Accept", "text/event-stream")
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
                while (System.nanoTime() < until) {
                    String line = reader.readLine();
                    if (line == null || line.startsWith("event: gone") || stream.statusCode() != 200) {
                        throw new IOException("ended with " + stream.statusCode() + " " + line);
                    }
                    events.incrementAndGet();
                    last = line.startsWith("id:") ? line.substring(3).strip() : last;
                }
            }
            return last;
        }
    }

    /** Pixels of a side of the pictures that are filled in. */
    private static final int SIDE = 64;
}
