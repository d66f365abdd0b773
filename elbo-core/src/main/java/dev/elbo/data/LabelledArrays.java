package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arrays of a file or folder on their way to becoming a data source.
 *
 * @param origin the file or folder, for messages
 * @param train what to learn from
 * @param validation what to choose by, if there is any
 * @param test what to judge by, if there is any
 * @param notes what was passed over, in sentences without a full stop
 */
record LabelledArrays(String origin, Part train, Optional<Part> validation, Optional<Part> test, List<String> notes) {
    private static final String TRAIN = "train";
    private static final String VALIDATION = "validation";
    private static final String TEST = "test";

    /** Arrays to learn from, and perhaps some to judge by; nothing was passed over. */
    LabelledArrays(String origin, Part train, Optional<Part> test) {
        this(origin, train, Optional.empty(), test, List.of());
    }

    /**
     * Observations, and what is said of them beside if anything is; each in one array or several that follow each other.
     *
     * @param observations images or rows
     * @param labels classes or numbers; none if nothing is said
     */
    record Part(List<NamedRows> observations, List<LabelArray> labels) {
        Part {
            observations = List.copyOf(observations);
            labels = List.copyOf(labels);
        }
    }

    private Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put(TRAIN, train);
        validation.ifPresent(part -> parts.put(VALIDATION, part));
        test.ifPresent(part -> parts.put(TEST, part));
        return parts;
    }

    /** The source of a spec that is known: its labels are the numbers of its classes. */
    DataSource source(DataSpec spec) throws InvalidFileException {
        Map<String, Map<String, RowSource>> splits = observed(Observations.of(arrays(), PixelRange.AUTO));
        for (Map.Entry<String, Part> part : parts().entrySet()) {
            List<HostArray> numbers = new ArrayList<>();
            for (LabelArray labels : part.getValue().labels()) {
                long[] classes = labels.array().numbers(labels.origin()).toLongs();
                numbers.add(HostArray.of(classes, classes.length));
            }
            if (!numbers.isEmpty()) {
                splits.getOrDefault(part.getKey(), Map.of()).put(Labelling.LABEL, HostArray.concat(numbers));
            }
        }
        return source(spec, splits, notes, PixelRange.AUTO);
    }

    /**
     * The source of a spec that is read off the arrays.
     *
     * @param known which numbers are black and white, if that is known already
     */
    DataSource source(String name, PixelRange known) throws InvalidFileException {
        List<String> all = new ArrayList<>(notes);
        Observations observations = Observations.of(arrays(), known);
        all.addAll(observations.notes(arrays()));
        Map<String, Map<String, RowSource>> splits = observed(observations);
        Map<String, Field> fields = new LinkedHashMap<>();
        splits.getOrDefault(TRAIN, Map.of()).forEach((field, array) -> fields.put(field, kind(array.shape())));

        Map<String, List<LabelArray>> said = new LinkedHashMap<>();
        parts().forEach((split, part) -> {
            if (!part.labels().isEmpty()) {
                said.put(split, part.labels());
            }
        });
        if (!said.isEmpty()) {
            Labelling labels = Labelling.of(said);
            all.addAll(labels.notes());
            if (said.containsKey(TRAIN)) {
                fields.put(labels.name(), labels.field());
            }
            labels.splits()
                    .forEach((split, array) ->
                            splits.getOrDefault(split, Map.of()).put(labels.name(), array));
        }
        return source(new DataSpec(name, fields, ""), splits, all, observations.toKeep());
    }

    private List<NamedRows> arrays() {
        return parts().values().stream()
                .flatMap(part -> part.observations().stream())
                .toList();
    }

    private static Field kind(Shape shape) {
        return shape.rank() == 4
                ? new Field.Image((int) shape.size(1), (int) shape.size(2), (int) shape.size(3))
                : new Field.Table((int) shape.size(1));
    }

    private Map<String, Map<String, RowSource>> observed(Observations observations) throws InvalidFileException {
        Map<String, Map<String, RowSource>> splits = new LinkedHashMap<>();
        for (Map.Entry<String, Part> part : parts().entrySet()) {
            RowSource observed = joined(observations, part.getValue().observations());
            Map<String, RowSource> fields = new LinkedHashMap<>();
            fields.put(observed.shape().rank() == 4 ? "image" : "row", observed);
            splits.put(part.getKey(), fields);
        }
        return splits;
    }

    private RowSource joined(Observations observations, List<NamedRows> arrays) throws InvalidFileException {
        List<RowSource> observed = new ArrayList<>();
        for (NamedRows array : arrays) {
            observed.add(observations.observed(array));
        }
        try {
            return observed.size() == 1 ? observed.get(0) : new JoinedRows(observed);
        } catch (IllegalArgumentException misfit) {
            String problem = "holds shards that do not fit together: " + misfit.getMessage();
            throw new InvalidFileException(origin, problem, "Give shards of one shape and type", misfit);
        }
    }

    private DataSource source(
            DataSpec spec, Map<String, Map<String, RowSource>> splits, List<String> said, PixelRange range)
            throws InvalidFileException {
        try {
            return new DataSource(
                    spec,
                    split(splits, TRAIN).orElseThrow(),
                    split(splits, VALIDATION),
                    split(splits, TEST),
                    said,
                    range);
        } catch (IllegalArgumentException misfit) { // the files' fault, not the caller's
            String problem = "holds arrays that do not fit together: " + misfit.getMessage();
            throw new InvalidFileException(origin, problem, "Give images and labels of one data set", misfit);
        }
    }

    private static Optional<Split> split(Map<String, Map<String, RowSource>> splits, String name) {
        return Optional.ofNullable(splits.get(name)).map(Split::new);
    }
}
