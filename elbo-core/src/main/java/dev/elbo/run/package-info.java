/**
 * A run: the directory that holds a configuration, its checkpoints, metrics, figures and report.
 */
@NullMarked
package dev.elbo.run;

import org.jspecify.annotations.NullMarked;
