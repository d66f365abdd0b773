package dev.elbo.bench.speech;

import dev.elbo.sound.Wave;

/** A speaker that says a text: a trained model, say. */
@FunctionalInterface
public interface Speaker {
    /**
     * Says a text.
     *
     * @param text as people write it
     * @param voice one of its voices
     * @param temperature 0 for the most usual way to say it, 1 for one as likely as the model has them
     * @param seed another one, another way
     */
    Wave say(String text, String voice, double temperature, long seed);
}
