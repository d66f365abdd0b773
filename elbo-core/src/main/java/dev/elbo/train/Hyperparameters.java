package dev.elbo.train;

import java.util.Map;

/**
 * The summaries of which TensorBoard makes its table of hyperparameters (its {@code plugins/hparams/plugin_data.proto}, and
 * {@code google/protobuf/struct.proto} for values).
 */
final class Hyperparameters {
    private static final int TAG = 1;
    private static final int TENSOR = 8;
    private static final int METADATA = 9;
    private static final int PLUGIN_DATA = 1;
    private static final int PLUGIN_NAME = 1;
    private static final int CONTENT = 2;
    private static final int SESSION_START = 3;
    private static final int SESSION_END = 4;
    private static final int SETTINGS = 1;
    private static final int GROUP_NAME = 4;
    private static final int START_TIME = 5;
    private static final int STATUS = 1;
    private static final int END_TIME = 2;
    private static final int SUCCESS = 1;
    private static final int FAILURE = 2;
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int NUMBER = 2;
    private static final int TEXT = 3;
    private static final int TRUTH = 4;

    /** TensorBoard wants a tensor in every summary, and looks at none of this plugin's: FLOAT32 of shape [0]. */
    private static final ProtocolBuffer NO_TENSOR =
            new ProtocolBuffer().integer(1, 1).message(2, new ProtocolBuffer().message(2, new ProtocolBuffer()));

    private Hyperparameters() {}

    static ProtocolBuffer begin(String name, Map<String, String> settings, double wallTime) {
        ProtocolBuffer session = new ProtocolBuffer();
        settings.forEach((setting, value) -> session.message(
                SETTINGS, new ProtocolBuffer().text(KEY, setting).message(VALUE, value(value))));
        session.text(GROUP_NAME, name).float64(START_TIME, wallTime);
        return summary("_hparams_/session_start_info", new ProtocolBuffer().message(SESSION_START, session));
    }

    static ProtocolBuffer end(boolean well, double wallTime) {
        ProtocolBuffer session =
                new ProtocolBuffer().integer(STATUS, well ? SUCCESS : FAILURE).float64(END_TIME, wallTime);
        return summary("_hparams_/session_end_info", new ProtocolBuffer().message(SESSION_END, session));
    }

    private static ProtocolBuffer summary(String tag, ProtocolBuffer content) {
        ProtocolBuffer plugin =
                new ProtocolBuffer().text(PLUGIN_NAME, "hparams").message(CONTENT, content);
        return new ProtocolBuffer()
                .text(TAG, tag)
                .message(TENSOR, NO_TENSOR)
                .message(METADATA, new ProtocolBuffer().message(PLUGIN_DATA, plugin));
    }

    private static ProtocolBuffer value(String text) {
        if (text.equals("true") || text.equals("false")) {
            return new ProtocolBuffer().integer(TRUTH, text.equals("true") ? 1 : 0);
        }
        try {
            return new ProtocolBuffer().float64(NUMBER, Double.parseDouble(text));
        } catch (NumberFormatException words) {
            return new ProtocolBuffer().text(TEXT, text);
        }
    }
}
