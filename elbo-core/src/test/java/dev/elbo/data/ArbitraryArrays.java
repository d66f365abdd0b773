package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arrays of any shape with up to four dimensions of up to five, and any bits. */
public final class ArbitraryArrays {
    private ArbitraryArrays() {}

    public static Arbitrary<HostArray> of(DType... dtypes) {
        Arbitrary<long[]> sizes =
                Arbitraries.longs().between(0, 5).array(long[].class).ofMaxSize(4);
        return Combinators.combine(Arbitraries.of(dtypes), sizes, Arbitraries.longs())
                .as(ArbitraryArrays::random);
    }

    private static HostArray random(DType dtype, long[] sizes, long seed) {
        Shape shape = Shape.of(sizes);
        byte[] bytes = new byte[(int) shape.elements() * dtype.bytes()];
        new Random(seed).nextBytes(bytes);
        return new HostArray(dtype, shape, ByteBuffer.wrap(bytes));
    }
}
