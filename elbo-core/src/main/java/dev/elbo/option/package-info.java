/**
 * Records as sets of named options: the one declaration from which command lines, configuration files
 * and checkpoints' metadata are read and written.
 */
@NullMarked
package dev.elbo.option;

import org.jspecify.annotations.NullMarked;
