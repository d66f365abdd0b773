package dev.elbo.handbook;

import dev.elbo.handbook.draw.Sheet;
import java.util.Map;

/**
 * What an experiment found.
 *
 * @param sheet its figure
 * @param numbers what pages tell of it, by name
 */
public record Finding(Sheet sheet, Map<String, Double> numbers) {}
