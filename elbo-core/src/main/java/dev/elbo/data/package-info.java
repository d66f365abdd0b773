/** What is observed: data sets flow in from files, and out as arrays in the JVM's memory. */
@NullMarked
package dev.elbo.data;

import org.jspecify.annotations.NullMarked;
