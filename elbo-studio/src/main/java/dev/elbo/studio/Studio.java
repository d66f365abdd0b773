package dev.elbo.studio;

import dev.elbo.run.RunCatalog;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The studio: a server on this machine whose pages show runs and what their models make.
 *
 * <pre>{@code
 * try (Studio studio = Studio.open(new Studio.Settings(
 *         "127.0.0.1", 8420, Studio.newToken(), RunCatalog.of(System.getenv()), List.of("./elbo"), Path.of("."), System.getenv()))) {
 *     System.out.println(studio.link());
 * }
 * }</pre>
 */
public final class Studio implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Studio.class);

    /** The largest request, in bytes: an uploaded picture or recording. */
    static final long LARGEST_REQUEST = 16L << 20;

    private static final long GRACE_MILLIS = 500;

    private final Settings settings;
    private final Javalin server;
    private final Streams streams;
    private final Benches benches;
    private final Routes routes;

    /**
     * What a studio is told when it opens.
     *
     * @param host the address that it listens on
     * @param port the port; 0 for any that is free
     * @param token what the link that opens it must know
     * @param runs the runs that it shows
     * @param command the words that start Elbo's command line, for trainings of their own process
     * @param root the folder of the repository, in which the handbook lies
     * @param environment as of {@link System#getenv()}: where data are kept
     */
    public record Settings(
            String host,
            int port,
            String token,
            RunCatalog runs,
            List<String> command,
            Path root,
            Map<String, String> environment) {
        /**
         * Copies.
         *
         * @throws IllegalArgumentException if the port is none, or the token too short to be safe
         */
        public Settings {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("a port is from 0 to 65535; got " + port);
            }
            if (!token.matches("[A-Za-z0-9_-]{16,200}")) {
                throw new IllegalArgumentException(
                        "a token has 16 to 200 letters, digits, _ or -; leave --token out, and one is made");
            }
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }

    private Studio(Settings settings) {
        this.settings = settings;
        this.streams = new Streams();
        Runs runs = new Runs(settings.runs());
        this.benches = new Benches(runs, settings.environment());
        this.routes = routes(runs);
        this.server = Javalin.create(this::configure);
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.jetty.host = settings.host();
        config.jetty.port = settings.port();
        config.http.maxRequestSize = LARGEST_REQUEST;
        config.concurrency.useVirtualThreads = false;
        config.jetty.modifyServer(jetty -> jetty.setStopTimeout(GRACE_MILLIS));
        Problems.answer(config.routes);
        PageFiles pages = new PageFiles();
        Door door = new Door(settings.host(), this::port, settings.token(), pages);
        config.routes.before(door::check);
        pages.serve(config.routes, door);
        routes.register(config.routes);
    }

    /** Everything that the pages ask for. */
    private Routes routes(Runs runs) {
        Routes all = new Routes();
        new RunsResource(runs, benches, streams).register(all);
        new TrainingResource(runs, new Trainings(settings.command())).register(all);
        new RecipesResource(runs, settings.environment()).register(all);
        new LookResource(runs, settings.environment()).register(all);
        new EpochsResource(new Checkpoints(runs, benches)).register(all);
        new PicturesResource(benches).register(all);
        new EditingResource(benches).register(all);
        new NeighboursResource(benches).register(all);
        new LatentsResource(benches).register(all);
        new TextResource(benches).register(all);
        new SpeechResource(runs, benches).register(all);
        new HandbookResource(settings.root()).register(all);
        return all;
    }

    /**
     * Opens a studio.
     *
     * @throws IOException if it cannot listen on its port
     */
    public static Studio open(Settings settings) throws IOException {
        Studio studio = new Studio(settings);
        try {
            studio.server.start();
            return studio;
        } catch (RuntimeException refusal) {
            studio.close();
            if (isPortTaken(refusal)) {
                throw new IOException(
                        "port " + settings.port() + " of " + settings.host()
                                + " is taken, perhaps by another studio; choose another with --port, or 0 for any",
                        refusal);
            }
            throw refusal;
        }
    }

    private static boolean isPortTaken(Throwable failure) {
        return failure instanceof BindException
                || String.valueOf(failure.getMessage()).contains("already in use")
                || (failure.getCause() != null && isPortTaken(failure.getCause()));
    }

    /** A new token that nobody can guess. */
    public static String newToken() {
        return Door.random();
    }

    /** The routes below {@code /api/v1}, as {@code GET /runs}. */
    List<String> routes() {
        return routes.names();
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** The link that opens it in a browser. */
    public String link() {
        String host = settings.host().equals(Door.EVERYWHERE) ? "127.0.0.1" : settings.host();
        return "http://" + host + ":" + port() + "/?token=" + settings.token();
    }

    /** Ends it: streams of events first, so that the server has none to wait for, then the models. */
    @Override
    public void close() {
        streams.close();
        try {
            server.stop();
        } catch (JavalinException slow) { // a browser that keeps its lines open is not waited for
            LOG.debug("the studio's server has not ended in time", slow);
        } finally {
            benches.close();
        }
    }
}
