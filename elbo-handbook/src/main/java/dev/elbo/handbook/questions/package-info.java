/** Chapter 9: questions that are often asked, each with an experiment. */
@NullMarked
package dev.elbo.handbook.questions;

import org.jspecify.annotations.NullMarked;
