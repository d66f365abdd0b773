package dev.elbo.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.run.CodeSpace;
import dev.elbo.run.PictureSpace;
import dev.elbo.run.Session;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far pictures that a model makes are from held-out ones, and whether they repeat what it has learned from.
 *
 * @param samples how many were drawn
 * @param heldOut how many real ones they are compared with
 * @param distances as a classifier sees them; none if the data have no classes
 * @param nearest distances to training pictures
 */
public record PictureScore(long samples, long heldOut, Optional<Distances> distances, Nearest nearest)
        implements Finding {
    private static final int ASKED = 100;
    private static final long LEARNED = 20_000;

    /**
     * Distances from held-out pictures, {@link FeatureDistance}.
     *
     * @param label the field whose classes the classifier learned to tell apart
     * @param accuracy the fraction of held-out pictures that it is right of
     * @param samples of samples
     * @param reconstructions of what the model makes of the held-out pictures
     * @param training of training pictures: what chance alone makes of pictures of one kind
     */
    public record Distances(String label, double accuracy, double samples, double reconstructions, double training) {
        /** By the features of a classifier. */
        static Distances of(PictureSets sets, PictureClassifier classifier, String label, long[] labels) {
            HostArray real = classifier.features(sets.heldOut());
            return new Distances(
                    label,
                    classifier.accuracy(sets.heldOut(), labels),
                    FeatureDistance.of(classifier.features(sets.samples()), real),
                    FeatureDistance.of(classifier.features(sets.reconstructions()), real),
                    FeatureDistance.of(classifier.features(sets.training()), real));
        }
    }

    /**
     * Distances to the nearest training picture, as the root of the mean squared difference of pixels: medians.
     *
     * @param asked of how many pictures
     * @param training among how many it was looked for
     * @param samples of samples: 0 for a model that repeats pictures
     * @param heldOut of held-out pictures
     */
    public record Nearest(int asked, long training, double samples, double heldOut) {
        /** The distances of the first pictures of each kind to their nearest training pictures. */
        static Nearest of(PictureSets sets, Session session) {
            RowSource training = session.some("train", LEARNED).field(PictureSets.field(session));
            PictureSpace space = new PictureSpace(training);
            int asked = (int) Math.min(
                    ASKED,
                    Math.min(
                            sets.samples().shape().size(0),
                            sets.heldOut().shape().size(0)));
            return new Nearest(
                    asked,
                    training.shape().size(0),
                    median(space, sets.samples(), asked),
                    median(space, sets.heldOut(), asked));
        }

        private static double median(PictureSpace space, HostArray pictures, int asked) {
            List<Double> distances = space.nearest(pictures.rows(0, asked), 1).stream()
                    .map(near -> near.get(0))
                    .map(CodeSpace.Near::distance)
                    .sorted()
                    .toList();
            return (distances.get((asked - 1) / 2) + distances.get(asked / 2)) / 2;
        }
    }

    /**
     * Compares.
     *
     * @param judge the classifier's distances, if there is one
     */
    static PictureScore of(PictureSets sets, Session session, Optional<Distances> judge) {
        return new PictureScore(
                sets.samples().shape().size(0), sets.heldOut().shape().size(0), judge, Nearest.of(sets, session));
    }

    @Override
    public String describe() {
        String near = String.format(
                Locale.ROOT,
                "nearest of %,d training pictures, by pixels: samples %.3f, held-out pictures %.3f (medians of %,d)",
                nearest.training,
                nearest.samples,
                nearest.heldOut,
                nearest.asked);
        return distances
                .map(far -> String.format(
                        Locale.ROOT,
                        "distance of %,d samples from %,d held-out pictures %.3f, of reconstructions %.3f, of training pictures %.3f;"
                                + " the classifier is right of %.1f %% of '%s'%n%s",
                        samples,
                        heldOut,
                        far.samples,
                        far.reconstructions,
                        far.training,
                        100 * far.accuracy,
                        far.label,
                        near))
                .orElse(near);
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("samples", samples).put("heldOut", heldOut);
        distances.ifPresent(far -> json.putObject("distances")
                .put("label", far.label)
                .put("accuracy", far.accuracy)
                .put("samples", far.samples)
                .put("reconstructions", far.reconstructions)
                .put("training", far.training));
        json.putObject("nearest")
                .put("asked", nearest.asked)
                .put("training", nearest.training)
                .put("samples", nearest.samples)
                .put("heldOut", nearest.heldOut);
        return json;
    }
}
