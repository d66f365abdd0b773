package dev.elbo.tensor;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Three threads share the work of a test's operations, and as many as before afterwards. */
final class OnThreeThreads implements BeforeEachCallback, AfterEachCallback {
    private final int threads = Backend.threads();

    @Override
    public void beforeEach(ExtensionContext test) {
        Backend.setThreads(3);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Backend.setThreads(threads);
    }
}
