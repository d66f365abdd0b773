/**
 * From text to phones: a written sentence flows in, its numbers and abbreviations become words, its words become phones, and what nobody
 * can say is told. It sees text alone.
 */
@NullMarked
package dev.elbo.pronunciation;

import org.jspecify.annotations.NullMarked;
