package dev.elbo.handbook.concepts;

import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Diagram;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import java.util.Map;

/** The VAE as a graphical model: with a plate, and unrolled for three examples, with the amortised posterior in dashes. */
public final class VaeGraph implements Experiment {
    @Override
    public String name() {
        return "vae-graph";
    }

    @Override
    public Finding run(Effort effort) {
        Diagram plate = Diagram.titled(Words.of("With a plate over N examples", "N 个样本的盘式记法"))
                .plate(0.2, 0.06, 0.72, 0.94, Words.same("n = 1 … N"))
                .latent("z", 0.46, 0.24, Words.same("z"))
                .observed("x", 0.46, 0.72, Words.same("x"))
                .box("theta", 0.88, 0.72, Ink.GREEN, Words.same("θ"))
                .box("phi", 0.07, 0.24, Ink.ORANGE, Words.same("φ"))
                .arrow("z", "x", Ink.TEXT, Words.same("p(x|z)"))
                .arrow("theta", "x", Ink.GREEN, Words.same(""))
                .arrow("phi", "z", Ink.ORANGE, Words.same(""))
                .dashed("x", "z", Ink.ORANGE, Words.same("q(z|x)"));
        Diagram unrolled = Diagram.titled(Words.of("Unrolled: one encoder for all", "展开：所有样本共用一个编码器"))
                .box("theta", 0.5, 0.93, Ink.GREEN, Words.of("decoder θ", "解码器 θ"))
                .box("phi", 0.5, 0.07, Ink.ORANGE, Words.of("encoder φ", "编码器 φ"));
        for (int n = 1; n <= 3; n++) {
            double across = 0.5 + 0.34 * (n - 2);
            String index = Character.toString('₀' + n);
            unrolled.latent("z" + n, across, 0.32, Words.same("z" + index))
                    .observed("x" + n, across, 0.67, Words.same("x" + index))
                    .arrow("z" + n, "x" + n)
                    .dashed("x" + n, "z" + n, Ink.ORANGE, Words.same(""))
                    .arrow("theta", "x" + n, Ink.GREEN, Words.same(""))
                    .arrow("phi", "z" + n, Ink.ORANGE, Words.same(""));
        }
        Sheet sheet = Sheet.of(
                Words.of(
                        "Two drawings of one graph: a latent z points to an observed x with parameters θ of the decoder, and a"
                                + " dashed arrow leads back from x to z with parameters φ of the encoder, for each of N examples.",
                        "同一个图的两种画法：潜变量 z 指向观测 x，参数为解码器的 θ；虚线箭头由 x 回到 z，参数为编码器的 φ；对 N 个样本逐一重复。"),
                plate,
                unrolled);
        return new Finding(sheet.sized(370, 300), Map.of());
    }
}
