package dev.elbo.handbook.background;

import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Timeline;
import dev.elbo.handbook.draw.Timeline.Event;
import dev.elbo.handbook.draw.Words;
import java.util.List;
import java.util.Map;

/** Generative models by the year of the first version on arXiv; without a number there, by the year of the journal or conference. */
public final class History implements Experiment {
    private static final Ink UNDIRECTED = Ink.SLATE;
    private static final Ink VARIATIONAL = Ink.ORANGE;
    private static final Ink OTHER = Ink.BLUE;

    private static final List<Event> EVENTS = List.of(
            new Event(1985, Words.of("Boltzmann machine", "玻尔兹曼机"), "Ackley, Hinton & Sejnowski", UNDIRECTED),
            new Event(1995, Words.of("Helmholtz machine", "亥姆霍兹机"), "Dayan, Hinton, Neal & Zemel", VARIATIONAL),
            new Event(2006, Words.of("Deep belief network", "深度信念网络"), "Hinton, Osindero & Teh", UNDIRECTED),
            new Event(2008, Words.of("Denoising autoencoder", "去噪自编码器"), "Vincent et al.", OTHER),
            new Event(2013, Words.of("Variational autoencoder", "变分自编码器"), "Kingma & Welling, 1312.6114", VARIATIONAL),
            new Event(
                    2014,
                    Words.of("Deep latent Gaussian models", "深度潜高斯模型"),
                    "Rezende, Mohamed & Wierstra, 1401.4082",
                    VARIATIONAL),
            new Event(2014, Words.of("Generative adversarial net", "生成对抗网络"), "Goodfellow et al., 1406.2661", OTHER),
            new Event(2015, Words.of("Diffusion", "扩散模型"), "Sohl-Dickstein et al., 1503.03585", OTHER),
            new Event(2015, Words.of("Normalising flows", "归一化流"), "Rezende & Mohamed, 1505.05770", VARIATIONAL),
            new Event(2015, Words.of("Importance-weighted VAE", "重要性加权 VAE"), "Burda et al., 1509.00519", VARIATIONAL),
            new Event(
                    2016,
                    Words.of("PixelRNN, PixelCNN", "PixelRNN 与 PixelCNN"),
                    "van den Oord et al., 1601.06759",
                    OTHER),
            new Event(2017, Words.same("β-VAE"), "Higgins et al., ICLR", VARIATIONAL),
            new Event(2017, Words.same("VQ-VAE"), "van den Oord et al., 1711.00937", VARIATIONAL),
            new Event(
                    2020, Words.of("Denoising diffusion (DDPM)", "去噪扩散（DDPM）"), "Ho, Jain & Abbeel, 2006.11239", OTHER),
            new Event(2020, Words.same("NVAE, VDVAE"), "Vahdat & Kautz, 2007.03898; Child, 2011.10650", VARIATIONAL),
            new Event(2021, Words.of("Latent diffusion", "潜扩散模型"), "Rombach et al., 2112.10752", VARIATIONAL));

    @Override
    public String name() {
        return "timeline";
    }

    @Override
    public Finding run(Effort effort) {
        Sheet sheet = Sheet.of(
                Words.of(
                        "A line of years from 1985, the Boltzmann machine, to 2021, latent diffusion; the VAE of 2013 is followed by"
                                + " most of the others within eight years.",
                        "一条年代线：从 1985 年的玻尔兹曼机到 2021 年的潜扩散模型；2013 年的 VAE 之后，其余大多在八年内出现。"),
                new Timeline(Words.of("Generative models, by first appearance", "生成模型年表（按首次发表）"), EVENTS));
        return new Finding(sheet.sized(560, 470), Map.of("entries", (double) EVENTS.size()));
    }
}
