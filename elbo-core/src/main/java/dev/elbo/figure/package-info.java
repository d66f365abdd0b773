/**
 * What a person looks at: images, curves and numbers come in from a model or from a run's files, and go out as PNG
 * files and one self-contained {@code report.html}. No native library is needed, nor a display, nor (for figures
 * without their labels) a font.
 */
@NullMarked
package dev.elbo.figure;

import org.jspecify.annotations.NullMarked;
