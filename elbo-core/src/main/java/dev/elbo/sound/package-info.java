/**
 * Recordings: from a sound file to a wave, from waves to log-mel spectra, and from such spectra back to a wave that can be heard.
 */
@NullMarked
package dev.elbo.sound;

import org.jspecify.annotations.NullMarked;
