package dev.elbo.tensor;

import dev.elbo.tensor.team.Team;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The parameters of a model in one flat buffer, and their gradients in another: each parameter becomes
 * a view of its part. One kernel then clears all gradients, measures their norm or updates all
 * parameters.
 */
public final class ParameterBuffer {
    /** Parts begin on cache lines: 64 bytes. */
    private static final int ALIGNMENT = 16;

    private final Scope home = Scope.current();
    private final Map<String, Tensor> parameters;
    private final Tensor values;
    private final Tensor gradients;

    /**
     * Moves the parameters' storage into new buffers, which live in the current scope.
     *
     * @param parameters by name; FLOAT32, on one device
     * @throws IllegalArgumentException if there is none, or one is not FLOAT32
     */
    public ParameterBuffer(Map<String, Tensor> parameters) {
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("there is no parameter to train");
        }
        parameters.forEach(ParameterBuffer::requireFloat);
        this.parameters = new LinkedHashMap<>(parameters);
        Device device = parameters.values().iterator().next().device();
        this.values = Tensor.zeros(device, length(parameters));
        this.gradients = values.zerosLike();
        try (Scope temporary = Scope.open("flatten parameters");
                GradientMode off = GradientMode.off()) {
            split(values)
                    .forEach((name, view) -> parameter(name)
                            .handle()
                            .set_data(view.assign(parameter(name)).handle()));
            split(gradients)
                    .forEach((name, view) ->
                            parameter(name).handle().mutable_grad().put(view.handle()));
        }
    }

    private ParameterBuffer(Map<String, Tensor> parameters, Tensor values) {
        this.parameters = new LinkedHashMap<>(parameters);
        this.values = values;
        this.gradients = values.zerosLike();
        try (Scope temporary = Scope.open("flatten gradients")) {
            split(gradients)
                    .forEach((name, view) ->
                            parameter(name).handle().mutable_grad().put(view.handle()));
        }
    }

    /**
     * That of another tree with the same values: of parameters that are views of these, and have gradients of their own.
     *
     * @param copies by the same names, in the same order
     */
    public ParameterBuffer of(Map<String, Tensor> copies) {
        if (!List.copyOf(copies.keySet()).equals(List.copyOf(parameters.keySet()))) {
            throw new IllegalArgumentException(
                    "Bug: a copy has the parameters " + copies.keySet() + ", and not " + parameters.keySet());
        }
        return new ParameterBuffer(copies, values);
    }

    private ParameterBuffer(Map<String, Tensor> parameters, Tensor values, Tensor gradients) {
        this.parameters = new LinkedHashMap<>(parameters);
        this.values = values;
        this.gradients = gradients;
    }

    /**
     * The first of these parameters, and the others, as buffers that are views of these: to be moved apart.
     *
     * @param first how many, of all but the last at most
     */
    public List<ParameterBuffer> apart(int first) {
        Map<String, Tensor> head = new LinkedHashMap<>();
        Map<String, Tensor> tail = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> (head.size() < first ? head : tail).put(name, parameter));
        long end = length(head);
        return List.of(part(head, 0, end), part(tail, end, values.size(0) - end));
    }

    private ParameterBuffer part(Map<String, Tensor> some, long from, long length) {
        return new ParameterBuffer(some, values.narrow(0, from, length), gradients.narrow(0, from, length));
    }

    /** Frees these views of other buffers, which stay. */
    public void release() {
        home.release(values);
        home.release(gradients);
    }

    /** Adds the gradients of copies to these, in their order. Each thread takes a slice. */
    public void addGradients(List<ParameterBuffer> copies) {
        long size = gradients.size(0);
        int parts = Team.parts(gradients.device().kind() == Device.Kind.CPU);
        Team.share(
                size,
                parts,
                slice -> copies.forEach(
                        copy -> slice.of(gradients.handle(), 0).add_(slice.of(copy.gradients.handle(), 0))));
    }

    private Tensor parameter(String name) {
        return Objects.requireNonNull(parameters.get(name));
    }

    private static void requireFloat(String name, Tensor parameter) {
        if (parameter.dtype() != DType.FLOAT32) {
            throw new IllegalArgumentException("parameter '" + name + "' is " + parameter + "; FLOAT32 was expected");
        }
    }

    private static long length(Map<String, Tensor> parameters) {
        return parameters.values().stream().mapToLong(ParameterBuffer::length).sum();
    }

    private static long length(Tensor parameter) {
        return (parameter.shape().elements() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** All parameters, [P], with zeros between them. */
    public Tensor values() {
        return values;
    }

    /** All gradients, [P]. */
    public Tensor gradients() {
        return gradients;
    }

    /** The number of parameters, without padding. */
    public long count() {
        return parameters.values().stream()
                .mapToLong(parameter -> parameter.shape().elements())
                .sum();
    }

    /** Frees the gradients: the parameters stay where they are, and have none any more. */
    public void freeGradients() {
        try (org.bytedeco.pytorch.Tensor none = new org.bytedeco.pytorch.Tensor()) {
            parameters
                    .values()
                    .forEach(parameter -> parameter.handle().mutable_grad().put(none));
        }
        home.release(gradients);
    }

    /** Sets all gradients to 0; {@link Tensor#backward()} adds to them. */
    public void clearGradients() {
        long size = gradients.size(0);
        int parts = Team.parts(gradients.device().kind() == Device.Kind.CPU);
        Team.share(size, parts, slice -> slice.of(gradients.handle(), 0).zero_());
    }

    /**
     * Scales the gradients down so that their norm over all parameters is at most {@code maxNorm}.
     *
     * @return the norm before, of rank 0
     * @throws IllegalArgumentException if {@code maxNorm} is not positive
     */
    public Tensor clipGradients(double maxNorm) {
        if (!(maxNorm > 0)) {
            throw new IllegalArgumentException("gradients are clipped to a positive norm; got " + maxNorm);
        }
        Tensor norm = gradients.norm();
        Tensor limit = norm.zerosLike().fill(maxNorm);
        gradients.timesInPlace(limit.over(norm.maximum(limit)));
        return norm;
    }

    /** Views of a buffer laid out as this one, by parameter: of an optimizer's moments, say. */
    public Map<String, Tensor> split(Tensor buffer) {
        Map<String, Tensor> parts = new LinkedHashMap<>();
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : parameters.entrySet()) {
            Shape shape = entry.getValue().shape();
            parts.put(entry.getKey(), buffer.narrow(0, offset, shape.elements()).reshape(shape));
            offset += length(entry.getValue());
        }
        return parts;
    }
}
