package dev.elbo.pronunciation;

import java.util.List;

/** Chinese characters as Mandarin has them, other words as English. */
record MandarinWords(Words hanzi, Words latin) implements Words {
    MandarinWords(Lexicon own) {
        this(new Hanzi(own), new EnglishWords(own));
    }

    @Override
    public List<String> phones(String word) {
        return (MandarinGrammar.isChinese(word) ? hanzi : latin).phones(word);
    }
}
