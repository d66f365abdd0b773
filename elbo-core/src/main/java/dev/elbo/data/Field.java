package dev.elbo.data;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One of the things that are observed together: an image, the class it belongs to, a row of numbers, a sentence, a sound. The
 * kind of a field, and neither its name nor its rank, decides how it is treated.
 */
public sealed interface Field permits Field.Image, Field.Category, Field.Ragged, Field.Measured {
    /** The shape of one observation as it is stored. */
    Shape shape();

    /** The element types that an array of observations can have. */
    Set<DType> dtypes();

    /** What kind of field it is, in a word: "image", "category", "table", "tokens", "frames". */
    String kind();

    /** Its sizes, in words: what two fields of one kind have to have in common. */
    List<String> traits();

    /** What its classes, columns or words are called, by their number; nothing of a field without such names. */
    default List<String> names() {
        return List.of();
    }

    /** All of it, as {@link DataSpec#toJson} has it. */
    ObjectNode toJson();

    private static String counted(int number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }

    /**
     * A picture: bytes 0 to 255, or floats 0 to 1, [channels, height, width].
     *
     * @param channels 1 for grey, 3 for red, green and blue
     * @param height in pixels
     * @param width in pixels
     */
    record Image(int channels, int height, int width) implements Field {
        /**
         * Validates the sizes.
         *
         * @throws IllegalArgumentException if one is below 1
         */
        public Image {
            if (channels < 1 || height < 1 || width < 1) {
                throw new IllegalArgumentException("an image has at least 1 channel of 1 × 1 pixels; got " + channels
                        + " of " + height + " × " + width);
            }
        }

        @Override
        public Shape shape() {
            return Shape.of(channels, height, width);
        }

        @Override
        public Set<DType> dtypes() {
            return EnumSet.of(DType.UINT8, DType.FLOAT32);
        }

        @Override
        public String kind() {
            return "image";
        }

        @Override
        public List<String> traits() {
            return List.of(counted(channels, "channel", "channels"), height + " × " + width + " pixels");
        }

        @Override
        public ObjectNode toJson() {
            return FieldJson.of(this)
                    .put("channels", channels)
                    .put("height", height)
                    .put("width", width);
        }
    }

    /**
     * One of several classes: its index from 0, a single number.
     *
     * @param names what the classes are called, by index
     */
    record Category(List<String> names) implements Field {
        /**
         * Copies and validates the names.
         *
         * @throws IllegalArgumentException if there are none, or two are the same
         */
        public Category {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("a category has at least one class");
            }
            if (new HashSet<>(names).size() < names.size()) {
                throw new IllegalArgumentException("a category's classes have different names; got " + names);
            }
        }

        @Override
        public Shape shape() {
            return Shape.of();
        }

        @Override
        public Set<DType> dtypes() {
            return EnumSet.of(DType.INT64);
        }

        @Override
        public String kind() {
            return "category";
        }

        @Override
        public List<String> traits() {
            return List.of(counted(names.size(), "class", "classes"));
        }

