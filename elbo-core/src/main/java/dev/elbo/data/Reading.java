package dev.elbo.data;

import dev.elbo.option.About;
import java.nio.file.Path;

/**
 * How the user's own files are to be read. Each kind of file looks at what concerns it.
 *
 * @param imageSize the size to which images are cropped and resized, or as they are
 * @param ground what transparent pictures are laid on
 * @param skipBroken whether pictures that cannot be read are left out
 * @param pixelRange which numbers of an array are black and white, or as its numbers suggest
 * @param longest the number of words in the longest sentence of a text that is kept; longer ones are left out
 * @param maxWords how many different words a text may have; the rarest are read as {@link Vocabulary#UNKNOWN}
 * @param minCount how often a word must occur to be told from others
 * @param tokens what the words of a text are
 * @param turns how many turns of a dialogue an answer has as its context, at most; 0 where a text is of sentences
 * @param sound how recordings are read
 * @param pictures how published sets of pictures are read
 */
public record Reading(
        @About("crop and resize the images of a folder to N, or to WIDTHxHEIGHT; 0 takes them as they are")
        ImageSize imageSize,

        @About("what transparent pictures are laid on: white, black or a colour as #ff8000")
        Ground ground,

        @About("leave out pictures that cannot be read, rather than refuse them all")
        boolean skipBroken,

        @About(
                "which numbers of an array are black and white, as in 0:65535; auto finds out, and a run keeps what was found")
        PixelRange pixelRange,

        @About(
                "words of the longest sentence that is kept of a text; 200 where they are phones, and nothing else is said")
        int longest,

        @About("different words that are told apart in a text; rarer ones are read as <unk>")
        int maxWords,

        @About("how often a word must occur in a text to be told apart")
        int minCount,

        @About(
                "what the words of a text are: words; spaces, for text that was split before; characters; jieba, for Chinese;"
                        + " bpe(8000), for pieces of words; the path of a file tokenizer.json; or phones(en), what they sound like")
        Tokeniser tokens,

        @About("turns before an answer that are its context, in a text of dialogues; 0 takes a text for sentences")
        int turns,

        SoundReading sound,

        PictureReading pictures) {

    private static final int LONGEST = 30;
    private static final int LONGEST_OF_PHONES = 200; // 30 words of five phones, and pauses

    /**
     * Validates. A text of phones has sentences of up to 200 of them where nothing is said of that.
     *
     * @throws IllegalArgumentException if a number is below 1, or that of turns below 0
     */
    public Reading {
        if (turns < 0) {
            throw new IllegalArgumentException("turns of a dialogue are 0 or more; got " + turns);
        }
        if (longest < 1 || maxWords < 1 || minCount < 1) {
            throw new IllegalArgumentException("a text has sentences of up to " + longest + " words, and " + maxWords
                    + " different words that occur " + minCount + " times: all must be positive");
        }
        if (tokens instanceof Phones && longest == LONGEST) {
            longest = LONGEST_OF_PHONES;
        }
    }

    /** Images as they are; sentences of up to 30 words; 10,000 different words that occur twice or more. */
    public static Reading standard() {
        return new Reading(
                ImageSize.AS_IT_IS,
                Ground.WHITE,
                false,
                PixelRange.AUTO,
                LONGEST,
                10_000,
                2,
                Tokeniser.WORDS,
                0,
                SoundReading.standard(),
                PictureReading.standard());
    }

    /** The same, with images of a size, or as they are. */
    public Reading imageSize(ImageSize size) {
        return new Reading(
                size, ground, skipBroken, pixelRange, longest, maxWords, minCount, tokens, turns, sound, pictures);
    }

    /**
     * The same, with other limits for texts.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public Reading texts(int words, int different, int often) {
        return new Reading(
                imageSize, ground, skipBroken, pixelRange, words, different, often, tokens, turns, sound, pictures);
    }

    /** The same, with other words of texts. */
    public Reading tokens(Tokeniser words) {
        return new Reading(
                imageSize, ground, skipBroken, pixelRange, longest, maxWords, minCount, words, turns, sound, pictures);
    }

    /** The same, where texts are dialogues. */
    public Reading turns(int before) {
        return new Reading(
                imageSize,
                ground,
                skipBroken,
                pixelRange,
                longest,
                maxWords,
                minCount,
                tokens,
                before,
                sound,
                pictures);
    }

    /** The same, where recordings are read otherwise. */
    public Reading sound(SoundReading how) {
        return new Reading(
                imageSize, ground, skipBroken, pixelRange, longest, maxWords, minCount, tokens, turns, how, pictures);
    }

    /** The same, where published sets of pictures are read otherwise. */
    public Reading pictures(PictureReading how) {
        return new Reading(
                imageSize, ground, skipBroken, pixelRange, longest, maxWords, minCount, tokens, turns, sound, how);
    }

    /** The same, where pictures that cannot be read are left out. */
    public Reading skippingBroken() {
        return new Reading(
                imageSize, ground, true, pixelRange, longest, maxWords, minCount, tokens, turns, sound, pictures);
    }

    /** The same, where some numbers of an array are black and white. */
    public Reading pixelRange(PixelRange range) {
        return new Reading(
                imageSize, ground, skipBroken, range, longest, maxWords, minCount, tokens, turns, sound, pictures);
    }

    /**
     * That no image size is asked for, because there are no image files to resize.
     *
     * @throws IllegalArgumentException if one is
     */
    void requireNoImageSize(String nameOrPath) {
        if (imageSize.isChosen()) {
            throw new IllegalArgumentException(
                    "an image size can be chosen for a folder of pictures only; '" + nameOrPath + "' is none");
        }
    }

    void requireNoImageSize(Path path) {
        requireNoImageSize(path.toString());
    }

    /**
     * That no turns are asked for, because there are no dialogues.
     *
     * @throws IllegalArgumentException if they are
     */
    void requireNoTurns(String nameOrPath) {
        if (turns > 0) {
            throw new IllegalArgumentException(
                    "turns=" + turns + " is for dialogues in .txt files; leave it out for '" + nameOrPath + "'");
        }
    }
}
