@NullMarked
package dev.elbo.handbook.pages;

import org.jspecify.annotations.NullMarked;
