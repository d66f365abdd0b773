package dev.elbo.figure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The command lines with which a run goes on, or is had again.
 *
 * @param config the run's {@code config.json}
 * @param trained for how many epochs it was trained, in all stages
 * @param settings that it takes, beside data, epochs, batch and seed, to train the run again
 * @param elbo what a command begins with, as a shell reads it
 * @param name what the run is called by
 */
record Commands(JsonNode config, double trained, Map<String, String> settings, String elbo, String name) {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");
    private static final String EPOCHS = "epochs";
    private static final String BASE = "base";

    /** What each command does, and the command. */
    Map<String, String> all() {
        Map<String, String> commands = new LinkedHashMap<>();
        List<Session> sessions = sessions();
        if (config.isObject()) {
            commands.put(title(sessions), again());
        }
        double epochs = config.path("training").path(EPOCHS).asDouble(1);
        if (!isInLaterStage(epochs)) {
            commands.put("Train it further", command("resume") + " --epochs " + (long) Math.ceil(2 * epochs));
        }
        commands.put("Evaluate it", command("evaluate"));
        commands.put("Draw samples", command("sample") + " --count 64 --out samples.png");
        return commands;
    }

    /** A stage that is over has the length that it had. */
    private boolean isInLaterStage(double epochs) {
        double rounding = 1e-9;
        return trained > epochs * (1 + rounding);
    }

    private String command(String verb) {
        return elbo + " " + verb + " " + word(name);
    }

    /**
     * Sessions that were to train as long as each other: one that was stopped and resumed is as one that was not. Whoever
     * trains a run longer than it was to be stretches its schedules from there on, which takes another command.
     *
     * @param epochs how long it was to be trained
     * @param threads as an option, if they were not one for each core
     * @param begun the step that it began with
     */
    private record Session(String epochs, String threads, long begun) {
        static Session of(JsonNode json) {
            int threads = json.path("threads").asInt();
            boolean isUsual = threads == 0 || threads == json.path("cores").asInt();
            return new Session(
                    typed(json.path(EPOCHS)),
                    isUsual ? "" : " --threads " + threads,
                    json.path("step").asLong());
        }

        boolean continues(Session before) {
            return epochs.equals(before.epochs) && threads.equals(before.threads);
        }
    }

    /** As it is typed: 20, not 20.0. */
    private static String typed(JsonNode epochs) {
        return epochs.asText().replaceFirst("\\.0$", "");
    }

    /** A run that an earlier version trained does not say its sessions. */
    private List<Session> sessions() {
        List<Session> sessions = new ArrayList<>();
        for (JsonNode json : config.path("sessions")) {
            Session next = Session.of(json);
            if (sessions.isEmpty() || !next.continues(sessions.get(sessions.size() - 1))) {
                sessions.add(next);
            }
        }
        return sessions;
    }

    private String title(List<Session> sessions) {
        return sessions.size() < 2
                ? "Train it again"
                : "Train it again, in " + sessions.size() + " sessions, the later ones from step "
                        + sessions.stream()
                                .skip(1)
                                .map(session -> String.format(Locale.ROOT, "%,d", session.begun))
                                .collect(Collectors.joining(" and "));
    }

    /** What trains the run again. */
    String again() {
        List<Session> sessions = sessions();
        if (sessions.isEmpty()) {
            return train(typed(config.path("training").path(EPOCHS)), "");
        }
        StringBuilder commands = new StringBuilder(train(sessions.get(0).epochs, sessions.get(0).threads));
        sessions.stream()
                .skip(1)
                .forEach(session -> commands.append(" && ")
                        .append(elbo)
                        .append(" resume last --epochs ")
                        .append(session.epochs)
                        .append(session.threads));
        return commands.toString();
    }

    private String train(String epochs, String threads) {
        Map<String, String> others = new LinkedHashMap<>(settings);
        List<String> words = new ArrayList<>(List.of(elbo));
        if (config.has(BASE)) { // data, pixels and seed are those of the base
            words.addAll(List.of("fit-prior", word(config.path(BASE).asText())));
            words.add(word(Objects.requireNonNullElse(others.remove("prior"), "")));
        } else {
            words.addAll(
                    List.of("train", word(config.path("recipe").path("name").asText("vae"))));
            option(words, "--data", config.path("data").path("name"));
            option(words, "--pixels", config.path("data").path("pixels"));
        }
        if (!epochs.isEmpty()) {
            words.add("--epochs " + word(epochs));
        }
        option(words, "--batch", config.path("training").path("batch"));
        if (!config.has(BASE)) {
            option(words, "--seed", config.path("seed"));
        }
        others.forEach((name, value) -> words.add("--set " + word(name + "=" + value)));
        return String.join(" ", words) + threads;
    }

    private static void option(List<String> words, String name, JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            words.add(name + " " + word(value.asText()));
        }
    }

    /** One word for the shell, whatever it holds. */
    private static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