        @Override
        public ObjectNode toJson() {
            return FieldJson.of(this).set("names", FieldJson.texts(names));
        }
    }

    /** Real numbers in columns, each with a unit of its own. They are stored as they were given. */
    sealed interface Measured extends Field permits Table, Frames {
        /** What brings the columns to one scale; none if they are taken as they are. */
        Optional<Statistics> statistics();

        /** The same field, its columns brought to one scale. */
        Field with(Statistics fitted);
    }

    /**
     * A row of real numbers, [columns].
     *
     * @param names what the columns are called
     * @param statistics by which the columns are brought to one scale
     */
    record Table(List<String> names, Optional<Statistics> statistics) implements Measured {
        /**
         * Copies and validates.
         *
         * @throws IllegalArgumentException if there are no columns, or two of one name, or statistics of other columns
         */
        public Table {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("a table has at least 1 column; got 0");
            }
            if (new HashSet<>(names).size() < names.size()) {
                throw new IllegalArgumentException("a table's columns have different names; got " + names);
            }
            requireSize(statistics, names.size());
        }

        /** Columns that are called c0, c1 and so on. */
        public Table(int columns) {
            this(IntStream.range(0, columns).mapToObj(i -> "c" + i).toList(), Optional.empty());
        }

        /** How many columns there are. */
        public int columns() {
            return names.size();
        }

        @Override
        public Shape shape() {
            return Shape.of(columns());
        }

        @Override
        public Set<DType> dtypes() {
            return EnumSet.of(DType.FLOAT32);
        }

        @Override
        public String kind() {
            return "table";
        }

        @Override
        public List<String> traits() {
            return List.of(counted(columns(), "column", "columns"));
        }

        @Override
        public Table with(Statistics fitted) {
            return new Table(names, Optional.of(fitted));
        }

        @Override
        public ObjectNode toJson() {
            return FieldJson.with(statistics, FieldJson.of(this).set("names", FieldJson.texts(names)));
        }
    }

    /** A sequence, whose length differs from one observation to the next. Rows are stored padded behind with 0. */
    sealed interface Ragged extends Field permits Tokens, Frames {
        /** The length of the longest sequence, and of every row that is stored. */
        int longest();
    }

    /**
     * A sentence: the numbers of its words, and {@link Vocabulary#END} as the last, [longest].
     *
     * @param vocabulary the words
     * @param longest the number of tokens of the longest sentence, with its end
     */
    record Tokens(Vocabulary vocabulary, int longest) implements Ragged {
        /**
         * Validates the length.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Tokens {
            if (longest < 1) {
                throw new IllegalArgumentException("a sentence has at least 1 token, its end; got " + longest);
            }
        }

        @Override
        public Shape shape() {
            return Shape.of(longest);
        }

        @Override
        public Set<DType> dtypes() {
            return EnumSet.of(DType.INT64);
        }

        @Override
        public String kind() {
            return "tokens";
        }

        @Override
        public List<String> traits() {
            return List.of(vocabulary.toString(), "sentences of up to " + longest + " tokens");
        }

        @Override
        public List<String> names() {
            return vocabulary.words().stream().map(Vocabulary.Word::text).toList();
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode json = FieldJson.of(this).put("longest", longest);
            vocabulary.tokeniser().writeTo(json);
            json.set("words", FieldJson.texts(names()));
            ArrayNode counts = json.putArray("counts");
            vocabulary.words().forEach(word -> counts.add(word.count()));
            return json;
        }
    }

    /**
     * Measurements at even steps of time, as of a sound, [longest, channels].
     *
     * @param channels how many numbers are measured at once
     * @param longest the number of frames of the longest sequence
     * @param rateHz the number of frames in a second
     * @param statistics by which the channels are brought to one scale
     * @param analysis which made them of waves, and by which they become waves again; none if they are something else
     */
    record Frames(
            int channels, int longest, double rateHz, Optional<Statistics> statistics, Optional<MelAnalysis> analysis)
            implements Ragged, Measured {
        /**
         * Validates the sizes.
         *
         * @throws IllegalArgumentException if one is not positive, or the statistics or the analysis are of other channels
         */
        public Frames {
            if (channels < 1 || longest < 1 || !(rateHz > 0) || Double.isInfinite(rateHz)) {
                throw new IllegalArgumentException(
                        "a sequence has at least 1 frame of 1 channel, some of them in a second;" + " got " + longest
                                + " of " + channels + ", " + rateHz + " Hz");
            }
            requireSize(statistics, channels);
            int size = channels;
            analysis.filter(made -> made.bands() != size).ifPresent(made -> {
                throw new IllegalArgumentException(
                        "an analysis in " + made.bands() + " bands for " + size + " channels");
            });
        }

        /** Channels that are no spectra. */
        public Frames(int channels, int longest, double rateHz, Optional<Statistics> statistics) {
            this(channels, longest, rateHz, statistics, Optional.empty());
        }

        /** The fewest samples in a second that are heard as a sound. */
        private static final double SLOWEST_WAVE = 4_000;

        /** Whether the channels are the samples of a wave one after the other, several at each step. */
        public boolean isWave() {
            return analysis.isEmpty() && channels > 1 && channels * rateHz >= SLOWEST_WAVE;
        }

        /** Channels that are taken as they are. */
        public Frames(int channels, int longest, double rateHz) {
            this(channels, longest, rateHz, Optional.empty());
        }

        /** Spectra of waves. */
        public Frames(MelAnalysis analysis, int longest) {
            this(analysis.bands(), longest, analysis.framesPerSecond(), Optional.empty(), Optional.of(analysis));
        }

        @Override
        public Shape shape() {
            return Shape.of(longest, channels);
        }

        @Override
        public Set<DType> dtypes() {
            return EnumSet.of(DType.FLOAT32);
        }

        @Override
        public String kind() {
            return "frames";
        }

        @Override
        public List<String> traits() {
            return List.of(
                    counted(channels, "channel", "channels"),
                    "sequences of up to " + longest + " frames",
                    rateHz + " Hz",
                    analysis.map(MelAnalysis::toString).orElse("no analysis of waves"));
        }

        @Override
        public Frames with(Statistics fitted) {
            return new Frames(channels, longest, rateHz, Optional.of(fitted), analysis);
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode json = FieldJson.of(this).put("channels", channels).put("longest", longest);
            analysis.ifPresent(made -> json.set("analysis", made.toJson()));
            return FieldJson.with(statistics, json.put("rateHz", rateHz));
        }
    }

    private static void requireSize(Optional<Statistics> statistics, int columns) {
        statistics.map(Statistics::columns).filter(size -> size != columns).ifPresent(size -> {
            throw new IllegalArgumentException("statistics of " + size + " columns for " + columns);
        });
    }
}
