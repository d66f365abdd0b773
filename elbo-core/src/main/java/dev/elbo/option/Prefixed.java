package dev.elbo.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Puts a word and a dot before the names of a group's options, so that two groups may have options of one name.
 *
 * <pre>{@code
 * record Hierarchy(Mlp networks, @Prefixed("prior") Mlp prior) {}   // --set hidden=512 --set prior.hidden=64
 * }</pre>
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Prefixed {
    /** The word. */
    String value();
}
