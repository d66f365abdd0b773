package dev.elbo.studio;

import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams of events (server-sent events). Each client has a thread of its own, which looks for news and sends them: a slow client keeps
 * nobody else waiting.
 */
final class Streams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final int MOST_CLIENTS = 64;
    private static final long LOOK_MILLIS = 500;
    private static final int LOOKS_PER_SIGN = 20;

    private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "events of the studio");
        thread.setDaemon(true);
        return thread;
    });

    /** What a client is fed from. */
    @FunctionalInterface
    interface Feeding {
        /**
         * Begins a client's feed.
         *
         * @throws Refusal if there is nothing of what it asks for
         */
        Feed begin(SseClient client) throws IOException;
    }

    /** News for one client. */
    @FunctionalInterface
    interface Feed {
        /** Sends what is new, if something is; whether there will be more. */
        boolean send(SseClient client) throws IOException;
    }

    /** Keeps a client and feeds it until it goes. */
    void feed(SseClient client, Feeding feeding) {
        if (clients.size() >= MOST_CLIENTS) {
            client.sendEvent(
                    "problem", "{\"detail\":\"" + MOST_CLIENTS + " pages listen already; close some of them\"}");
            client.close();
            return;
        }
        client.keepAlive();
        clients.add(client);
        client.onClose(() -> clients.remove(client));
        threads.execute(() -> run(client, feeding));
    }

    private void run(SseClient client, Feeding feeding) {
        try {
            Feed feed = feeding.begin(client);
            int looks = 0;
            while (clients.contains(client) && !client.terminated() && feed.send(client)) {
                if (++looks % LOOKS_PER_SIGN == 0) {
                    client.sendComment("here"); // finds out that a client is gone
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (Refusal | IOException gone) {
            LOG.debug("a stream of events ended", gone);
            client.sendEvent("gone", "{}");
        } catch (RuntimeException failure) {
            LOG.warn("a stream of events failed", failure);
        } finally {
            clients.remove(client);
            client.close();
        }
    }

    int size() {
        return clients.size();
    }

    @Override
    public void close() {
        clients.forEach(SseClient::close);
        clients.clear();
        threads.shutdownNow();
    }
}
