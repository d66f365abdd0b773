package dev.elbo.bench;

import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.run.Session;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Judges the pictures of runs on labelled data, by a classifier that learns from the same training pictures.
 *
 * @param label the field of classes
 * @param kept where the classifier is kept from one use to the next; none to train it each time
 * @param epochs of its training
 */
public record PictureJudge(String label, Optional<Path> kept, int epochs) {
    private static final long LEARNED = 20_000;
    private static final long SEED = 1;

    /**
     * Judges pictures of a run; without distances, if its data have no such field.
     *
     * @param progress told the epoch of the classifier's training and its last loss in nats
     * @throws IllegalArgumentException if the field is no class, or the classifier that is kept tells other classes apart
     */
    public PictureScore score(Session session, PictureSets sets, BiConsumer<Integer, Double> progress)
            throws IOException {
        Field field = session.spec().fields().get(label);
        if (field == null) {
            return PictureScore.of(sets, session, Optional.empty());
        }
        if (!(field instanceof Field.Category category)) {
            throw new IllegalArgumentException(
                    "a classifier learns to tell classes apart, and '" + label + "' is a " + field.kind());
        }
        try (Scope scope = Scope.open("judge")) {
            PictureClassifier classifier = classifier(session, category, progress);
            long[] labels = session.some(
                            session.heldOut(), sets.heldOut().shape().size(0))
                    .field(label)
                    .toHost()
                    .toLongs();
            return PictureScore.of(
                    sets, session, Optional.of(PictureScore.Distances.of(sets, classifier, label, labels)));
        }
    }

    private PictureClassifier classifier(Session session, Field.Category classes, BiConsumer<Integer, Double> progress)
            throws IOException {
        Split learned = session.some("train", LEARNED);
        HostArray pictures = PictureSets.real(session, learned);
        Field.Image image = new Field.Image(
                (int) pictures.shape().size(1), (int) pictures.shape().size(2), (int)
                        pictures.shape().size(3));
        PictureClassifier classifier =
                PictureClassifier.of(image, classes.names().size(), SEED);
        if (kept.isPresent() && Files.exists(kept.get())) {
            classifier.load(kept.get());
            return classifier;
        }
        String field = PictureSets.field(session);
        Split split =
                new Split(Map.of(field, pictures, label, learned.field(label).toHost()));
        Examples examples = new Examples(split, session.spec(), Pixels.GREY, SEED, Device.CPU);
        classifier.train(examples, field, label, epochs, SEED, progress);
        if (kept.isPresent()) {
            classifier.save(kept.get());
        }
        return classifier;
    }
}
