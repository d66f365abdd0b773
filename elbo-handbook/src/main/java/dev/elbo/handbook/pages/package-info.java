/** What keeps the handbook's pages true: headings, links, numbers and quoted code; and the pages as HTML. */
@NullMarked
package dev.elbo.handbook.pages;

import org.jspecify.annotations.NullMarked;
