package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.RunEvents;
import dev.elbo.run.RunStatus;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What happened in a run, from its first step on, and its status whenever it changes. An event's id is its number in the file: who lost
 * the line says the last one that came, and gets what follows. When a run goes on from an earlier checkpoint its file becomes
 * shorter, and all begins anew.
 */
final class RunFeed implements Streams.Feed {
    private static final int MOST_AT_ONCE = 500;

    private final RunDirectory run;
    private int sent;
    private String stamp = "";
    private String status = "";

    private RunFeed(RunDirectory run, int sent) {
        this.run = run;
        this.sent = sent;
    }

    /** The feed that a client asks for. */
    static RunFeed of(Runs runs, SseClient client) throws IOException {
        String resumed = client.ctx()
                .header("Last-Event-ID"); // of a line that broke; who comes back by itself says it in the address
        String last = resumed == null ? client.ctx().queryParam("after") : resumed;
        int sent = last != null && last.matches("\\d{1,9}") ? Integer.parseInt(last) + 1 : 0;
        return new RunFeed(runs.open(client.ctx().pathParam("run")), sent);
    }

    @Override
    public boolean send(SseClient client) throws IOException {
        if (!RunDirectory.isRun(run.path())) {
            client.sendEvent("gone", "{}");
            return false;
        }
        String now = stamp(run.events()) + stamp(run.metrics());
        if (!now.equals(stamp)) {
            stamp = now;
            sendEvents(client, RunEvents.since(run, 0));
        }
        String state = RunStatus.of(run).toJson().toString();
        if (!state.equals(status)) {
            status = state;
            client.sendEvent("status", state);
        }
        return true;
    }

    private void sendEvents(SseClient client, List<ObjectNode> events) {
        if (events.size() < sent) {
            client.sendEvent("reset", "{}");
            sent = 0;
        }
        while (sent < events.size()) {
            int end = Math.min(events.size(), sent + MOST_AT_ONCE);
            ArrayNode some = JsonNodeFactory.instance.arrayNode();
            events.subList(sent, end).forEach(some::add);
            client.sendEvent("events", some.toString(), String.valueOf(end - 1));
            sent = end;
        }
    }

    /** Changes when a file does. */
    static String stamp(Path file) throws IOException {
        return Files.exists(file) ? Files.getLastModifiedTime(file) + "," + Files.size(file) + ";" : ";";
    }
}
