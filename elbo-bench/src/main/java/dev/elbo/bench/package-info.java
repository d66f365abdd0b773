/** Benchmarks: from a model and its settings to steps a second and samples a second. */
@NullMarked
package dev.elbo.bench;

import org.jspecify.annotations.NullMarked;
