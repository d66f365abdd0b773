package dev.elbo.pronunciation;

import com.github.houbb.pinyin.constant.enums.PinyinStyleEnum;
import com.github.houbb.pinyin.util.PinyinHelper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Chinese characters as syllables, by the words that they are parted into (the library pinyin of houbb), those of a lexicon of one's own
 * first, whose tones stay as they are. The tones of others change with their neighbours:
 *
 * <ul>
 *   <li>a third tone before a third is a second; in a row of them all but the last are;
 *   <li>不 and 一 have the second tone before a fourth, 一 else the fourth; not in ordinals and digits;
 *   <li>between two of the same they have none, as in 看一看 and 好不好;
 *   <li>儿 behind a syllable is its r, but in words such as 女儿.
 * </ul>
 *
 * @param own come first
 */
record Hanzi(Lexicon own) implements Words {
    private static final String DIGITS = "零〇一二三四五六七八九";
    private static final Pattern ALONE = Pattern.compile("[女婴幼孤少胎健宠男育小]");
    private static final Pattern BEFORE_ONE = Pattern.compile("[第初十周期拜统唯专" + DIGITS + "]");
    private static final Pattern BEHIND_ONE = Pattern.compile("[十月号" + DIGITS + "]");

    /** The syllables of a character; the user's own stays as it is. */
    private record Syllable(char hanzi, Pinyin sound, boolean isOwn) {
        boolean is(char other) {
            return !isOwn && hanzi == other;
        }

        Syllable tone(int tone) {
            return new Syllable(hanzi, sound.tone(tone), isOwn);
        }
    }

    /** Whether a character has a sound that is known. */
    static boolean isKnown(char hanzi) {
        return sound(hanzi).isPresent();
    }

    private static Optional<Pinyin> sound(char hanzi) {
        return Pinyin.of(PinyinHelper.toPinyin(Character.toString(hanzi), PinyinStyleEnum.NUM_LAST));
    }

    @Override
    public List<String> phones(String word) {
        List<Syllable> syllables = thirdTones(oneAndNot(retroflex(syllables(word))));
        return syllables.stream()
                .flatMap(syllable -> syllable.sound().toPhones().stream())
                .toList();
    }

    private List<Syllable> syllables(String word) {
        List<Syllable> syllables = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < word.length(); ) {
            String known = ownAt(word, at);
            if (known.isEmpty()) {
                at++;
            } else {
                syllables.addAll(read(word.substring(from, at)));
                syllables.addAll(given(known));
                at += known.length();
                from = at;
            }
        }
        syllables.addAll(read(word.substring(from)));
        return syllables;
    }

    /** The longest word of one's own at a place, or "". */
    private String ownAt(String word, int at) {
        for (int end = Math.min(word.length(), at + own.longest()); end > at; end--) {
            String part = word.substring(at, end);
            if (!own.given(part).isEmpty()) {
                return part;
            }
        }
        return "";
    }

    private List<Syllable> given(String word) {
        List<String> sounds = own.given(word);
        List<Syllable> syllables = new ArrayList<>();
        for (int i = 0; i < sounds.size(); i++) {
            syllables.add(new Syllable(
                    word.charAt(Math.min(i, word.length() - 1)),
                    Pinyin.of(sounds.get(i)).orElseThrow(),
                    true));
        }
        return syllables;
    }

    private static List<Syllable> read(String run) {
        if (run.isEmpty()) {
            return List.of();
        }
        String[] sounds = PinyinHelper.toPinyin(run, PinyinStyleEnum.NUM_LAST).split(" ", -1);
        List<Syllable> syllables = new ArrayList<>();
        for (int i = 0; i < run.length(); i++) {
            char hanzi = run.charAt(i);
            Optional<Pinyin> inContext = sounds.length == run.length() ? Pinyin.of(sounds[i]) : Optional.empty();
            Pinyin sound = inContext.or(() -> sound(hanzi)).orElseThrow();
            syllables.add(
                    new Syllable(hanzi, hanzi == '一' ? sound.tone(1) : hanzi == '不' ? sound.tone(4) : sound, false));
        }
        return syllables;
    }

    private static List<Syllable> retroflex(List<Syllable> syllables) {
        List<Syllable> joined = new ArrayList<>();
        for (Syllable syllable : syllables) {
            int last = joined.size() - 1;
            boolean isEnding =
                    syllable.is('儿') && last >= 0 && !joined.get(last).isOwn() && !matches(ALONE, joined.get(last));
            if (isEnding) {
                Syllable before = joined.get(last);
                joined.set(last, new Syllable(before.hanzi(), before.sound().retroflex(), false));
            } else {
                joined.add(syllable);
            }
        }
        return joined;
    }

    private static boolean matches(Pattern pattern, Syllable syllable) {
        return pattern.matcher(Character.toString(syllable.hanzi())).matches();
    }

    private static List<Syllable> oneAndNot(List<Syllable> syllables) {
        List<Syllable> changed = new ArrayList<>(syllables);
        for (int i = 0; i + 1 < syllables.size(); i++) {
            Syllable one = syllables.get(i);
            Syllable next = syllables.get(i + 1);
            Optional<Syllable> before = i == 0 ? Optional.empty() : Optional.of(syllables.get(i - 1));
            if ((one.is('一') && !isCounted(before, next, syllables.subList(i + 1, syllables.size()))) || one.is('不')) {
                changed.set(i, one.tone(tone(one, before, next)));
            }
        }
        return changed;
    }

    /** Whether 一 is a digit, or the end of an ordinal. */
    private static boolean isCounted(Optional<Syllable> before, Syllable next, List<Syllable> rest) {
        boolean isDecimal = next.is('点') && rest.size() > 1 && matches(BEHIND_ONE, rest.get(1));
        return before.filter(syllable -> matches(BEFORE_ONE, syllable)).isPresent()
                || matches(BEHIND_ONE, next)
                || isDecimal;
    }

    private static int tone(Syllable one, Optional<Syllable> before, Syllable next) {
        if (before.filter(syllable -> syllable.hanzi() == next.hanzi()).isPresent()) {
            return 5;
        }
        int following = next.sound().tone();
        return following == 4 ? 2 : following == 5 ? one.sound().tone() : 4;
    }

    private static List<Syllable> thirdTones(List<Syllable> syllables) {
        List<Syllable> changed = new ArrayList<>(syllables);
        for (int i = 0; i + 1 < syllables.size(); i++) {
            boolean areThird = syllables.get(i).sound().tone() == 3
                    && syllables.get(i + 1).sound().tone() == 3;
            if (areThird && !syllables.get(i).isOwn()) {
                changed.set(i, syllables.get(i).tone(2));
            }
        }
        return changed;
    }
}
