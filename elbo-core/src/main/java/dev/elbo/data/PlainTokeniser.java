package dev.elbo.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A tokeniser that learns nothing from the text. */
enum PlainTokeniser implements Tokeniser {
    WORDS {
        @Override
        public List<String> split(String sentence) {
            return Words.of(sentence);
        }

        @Override
        public String join(List<String> tokens) {
            return Words.join(tokens);
        }
    },

    SPACES {
        @Override
        public List<String> split(String sentence) {
            return Spaces.words(sentence);
        }

        @Override
        public String join(List<String> tokens) {
            return String.join(" ", tokens);
        }
    },

    CHARACTERS {
        @Override
        public List<String> split(String sentence) {
            return Spaces.characters(sentence);
        }

        @Override
        public String join(List<String> tokens) {
            return Spaces.joinedCharacters(tokens);
        }
    },

    JIEBA {
        @Override
        public List<String> split(String sentence) {
            return Jieba.words(sentence);
        }

        @Override
        public String join(List<String> tokens) {
            return Words.join(tokens);
        }
    };

    /** Its name in settings and files: {@code words}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names, with commas between them. */
    static String names() {
        return Stream.of(values()).map(PlainTokeniser::toString).collect(Collectors.joining(", "));
    }

    @Override
    public List<String> units(String sentence) {
        return split(sentence);
    }

    @Override
    public List<String> tokens(String unit) {
        return List.of(unit);
    }

    @Override
    public Vocabulary vocabulary(Map<String, Long> units, int most, int minCount) {
        return Vocabulary.of(units, most, minCount, this);
    }

    @Override
    public void writeTo(ObjectNode json) {
        json.put("tokens", toString());
    }
}
