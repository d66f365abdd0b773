package dev.elbo.handbook.practice;

import dev.elbo.figure.Ink;
import dev.elbo.handbook.draw.Diagram;
import dev.elbo.handbook.draw.Words;
import java.util.List;
import java.util.Locale;

/** Encoder and decoder as two columns of layers, the encoder read downwards, the decoder upwards. */
final class NetworkDrawing {
    private static final double LEFT = 0.27;
    private static final double RIGHT = 0.73;

    private NetworkDrawing() {}

    /**
     * Draws them.
     *
     * @param given what both are given beside image and code; none for the plain VAE
     */
    static Diagram of(Words title, Layers layers, int latents, List<Words> given) {
        Diagram diagram = Diagram.titled(title);
        List<String> encoder = layers.of("posterior");
        List<String> decoder = layers.of("likelihood");
        String y = given.isEmpty() ? "" : ", y";
        diagram.box("x", LEFT, 0.08, Ink.BLUE, Words.same("x\n[B, 1, 28, 28]"));
        diagram.box(
                "p",
                RIGHT,
                0.08,
                Ink.ORANGE,
                Words.of("p(x|z" + y + "): logits\n[B, 1, 28, 28]", "p(x|z" + y + ") 的 logits\n[B, 1, 28, 28]"));
        for (int i = 0; i < encoder.size(); i++) {
            diagram.box("e" + i, LEFT, 0.27 + 0.19 * i, layer(layers, encoder.get(i)));
            diagram.box("d" + i, RIGHT, 0.27 + 0.19 * i, layer(layers, decoder.get(decoder.size() - 1 - i)));
        }
        diagram.box("q", LEFT, 0.87, Ink.BLUE, Words.same("q(z|x" + y + "): μ, log σ²\n[B, " + latents + "] ×2"));
        diagram.box("z", RIGHT, 0.87, Ink.ORANGE, Words.same("z\n[K, B, " + latents + "]"));
        diagram.arrow("x", "e0").arrow("e0", "e1").arrow("e1", "e2").arrow("e2", "q");
        diagram.arrow("q", "z", Ink.TEXT, Words.same("z = μ + σε"));
        diagram.arrow("z", "d2").arrow("d2", "d1").arrow("d1", "d0").arrow("d0", "p");
        given.forEach(words -> diagram.box("y", 0.5, 0.46, Ink.GREEN, words)
                .arrow("y", "e0", Ink.GREEN, Words.same(""))
                .arrow("y", "d2", Ink.GREEN, Words.same("")));
        return diagram;
    }

    private static Words layer(Layers layers, String name) {
        String count = String.format(Locale.ROOT, "%,d", layers.count(name));
        String from = "Linear " + layers.in(name) + " → " + layers.out(name) + "\n" + count;
        return Words.of(from + " parameters", from + " 个参数");
    }
}
