package dev.elbo.tensor;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/** Opens a scope around each test and the fields of its instance. */
public final class InAScope implements TestInstancePreConstructCallback, AfterEachCallback {
    private final Deque<Scope> scopes = new ArrayDeque<>();

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        scopes.push(Scope.open("test"));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        scopes.pop().close();
    }
}
