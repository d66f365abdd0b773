package dev.elbo.data;

import dev.elbo.data.ImageListing.Purpose;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A recording, and what is said of it.
 *
 * @param file of the sound
 * @param name what messages call it
 * @param text what was said, if that is known
 * @param voice who speaks
 * @param purpose to learn from, to choose by or to judge by
 */
record Clip(Path file, String name, Optional<String> text, String voice, Purpose purpose) {}
