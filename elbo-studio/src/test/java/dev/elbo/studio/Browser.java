package dev.elbo.studio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The system's Chromium, driven over its DevTools protocol by the JDK's WebSocket. What its console or a page's script complains of is
 * kept, a violation of the content security policy too.
 */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 30;
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--remote-debugging-port=0",
            "--no-sandbox",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-extensions",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--use-angle=swiftshader",
            "--enable-unsafe-swiftshader",
            "--force-color-profile=srgb",
            "--lang=en-US");

    private final Path profile;
    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final StringBuilder part = new StringBuilder();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private @Nullable String session;
    private boolean isPressed;

    private Browser(Path program) throws IOException, InterruptedException {
        profile = Files.createTempDirectory("elbo-browser");
        List<String> command = new ArrayList<>(List.of(program.toString(), "--user-data-dir=" + profile));
        command.addAll(FLAGS);
        command.add("about:blank");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = port();
        try {
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)), new Listener())
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Chromium does not answer", e);
        }
    }

    private List<String> port() throws IOException, InterruptedException {
        Path file = profile.resolve("DevToolsActivePort");
        for (int i = 0; i < 600; i++) {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (lines.size() > 1) {
                return lines;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IOException("Chromium has not started");
    }

    /** The browser's program on this machine, if there is one. */
    static Optional<Path> program() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name ->
                        Stream.of(path.split(java.io.File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Browser start(Path program) throws IOException, InterruptedException {
        return new Browser(program);
    }

    private final class Listener implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean isLast) {
            part.append(text);
            if (isLast) {
                String whole = part.toString();
                part.setLength(0);
                hear(whole);
            }
            from.request(1);
            return null;
        }
    }

    private void hear(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            if (message.has("id")) {
                Objects.requireNonNull(waiting.remove(message.path("id").asInt()))
                        .complete(message);
                return;
            }
            JsonNode what = message.path("params");
            String method = message.path("method").asText();
            if (method.equals("Runtime.exceptionThrown")) {
                complaints.add(what.at("/exceptionDetails/text").asText() + " "
                        + what.at("/exceptionDetails/exception/description").asText());
            } else if (method.equals("Log.entryAdded")
                    && what.at("/entry/level").asText().equals("error")) {
                complaints.add(what.at("/entry/text").asText() + " "
                        + what.at("/entry/url").asText());
            }
        } catch (IOException e) {
            complaints.add(e.toString());
        }
    }

    /** A new tab that shares no cookie with others. */
    Browser tab() throws IOException {
        session = null;
        String context =
                send("Target.createBrowserContext").path("browserContextId").asText();
        String target = send("Target.createTarget", "url", "about:blank", "browserContextId", context)
                .path("targetId")
                .asText();
        session = send("Target.attachToTarget", "targetId", target, "flatten", true)
                .path("sessionId")
                .asText();
        for (String domain : List.of("Page", "Runtime", "Log", "Network", "DOM")) {
            send(domain + ".enable");
        }
        complaints.clear();
        return this;
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    JsonNode send(String method, Object... parameters) throws IOException {
        try {
            JsonNode answer = begin(method, parameters).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer.has("error")) {
                throw new IOException(method + ": " + answer.path("error"));
            }
            return answer.path("result");
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException(method + " was not answered", e);
        }
    }

    /** Is not waited for: the answer to an event of the mouse comes with the next frame. */
    private CompletableFuture<JsonNode> begin(String method, Object... parameters) {
        int id = calls.incrementAndGet();
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        if (session != null) {
            message.put("sessionId", session);
        }
        ObjectNode all = message.putObject("params");
        for (int i = 0; i < parameters.length; i += 2) {
            all.set((String) parameters[i], JSON.valueToTree(parameters[i + 1]));
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        synchronized (socket) {
            socket.sendText(message.toString(), true).join();
        }
        return answer;
    }

    Browser go(String address) throws IOException {
        send("Page.navigate", "url", address);
        return this;
    }

    /** The value of an expression; a promise is waited for. */
    JsonNode value(String script) throws IOException {
        JsonNode answer = send("Runtime.evaluate", "expression", script, "returnByValue", true, "awaitPromise", true);
        if (answer.has("exceptionDetails")) {
            throw new IOException(answer.path("exceptionDetails").toString());
        }
        return answer.at("/result/value");
    }

    /** Waits until an expression is true. */
    Browser until(String script) throws IOException, InterruptedException {
        String last = "";
        for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
            try {
                if (value("!!(" + script + ")").asBoolean()) {
                    return this;
                }
            } catch (IOException changing) { // a page is just being left
                last = String.valueOf(changing.getMessage());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("never true: " + script + " " + last + " " + complaints + "\n"
                + value("document.body.innerText").asText());
    }

    Browser size(int width, int height, boolean isDark) throws IOException {
        send(
                "Emulation.setDeviceMetricsOverride",
                "width",
                width,
                "height",
                height,
                "deviceScaleFactor",
                1,
                "mobile",
                width < 600);
        send(
                "Emulation.setEmulatedMedia",
                "features",
                List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light")));
        return this;
    }

    /** An event of the mouse: mousePressed, mouseMoved, mouseReleased. */
    Browser mouse(String type, double x, double y) {
        boolean isButton = !type.equals("mouseMoved");
        isPressed = type.equals("mousePressed") || (isPressed && !type.equals("mouseReleased"));
        CompletableFuture<JsonNode> unused = begin(
                "Input.dispatchMouseEvent",
                "type",
                type,
                "x",
                x,
                "y",
                y,
                "button",
                isButton || isPressed ? "left" : "none",
                "buttons",
                isPressed ? 1 : 0,
                "clickCount",
                isButton ? 1 : 0);
        return this;
    }

    /** Puts a file into a field of files. */
    Browser choose(String selector, Path file) throws IOException {
        int document = send("DOM.getDocument").path("root").path("nodeId").asInt();
        int field = send("DOM.querySelector", "nodeId", document, "selector", selector)
                .path("nodeId")
                .asInt();
        send(
                "DOM.setFileInputFiles",
                "nodeId",
                field,
                "files",
                List.of(file.toAbsolutePath().toString()));
        return this;
    }

    byte[] picture() throws IOException {
        value("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))");
        return Base64.getDecoder()
                .decode(send("Page.captureScreenshot", "format", "png")
                        .path("data")
                        .asText());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        session = null;
        CompletableFuture<JsonNode> unused = begin("Browser.close");
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
