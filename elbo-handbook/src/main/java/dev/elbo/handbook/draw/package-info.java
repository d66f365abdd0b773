/** What figures of the handbook are drawn with: sheets of charts, diagrams and pictures, with words in both languages. */
@NullMarked
package dev.elbo.handbook.draw;

import org.jspecify.annotations.NullMarked;
