package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebSourceTest {
    @TempDir
    Path root;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch testEnds = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/tiny/images.gz", exchange -> answer(exchange, 200, TinySet.gzip(TinySet.IMAGES)));
        server.createContext("/tiny/labels.gz", exchange -> answer(exchange, 200, TinySet.gzip(TinySet.LABELS)));
        server.createContext("/moved/", this::redirect);
        server.createContext("/dying/images.gz", this::dieHalfWay);
        server.createContext("/silent/images.gz", this::fallSilent);
        server.createContext("/mute/images.gz", exchange -> await());
        server.start();
    }

    @AfterEach
    void stopServer() {
        testEnds.countDown();
        server.stop(0);
        threads.shutdown();
    }

    @Test
    void filesAreFetchedByNameAndGz() throws IOException {
        assertThat(fetch(source("/tiny/")).resolve("images")).hasBinaryContent(TinySet.IMAGES);
    }

    @Test
    void redirectsAreFollowed() throws IOException {
        assertThat(fetch(source("/moved/")).resolve("images")).hasBinaryContent(TinySet.IMAGES);
    }

    @Test
    void missingFileIsNamedWithTheServersAnswer() {
        assertThatThrownBy(() -> fetch(source("/elsewhere/")))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageContaining("/elsewhere/: answered 404 for /elsewhere/images.gz\n");
    }

    @Test
    void serverThatDiesHalfWayLeavesNothing() {
        assertThatThrownBy(() -> fetch(source("/dying/"))).isInstanceOf(DataUnavailableException.class);
        assertThat(root.resolve("tiny/images")).doesNotExist();
    }

    @Test
    void serverThatFallsSilentIsGivenUp() {
        WebSource impatient = new WebSource(address("/silent/"), Duration.ofMillis(300), Duration.ofMinutes(1));

        assertThatThrownBy(() -> fetch(impatient)).hasMessageContaining("/silent/: nothing came for 0.3 seconds\n");
    }

    @Test
    void serverThatTakesTooLongAltogetherIsGivenUp() {
        WebSource impatient = new WebSource(address("/silent/"), Duration.ofMinutes(1), Duration.ofMillis(300));

        assertThatThrownBy(() -> fetch(impatient)).hasMessageContaining("/silent/: took longer than 0.3 seconds\n");
    }

    @Test
    void serverThatNeverAnswersIsGivenUp() {
        WebSource impatient = new WebSource(address("/mute/"), Duration.ofMillis(300), Duration.ofMinutes(1));

        assertThatThrownBy(() -> fetch(impatient)).hasMessageContaining("/mute/: no answer within 0.3 seconds\n");
    }

    @Test
    void hostThatIsNotThereIsNamed() {
        WebSource nowhere = new WebSource(URI.create("http://elbo.invalid/tiny/")); // RFC 2606: never resolves

        assertThatThrownBy(() -> fetch(nowhere))
                .hasMessageContaining("the name elbo.invalid cannot be resolved (no network?)");
    }

    @Test
    void refusedConnectionIsTold() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        WebSource closed = new WebSource(URI.create("http://localhost:" + free + "/tiny/"));

        assertThatThrownBy(() -> fetch(closed)).hasMessageContaining("/tiny/: no connection\n");
    }

    @Test
    void nextSourceTakesOverFromADyingServer() throws IOException {
        List<FetchEvent> events = new ArrayList<>();
        DataCache cache = new DataCache(root, Optional.empty(), events::add);
        cache.fetch(TinySet.from(source("/dying/"), source("/tiny/")));

        assertThat(events).filteredOn(FetchEvent.Failed.class::isInstance).hasSize(1);
        assertThat(root.resolve("tiny/images")).hasBinaryContent(TinySet.IMAGES);
    }

    private Path fetch(Source source) throws IOException {
        return new DataCache(root, Optional.empty(), event -> {}).fetch(TinySet.from(source));
    }

    private WebSource source(String path) {
        return new WebSource(address(path));
    }

    private URI address(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    private void answer(HttpExchange exchange, int status, byte[] content) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private void redirect(HttpExchange exchange) throws IOException {
        String there = exchange.getRequestURI().getPath().replace("/moved/", "/tiny/");
        exchange.getResponseHeaders().add("Location", there);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    /** Closing an exchange before all that was promised is sent closes the connection. */
    private void dieHalfWay(HttpExchange exchange) throws IOException {
        byte[] content = TinySet.gzip(TinySet.IMAGES);
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(TinySet.firstHalf(content));
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private void fallSilent(HttpExchange exchange) throws IOException {
        byte[] content = TinySet.gzip(TinySet.IMAGES);
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(TinySet.firstHalf(content));
        exchange.getResponseBody().flush();
        await();
    }

    private void await() {
        try {
            testEnds.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
