/** The browser studio: a server of runs and what their models make, and the pages that show it. From runs to JSON, pictures and events. */
@NullMarked
package dev.elbo.studio;

import org.jspecify.annotations.NullMarked;
