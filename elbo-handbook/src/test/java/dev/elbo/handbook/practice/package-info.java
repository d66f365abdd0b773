@NullMarked
package dev.elbo.handbook.practice;

import org.jspecify.annotations.NullMarked;
