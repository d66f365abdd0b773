package dev.elbo.pronunciation;

import java.util.List;

/** How the words of a language sound. */
@FunctionalInterface
interface Words {
    /** The phones of a word; none if it has no sound. */
    List<String> phones(String word);
}
