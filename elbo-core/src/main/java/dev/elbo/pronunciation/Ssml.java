package dev.elbo.pronunciation;

import dev.elbo.pronunciation.Markup.Part;
import dev.elbo.pronunciation.Markup.Pause;
import dev.elbo.pronunciation.Markup.Said;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads text with tags. It declares nothing, and nothing outside it is looked at; it has 100,000 characters and 20 tags in tags at most. */
final class Ssml {
    private static final String ROOT = "<speak>";
    private static final int MOST_CHARACTERS = 100_000;
    private static final int DEEPEST = 20;
    private static final double LONGEST_PAUSE = 60; // seconds

    /** Which attributes a tag may have. */
    private static final Map<String, List<String>> TAGS = new TreeMap<>(Map.of(
            "speak", List.of("version", "lang"),
            "break", List.of("time", "strength"),
            "prosody", List.of("rate", "pitch"),
            "phoneme", List.of("alphabet", "ph"),
            "sub", List.of("alias")));

    private static final SortedSet<String> ALPHABETS = new TreeSet<>(List.of("x-arpabet", "x-pinyin"));
    private static final Map<String, Double> STRENGTHS =
            Map.of("none", 0.0, "x-weak", 0.1, "weak", 0.2, "medium", 0.4, "strong", 0.7, "x-strong", 1.2);

