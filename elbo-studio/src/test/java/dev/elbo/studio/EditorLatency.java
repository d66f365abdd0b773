package dev.elbo.studio;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * From the pointer to the screen: how long after somebody moves a slider of the editor its picture is painted, in the system's Chromium.
 *
 * <pre>{@code
 * java -cp … dev.elbo.studio.EditorLatency LINK RUN MOVES
 * }</pre>
 *
 * A move's time begins with the time stamp of the pointer's event, and ends with the first task behind the frame in which the picture is
 * on its canvas. One move follows another when that is on the screen.
 */
final class EditorLatency {
    private static final int MOST_MOVES = 1000;
    private static final long PAUSE_MILLIS = 120;

    /** Notes when the pointer moves, and when the next picture has been painted. */
    private static final String WATCH = """
        (() => {
          window.painted = [];
          const slider = document.querySelector('.sliders input[type=range]');
          slider.scrollIntoView({block: 'center'});
          slider.addEventListener('pointermove', e => { if (e.buttons) window.moved ??= e.timeStamp; }, true);
          const put = CanvasRenderingContext2D.prototype.putImageData, channel = new MessageChannel();
          channel.port1.onmessage = e => window.painted.push(performance.now() - e.data);
          CanvasRenderingContext2D.prototype.putImageData = function (...rest) {
            put.apply(this, rest);
            if (!this.canvas.classList.contains('made') || window.moved === undefined) return;
            const since = window.moved;
            window.moved = undefined;
            requestAnimationFrame(() => channel.port2.postMessage(since));
          };
          const box = slider.getBoundingClientRect();
          return [box.x, box.y + box.height / 2, box.width];
        })()\
        """;

    private EditorLatency() {}

    public static void main(String[] words) throws IOException, InterruptedException {
        int moves = Integer.parseInt(words[2]);
        if (words.length != 3 || moves > MOST_MOVES) {
            throw new IllegalArgumentException("expected LINK RUN MOVES, at most " + MOST_MOVES + " of them");
        }
        try (Browser browser = Browser.start(Browser.program().orElseThrow())) {
            browser.tab().size(1280, 900, false);
            browser.go(words[0]).until("document.querySelector('main h1')");
            browser.value("location.hash = '#/run/" + words[1] + "/editor'");
            browser.until("document.querySelector('elbo-editor')?.made");
            tell(words[1], times(browser, moves));
        }
    }

    private static double[] times(Browser browser, int moves) throws IOException, InterruptedException {
        JsonNode box = browser.value(WATCH);
        double x = box.path(0).asDouble();
        double y = box.path(1).asDouble();
        double width = box.path(2).asDouble();
        browser.mouse("mousePressed", x + width / 2, y);
        for (int i = 1; i <= moves; i++) {
            browser.mouse("mouseMoved", x + width * (0.5 + 0.4 * Math.sin(i * 0.3)), y); // never where it was
            browser.until("painted.length >= " + i);
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        browser.mouse("mouseReleased", x + width / 2, y);
        return StreamSupport.stream(browser.value("painted").spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .sorted()
                .toArray();
    }

    private static void tell(String run, double[] sorted) throws IOException {
        System.out.println(String.format(
                Locale.ROOT,
                "%s, %d moves of a slider, from the pointer's event to the painted picture, ms: least %.0f, p10 %.0f,"
                        + " p25 %.0f, p50 %.0f, p95 %.0f, most %.0f",
                run,
                sorted.length,
                sorted[0],
                at(sorted, 0.1),
                at(sorted, 0.25),
                at(sorted, 0.5),
                at(sorted, 0.95),
                sorted[sorted.length - 1]));
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .orElse("an unknown processor");
        System.out.println(processor.replaceFirst(".*:\\s*", "") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores; load of the last minute "
                + Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    }

    private static double at(double[] sorted, double part) {
        return sorted[(int) (part * (sorted.length - 1))];
    }
}
