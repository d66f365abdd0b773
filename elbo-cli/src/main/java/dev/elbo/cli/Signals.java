package dev.elbo.cli;

import java.lang.reflect.Proxy;

/**
 * Signals of the operating system, through the JDK's {@code sun.misc.Signal}. It is asked for by its name:
 * the compiler warns of it in a way that cannot be turned off, although it is there to stay until something
 * takes its place (JEP 260).
 */
final class Signals {
    private Signals() {}

    /**
     * Has a signal handled from now on; does nothing where the platform has no such signal, or leaves it to
     * somebody else.
     *
     * @param name without SIG, as in {@code INT}
     * @param action called on a thread of its own each time the signal comes
     */
    static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object calling = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), calling);
        } catch (ReflectiveOperationException unsupported) {
            return; // the signal does what it does by default
        }
    }
}
