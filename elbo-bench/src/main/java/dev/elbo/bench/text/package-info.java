/** Measures of text, and judges of it: from sentences, as lists of words, to figures that published tables have. */
@NullMarked
package dev.elbo.bench.text;

import org.jspecify.annotations.NullMarked;
