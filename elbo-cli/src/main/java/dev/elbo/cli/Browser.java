package dev.elbo.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The user's browser. */
final class Browser {
    private Browser() {}

    /** Shows a page in it; whether it could be started. Java's own way needs a desktop's libraries, which the launcher leaves out. */
    static boolean show(String link) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        boolean hasScreen = system.contains("mac")
                || system.contains("win")
                || System.getenv("DISPLAY") != null
                || System.getenv("WAYLAND_DISPLAY") != null;
        List<String> command = system.contains("mac")
                ? List.of("open", link)
                : system.contains("win")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", link)
                        : List.of("xdg-open", link);
        try {
            if (hasScreen) {
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
            }
            return hasScreen;
        } catch (IOException none) {
            return false;
        }
    }
}
