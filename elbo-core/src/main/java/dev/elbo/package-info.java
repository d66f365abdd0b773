/**
 * The variational-autoencoder workbench: a model is a composition of prior, posterior, likelihood, objective and
 * networks, and data flows through it as drawn.
 *
 * <pre>
 *  data ──► posterior q(z|x,y) ──► z ──► likelihood p(x|z,y) ──► objective ──► train ──► checkpoint
 *                                   ▲                                                      │
 *                        prior p(z|y)                                  evaluate · generate · serve
 * </pre>
 */
@NullMarked
package dev.elbo;

import org.jspecify.annotations.NullMarked;
