/**
 * One file for each published variant: a record whose components are its options, which composes the parts.
 */
@NullMarked
package dev.elbo.recipe;

import org.jspecify.annotations.NullMarked;