    private static final Pattern TIME = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)(ms|s)");

    private final String text;
    private final boolean isWhole;
    private final List<Part> parts = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();

    /**
     * A tag that is not closed yet.
     *
     * @param instead what is said in place of what it holds
     */
    private record Open(String tag, Prosody prosody, Optional<String> instead) {}

    Ssml(String text) {
        this.text = text;
        this.isWhole =
                text.stripLeading().startsWith("<speak") || text.stripLeading().startsWith("<?xml");
    }

    /** The parts of the text. */
    Markup read() {
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(String.format(
                    "a text with tags has %d characters at most; this one has %d; give it in parts",
                    MOST_CHARACTERS, text.length()));
        }
        open.push(new Open("", Prosody.PLAIN, Optional.empty()));
        try {
            XMLStreamReader xml = factory().createXMLStreamReader(new StringReader(whole()));
            while (xml.hasNext()) {
                read(xml.next(), xml);
            }
        } catch (XMLStreamException damage) {
            throw fault(damage.getLocation(), reason(damage));
        }
        return new Markup(parts);
    }

    private String whole() {
        return isWhole ? text.stripLeading() : ROOT + text + "</speak>";
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private void read(int event, XMLStreamReader xml) {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> begin(xml);
            case XMLStreamConstants.END_ELEMENT -> open.pop();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE, XMLStreamConstants.CDATA ->
                say(xml.getText());
            case XMLStreamConstants.DTD ->
                throw fault(xml.getLocation(), "<!DOCTYPE> is not taken: a text declares nothing; leave it out");
            case XMLStreamConstants.ENTITY_REFERENCE ->
                throw fault(
                        xml.getLocation(),
                        "&" + xml.getLocalName() + "; is unknown; write the character itself, or &lt; &gt; &amp;");
            case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                throw fault(xml.getLocation(), "<?" + xml.getPITarget() + "?> is not taken; leave it out");
            default -> {}
        }
    }

    private void begin(XMLStreamReader xml) {
        try {
            begin(xml.getLocalName(), attributes(xml));
        } catch (IllegalArgumentException fault) {
            throw fault(xml.getLocation(), "<" + xml.getLocalName() + ">: " + fault.getMessage());
        }
    }

    private static Map<String, String> attributes(XMLStreamReader xml) {
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        return attributes;
    }

    private void begin(String tag, Map<String, String> attributes) {
        List<String> known = TAGS.get(tag);
        if (known == null) {
            throw new IllegalArgumentException("unknown tag; known: "
                    + TAGS.keySet().stream().map(name -> "<" + name + ">").collect(Collectors.joining(", ")));
        }
        for (String name : attributes.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown attribute '" + name + "'; known: " + String.join(", ", known));
            }
        }
        if (open.size() > DEEPEST) {
            throw new IllegalArgumentException("stands in " + DEEPEST + " other tags, which is the most");
        }
        open.push(opened(tag, attributes));
    }

    private Open opened(String tag, Map<String, String> attributes) {
        Prosody around = open.element().prosody();
        Optional<String> instead = open.element().instead();
        switch (tag) {
            case "break" -> pause(attributes);
            case "prosody" -> around = around.with(prosody(attributes));
            case "phoneme" ->
                instead = Optional.of(instead.orElseGet(() -> replaced("{" + phones(attributes) + "}", tag)));
            case "sub" -> instead = Optional.of(instead.orElseGet(() -> replaced(required("alias", attributes), tag)));
            default -> {}
        }
        return new Open(tag, around, instead);
    }

    /** What is said at once in place of what a tag holds, which is not said then. */
    private String replaced(String words, String tag) {
        say(words);
        return tag;
    }

    private void say(String words) {
        Open now = open.element();
        if (now.instead().isEmpty()) {
            parts.add(new Said(words, now.prosody().rate(), now.prosody().semitones()));
        }
    }

    private void pause(Map<String, String> attributes) {
        if (open.element().instead().isPresent()) {
            throw new IllegalArgumentException("stands in <"
                    + open.element().instead().get() + ">, whose content is replaced; put it behind that");
        }
        String time = attributes.get("time");
        String strength = attributes.getOrDefault("strength", "medium");
        Double known = STRENGTHS.get(strength);
        if (known == null) {
            throw new IllegalArgumentException("strength=\"" + strength + "\" is unknown; known: "
                    + String.join(", ", new TreeSet<>(STRENGTHS.keySet())));
        }
        double seconds = time == null ? known : seconds(time);
        if (seconds > 0) {
            parts.add(new Pause(seconds));
        }
    }

    private static double seconds(String time) {
        Matcher matcher = TIME.matcher(time);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("time=\"" + time + "\" is no time; write 300ms or 0.3s");
        }
        double seconds =
                Double.parseDouble(matcher.group(1)) / (matcher.group(2).equals("ms") ? 1000 : 1);
        if (seconds > LONGEST_PAUSE) {
            throw new IllegalArgumentException("time=\"" + time + "\": a pause is of 60s at most");
        }
        return seconds;
    }

    private static Prosody prosody(Map<String, String> attributes) {
        if (attributes.isEmpty()) {
            throw new IllegalArgumentException("says nothing; give rate=\"80%\" or pitch=\"+2st\"");
        }
        String rate = attributes.get("rate");
        String pitch = attributes.get("pitch");
        return new Prosody(rate == null ? 1 : Prosody.rate(rate), pitch == null ? 0 : Prosody.semitones(pitch));
    }

    private static String phones(Map<String, String> attributes) {
        String alphabet = required("alphabet", attributes);
        String phones = required("ph", attributes);
        if (!ALPHABETS.contains(alphabet)) {
            throw new IllegalArgumentException(
                    "alphabet=\"" + alphabet + "\" is unknown; known: " + String.join(", ", ALPHABETS));
        }
        if (phones.contains("{") || phones.contains("}")) {
            throw new IllegalArgumentException("ph=\"" + phones + "\" has braces; leave them out");
        }
        return phones;
    }

    private static String required(String name, Map<String, String> attributes) {
        String value = attributes.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + "=\"…\" is missing");
        }
        return value;
    }

    private String reason(XMLStreamException damage) {
        String message = String.valueOf(damage.getMessage()).replaceFirst("(?s).*Message: ", "");
        return !isWhole && message.contains("\"speak\"")
                ? "a tag is closed that was not opened; leave it out, or open it before"
                : message.lines().findFirst().orElse("this is no XML")
                        + " Write &lt; for < and &amp; for & where they are no markup.";
    }

    /** What is wrong where markup ends that the reader has just read: it is told where it begins. */
    private IllegalArgumentException fault(Location behind, String what) {
        String whole = whole();
        int line = 1;
        int begin = 0; // of the line
        while (line < behind.getLineNumber()) {
            begin = whole.indexOf('\n', begin) + 1;
            line++;
        }
        int end = Math.min(whole.length(), begin + Math.max(0, behind.getColumnNumber() - 1));
        int at = Math.max(begin, Math.max(whole.lastIndexOf('<', end - 1), whole.lastIndexOf('&', end - 1)));
        int added = isWhole || line > 1 ? 0 : ROOT.length();
        return new IllegalArgumentException(
                "line " + line + ", column " + Math.max(1, at - begin + 1 - added) + ": " + what);
    }
}
