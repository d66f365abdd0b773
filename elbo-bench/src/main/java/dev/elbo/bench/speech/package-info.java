/**
 * Judges of speech, trained on recordings alone: what is said, who says it, and how far its spectrum, pitch and length are from a
 * recording's. From waves, or their log-mel frames, to figures.
 */
@NullMarked
package dev.elbo.bench.speech;

import org.jspecify.annotations.NullMarked;
