package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.likelihood.SentenceLikelihood;
import dev.elbo.model.WrittenFrom;
import dev.elbo.nn.Initializer;
import dev.elbo.option.About;
import java.util.List;

/** Networks that read the turns of a dialogue and write the next. */
record AnswerNetworks(
        WrittenNetworks networks,

        @About("how many of the turns before are read one by one, counted from the last")
        int lastTurns,

        @About("whether the words before are looked at while an answer is written, and copied")
        boolean copies,

        @About("whether an answer is also given its label, as a dialogue act")
        boolean labels) {
    static final String CONTEXT = "context";

    AnswerNetworks {
        if (lastTurns < 1) {
            throw new IllegalArgumentException("one turn is read or more; got lastTurns " + lastTurns);
        }
    }

    static AnswerNetworks standard() {
        return new AnswerNetworks(new WrittenNetworks(128, 256, 0.1), 5, false, false);
    }

    /** The fields that answers are given. */
    List<String> conditions() {
        return labels ? List.of(CONTEXT, WrittenFrom.LABEL) : List.of(CONTEXT);
    }

    /** The turns before, and the label where it is asked for. */
    WrittenFrom from(DataSpec data, Initializer initial) {
        Field.Tokens context = context(data);
        List<String> classes = WrittenNetworks.classes(data);
        if (labels && classes.isEmpty()) {
            throw new IllegalArgumentException("labels=true needs a field 'label', which data '" + data.name()
                    + "' do not have. Leave it out, or give dialogues with acts");
        }
        return networks.from(
                new WrittenFrom.OfField(CONTEXT),
                networks.turns(context, lastTurns, initial),
                labels ? classes.size() : 0,
                initial);
    }

    private static Field.Tokens context(DataSpec data) {
        if (data.fields().get(CONTEXT) instanceof Field.Tokens tokens) {
            return tokens;
        }
        throw new IllegalArgumentException(
                "data '" + data.name() + "' do not say what each text answers: give dialogues, a turn on"
                        + " each line and a blank line between them, and add --set turns=5; or a .tsv file whose first line names the"
                        + " columns 'source' and 'target'");
    }

    /** p(x | z, c, y). */
    SentenceLikelihood likelihood(DataSpec data, WrittenFrom from, long latents, Initializer initial) {
        return networks.likelihood(SentenceNetworks.tokens(data), from, latents, copies, initial);
    }
}
