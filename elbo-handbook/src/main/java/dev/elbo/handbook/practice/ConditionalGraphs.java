package dev.elbo.handbook.practice;

import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Diagram;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import java.util.Map;

/** The VAE and the conditional VAE as graphical models, each beside its posterior. Sohn et al. (2015). */
public final class ConditionalGraphs implements Experiment {
    @Override
    public String name() {
        return "cvae-graph";
    }

    @Override
    public Finding run(Effort effort) {
        Sheet sheet = Sheet.of(
                Words.of(
                        "Left, the VAE: an arrow from z to x. Right, the conditional VAE: the observed y has arrows to z and to x as"
                                + " well, and the posterior is given x and y.",
                        "左：VAE，一条箭头从 z 指向 x。右：条件 VAE，观测到的 y 也指向 z 与 x，后验以 x 和 y 为条件。"),
                vae(),
                cvae());
        return new Finding(sheet.sized(300, 210), Map.of());
    }

    private static Diagram vae() {
        return Diagram.titled(Words.same("VAE"))
                .latent("z", 0.25, 0.5, Words.same("z"))
                .observed("x", 0.75, 0.5, Words.same("x"))
                .arrow("z", "x", Ink.TEXT, Words.same("p(x|z)"))
                .note(0.13, 0.3, Words.same("p(z)"))
                .note(0.5, 0.85, Ink.ORANGE, Words.of("posterior q(z|x)", "后验 q(z|x)"));
    }

    private static Diagram cvae() {
        return Diagram.titled(Words.of("Conditional VAE", "条件 VAE"))
                .latent("z", 0.25, 0.6, Words.same("z"))
                .observed("x", 0.75, 0.6, Words.same("x"))
                .observed("y", 0.5, 0.15, Words.same("y"))
                .arrow("z", "x", Ink.TEXT, Words.same("p(x|z, y)"))
                .arrow("y", "x")
                .arrow("y", "z")
                .note(0.22, 0.3, Words.same("p(z|y)"))
                .note(0.5, 0.9, Ink.ORANGE, Words.of("posterior q(z|x, y)", "后验 q(z|x, y)"));
    }
}
