package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Path;

/** Reads pictures that can be brought to another size. */
record Resizable(DataSet.Opening opening) implements DataSet.Opening {
    @Override
    public DataSource open(Path folder, Reading options) throws IOException {
        return opening.open(folder, options);
    }

    @Override
    public boolean resizes() {
        return true;
    }
}
