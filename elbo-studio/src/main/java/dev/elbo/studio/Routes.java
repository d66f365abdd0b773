package dev.elbo.studio;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The routes of the interface below {@code /api/v1}, kept so that a test can hold its description to them. */
final class Routes {
    private static final String BASE = "/api/v1";

    private final List<String> names = new ArrayList<>();
    private final List<Consumer<RoutesConfig>> all = new ArrayList<>();

    Routes get(String path, Handler handler) {
        return add(HandlerType.GET, path, handler);
    }

    Routes post(String path, Handler handler) {
        return add(HandlerType.POST, path, handler);
    }

    Routes delete(String path, Handler handler) {
        return add(HandlerType.DELETE, path, handler);
    }

    /** A stream of events. */
    Routes stream(String path, Streams.Feeding feeding, Streams streams) {
        names.add("GET " + path);
        all.add(routes -> routes.sse(BASE + path, client -> streams.feed(client, feeding)));
        return this;
    }

    private Routes add(HandlerType method, String path, Handler handler) {
        names.add(method.name() + " " + path);
        all.add(routes -> routes.addHttpHandler(method, BASE + path, handler));
        return this;
    }

    /** As {@code GET /runs}, one each. */
    List<String> names() {
        return List.copyOf(names);
    }

    void register(RoutesConfig routes) {
        all.forEach(route -> route.accept(routes));
    }
}
