package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The arrays of a file or folder on their way to becoming a data source.
 *
 * @param origin the file or folder, for messages
 * @param train what to learn from
 * @param test what to judge by, if there is any
 */
record LabelledArrays(String origin, Part train, Optional<Part> test) {

    /** The source of a spec that is known. */
    DataSource source(DataSpec spec) throws InvalidFileException {
        return source(spec, train.fields(), test.map(Part::fields));
    }

    /** The source of a spec that is read off the arrays; its classes are called by their numbers. */
    DataSource source(String name) throws InvalidFileException {
        Map<String, RowSource> trainFields = train.fields();
        Optional<Map<String, RowSource>> testFields = test.map(Part::fields);
        Map<String, Field> fields = new LinkedHashMap<>();
        trainFields.forEach((field, array) -> fields.put(field, kind(array, testFields.map(test -> test.get(field)))));
        return source(new DataSpec(name, fields, ""), trainFields, testFields);
    }

    private static Field kind(RowSource train, Optional<RowSource> test) {
        Shape shape = train.shape();
        return switch (shape.rank()) {
            case 4 -> new Field.Image((int) shape.size(1), (int) shape.size(2), (int) shape.size(3));
            case 2 -> new Field.Table((int) shape.size(1));
            default -> new Field.Category(classes(Stream.concat(Stream.of(train), test.stream())));
        };
    }

    private static List<String> classes(Stream<RowSource> labels) {
        long largest = labels.flatMapToLong(
                        array -> LongStream.of(array.toHost().toLongs()))
                .max()
                .orElse(0);
        return IntStream.rangeClosed(0, (int) largest)
                .mapToObj(Integer::toString)
                .toList();
    }

    private DataSource source(DataSpec spec, Map<String, RowSource> train, Optional<Map<String, RowSource>> test)
            throws InvalidFileException {
        try {
            return new DataSource(spec, new Split(train), test.map(Split::new));
        } catch (IllegalArgumentException misfit) { // the files' fault, not the caller's
            String problem = "holds arrays that do not fit together: " + misfit.getMessage();
            throw new InvalidFileException(origin, problem, "Give images and labels of one data set", misfit);
        }
    }

    /**
     * Observations, and the classes that they belong to if these are known.
     *
     * @param observations images or rows, as {@link NamedArray#asObservations} makes them
     * @param labels the number of a class for each, INT64 [N]
     */
    record Part(RowSource observations, Optional<HostArray> labels) {

        /** Of arrays as they were read. */
        static Part of(NamedArray observations, Optional<NamedArray> labels) throws InvalidFileException {
            HostArray array = observations.asObservations();
            return new Part(array, labels.isPresent() ? Optional.of(labels.get().asLabels()) : Optional.empty());
        }

        /** The fields, as {@link Split} wants them. */
        private Map<String, RowSource> fields() {
            Map<String, RowSource> fields = new LinkedHashMap<>();
            fields.put(observations.shape().rank() == 4 ? "image" : "row", observations);
            labels.ifPresent(array -> fields.put("label", array));
            return fields;
        }
    }
}
