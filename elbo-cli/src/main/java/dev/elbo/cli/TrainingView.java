package dev.elbo.cli;

import dev.elbo.data.DataSource;
import dev.elbo.data.Split;
import dev.elbo.option.Decimal;
import dev.elbo.option.Options;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.run.RunConfig;
import dev.elbo.run.Session;
import dev.elbo.tensor.Backend;
import dev.elbo.train.TrainingEvent;
import dev.elbo.train.TrainingEvent.Evaluated;
import dev.elbo.train.TrainingEvent.Finished;
import dev.elbo.train.TrainingEvent.NotRecorded;
import dev.elbo.train.TrainingEvent.Progressed;
import dev.elbo.train.TrainingEvent.Reason;
import dev.elbo.train.TrainingEvent.Recorded;
import dev.elbo.train.TrainingEvent.Started;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A training as it is watched: what is trained, how far it is, and a line for every evaluation. */
final class TrainingView implements Consumer<TrainingEvent> {
    /** Under the text beside a name of the header. */
    private static final String NEXT_LINE = " ".repeat(10);

    private final Console console;
    private final Session session;
    private final RunConfig config;
    private @Nullable Started started;
    private boolean recorded;

    TrainingView(Console console, Session session) {
        this.console = console;
        this.session = session;
        this.config = session.run().config();
    }

    @Override
    public void accept(TrainingEvent event) {
        if (event instanceof Started at) {
            started = at;
            begin(at);
        } else if (event instanceof Progressed at && started != null) {
            ProgressLine line = new ProgressLine(started, at);
            console.status(line::text, line::line);
        } else if (event instanceof Recorded at && !recorded) {
            recorded = true; // other shapes of batches follow, and one line says it all
            console.say("each step is replayed from a recording of " + Quantity.count(at.operations()) + " operations");
        } else if (event instanceof NotRecorded at) {
            console.say("steps are not recorded, and slower for it: " + at.reason());
        } else if (event instanceof Evaluated at) {
            console.say(evaluated(at));
        } else if (event instanceof Finished at && at.reason() == Reason.NO_IMPROVEMENT) {
            console.say("no improvement in " + config.training().patience() + " evaluations: training ends early");
        }
    }

    private void begin(Started at) {
        header(at).forEach((name, value) -> console.say(console.bright(String.format("%-9s", name)) + " " + value));
        if (at.step() >= at.steps()) {
            console.say("nothing is left to train; '--epochs N' trains further");
            return;
        } else if (at.step() > 0) {
            console.say("goes on after " + Quantity.epochs((double) at.step() / at.stepsPerEpoch()));
        }
        console.say("");
    }

    private Map<String, String> header(Started at) {
        Map<String, String> header = new LinkedHashMap<>();
        header.put("recipe", recipe());
        config.sequel().ifPresent(run -> header.put("base", "the model of " + run.base() + ", " + run.learns()));
        header.put("data", data());
        session.data()
                .notes()
                .forEach(note -> header.merge("data", note, (all, next) -> all + "\n" + NEXT_LINE + next));
        header.put("model", Quantity.count(at.parameters()) + " parameters");
        header.put(
                "training",
                Quantity.epochs(config.training().epochs()) + " of " + Quantity.count(at.stepsPerEpoch())
                        + (at.stepsPerEpoch() == 1 ? " step, batch " : " steps, batch ")
                        + batch() + changed(config.training(), training())
                        + ", seed " + config.seed() + leftOut(at));
        header.put("device", session.device() + ", threads: " + Backend.threads() + shared(at));
        header.put("run", session.run().path().toString());
        return header;
    }

    private String batch() {
        int batch = config.training().batch();
        return batch > learned() ? learned() + " (all there are, not " + batch + ")" : String.valueOf(batch);
    }

    /** The examples behind the last full batch of an epoch, in a sentence. */
    private static String leftOut(Started at) {
        return at.leftOut() == 0
                ? ""
                : "\n" + NEXT_LINE + Quantity.of(at.leftOut(), "example") + (at.leftOut() == 1 ? " fills" : " fill")
                        + " no batch, and each epoch leaves out others";
    }

    /** How many examples are learned from. */
    private long learned() {
        return session.data().train().size() - held();
    }

    /** How many examples of the training set are held out. */
    private long held() {
        return session.data().validation().isPresent()
                ? 0
                : Math.round(session.data().train().size() * config.training().validation());
    }

    /** How threads share the work; where they might do so otherwise, why they do not. */
    private static String shared(Started at) {
        if (at.replicas() > 1) {
            return ", each with a copy of the model and its share of a batch";
        }
        return at.undivided()
                .filter(reason -> Backend.threads() > 1)
                .map(reason -> ", which share operations and not batches: " + reason)
                .orElse("");
    }

    private String recipe() {
        return config.recipe().name() + changed((Record) config.recipe(), (Record) standard());
    }

    private Recipe standard() {
        return Recipes.named(config.recipe().name());
    }

    private Record training() {
        return Options.of(standard().training())
                .with(Map.of(
                        "epochs", String.valueOf(config.training().epochs()),
                        "batch", String.valueOf(config.training().batch())));
    }

    /** The options that are not as they are when nothing is said. */
    private static String changed(Record record, Record standard) {
        Map<String, String> usual = Options.of(standard).entries().stream()
                .collect(Collectors.toMap(Options.Entry::name, Options.Entry::value));
        return Options.of(record).entries().stream()
                .filter(entry -> !entry.value().equals(usual.get(entry.name())))
                .map(entry -> ", " + entry.name() + "=" + entry.value())
                .collect(Collectors.joining());
    }

    private String data() {
        DataSource data = session.data();
        long validation = data.validation().map(Split::size).orElse(held());
        String test = data.test()
                .map(split -> " + " + Quantity.count(split.size()) + " test")
                .orElse("");
        return data.spec().name() + ": " + Quantity.count(learned()) + " training + "
                + Quantity.count(validation) + " validation" + test
                + session.pixels().map(pixels -> " images, pixels " + pixels).orElse(" examples")
                + (data.train().isHeldOn(session.device()) ? "" : ", read from disk as they are needed");
    }

    private static String figures(Map<String, Double> terms) {
        return terms.containsKey("negElbo")
                ? "−ELBO " + term(terms, "negElbo") + " nats = distortion " + term(terms, "distortion") + " + rate "
                        + term(terms, "rate")
                : "distortion " + term(terms, "distortion") + " nats"
                        + (terms.containsKey("surprisal") ? ", −log p(z) " + term(terms, "surprisal") + " nats" : "");
    }

    private static String term(Map<String, Double> terms, String name) {
        return Decimal.of(terms.getOrDefault(name, Double.NaN), 2);
    }

    private String evaluated(Evaluated at) {
        String line = String.format(
                Locale.ROOT,
                "epoch %-4s %s  %s",
                Quantity.plain(at.epoch()),
                figures(at.terms()),
                Quantity.time(at.seconds()));
        return at.best() ? line + console.good("  best") : line;
    }
}
