/**
 * The threads that share out one operation, and how its entries are cut. Internal: {@code dev.elbo.tensor} and the packages
 * beside this one use it, and nothing else does.
 */
@NullMarked
package dev.elbo.tensor.team;

import org.jspecify.annotations.NullMarked;
