package dev.elbo.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.tensor.HostArray;
import java.util.Map;

/**
 * All that a training needs to go on as if it had not stopped, and all that use of the model needs.
 *
 * @param step the number of steps taken
 * @param score what was evaluated on the validation set, in nats, the lower the better; NaN if nothing was
 * @param model the weights to use: parameters and buffers by dotted path
 * @param training what only training needs: moments of the optimizer, weights before averaging
 * @param progress counters of the training, as JSON
 */
public record Checkpoint(
        long step, double score, Map<String, HostArray> model, Map<String, HostArray> training, ObjectNode progress) {}
