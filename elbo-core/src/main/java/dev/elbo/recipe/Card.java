package dev.elbo.recipe;

/**
 * What people want to know of a recipe before they choose it.
 *
 * @param group what it is one of
 * @param when to use it, in one line
 * @param equation what is minimised or modelled, as text
 * @param source paper, equation and where to find it
 */
public record Card(Group group, String when, String equation, String source) {

    /** Kinds of recipes, in the order in which they are listed. */
    public enum Group {
        /** The variational autoencoder. */
        VAE("the variational autoencoder"),
        /** Without a distribution over codes, or with one that is only matched. */
        AUTOENCODER("autoencoders"),
        /** Tighter bounds or other divergences. */
        BOUND("bounds"),
        /** How much the code may say. */
        CONTROL("control of the rate"),
        /** Dimensions of the code that mean something by themselves. */
        DISENTANGLEMENT("disentanglement"),
        /** Several latents, one above another. */
        HIERARCHY("hierarchies"),
        /** Codes in the place of real numbers. */
        DISCRETE("discrete codes"),
        /** Classes that are given, learned from few labels, or found. */
        CLASSES("classes and conditions"),
        /** With a network that judges beside the model. */
        CRITIC("with a critic"),
        /** Sentences. */
        TEXT("text"),
        /** Recorded voices. */
        SPEECH("speech");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        /** As a heading. */
        public String title() {
            return title;
        }
    }
}
