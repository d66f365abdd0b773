package dev.elbo.handbook.draw;

import dev.elbo.figure.Ink;
import dev.elbo.figure.Lettering;
import dev.elbo.figure.Pen;
import dev.elbo.figure.Png;
import dev.elbo.tensor.HostArray;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes and the lines between them, as of graphical models and networks, put together step by step. Places are shares of the
 * panel: (0, 0) is its upper left corner, (1, 1) its lower right one. An observed variable is filled, a latent one is not.
 */
public final class Diagram implements Panel {
    private static final double RADIUS = 20;
    private static final double BOX_HEIGHT = 34;
    private static final double SIDE = 84;
    private static final int HEADING = 22;
    private static final int LINE = 16;
    private static final int DASHES = 16;

    /** How far an arrow bends, as a share of its length. */
    private static final double BEND = 0.45;

    private final Words title;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final List<Plate> plates = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

    private enum Form {
        LATENT,
        OBSERVED,
        BOX,
        PICTURE
    }

    private record Node(double x, double y, Words label, Form form, Ink ink, List<BufferedImage> pictures) {
        Node(double x, double y, Words label, Form form, Ink ink) {
            this(x, y, label, form, ink, List.of());
        }
    }

    private record Edge(String from, String to, Way way, Ink ink, Words label) {}

    private enum Way {
        LINE,
        ARROW,
        BENT_DASHES
    }

    private record Plate(double left, double top, double right, double bottom, Words label) {}

    private record Note(double x, double y, Words text, Ink ink) {}

    private Diagram(Words title) {
        this.title = title;
    }

    /** An empty diagram. */
    public static Diagram titled(Words title) {
        return new Diagram(title);
    }

    /** A latent variable: a circle. */
    public Diagram latent(String id, double x, double y, Words label) {
        return node(id, new Node(x, y, label, Form.LATENT, Ink.BLUE));
    }

    /** An observed variable: a filled circle. */
    public Diagram observed(String id, double x, double y, Words label) {
        return node(id, new Node(x, y, label, Form.OBSERVED, Ink.BLUE));
    }

    /** Anything else, such as a network: a box as wide as its words. Lines of the words are parted by a line feed. */
    public Diagram box(String id, double x, double y, Words label) {
        return box(id, x, y, Ink.SLATE, label);
    }

    /** A box in a colour. */
    public Diagram box(String id, double x, double y, Ink ink, Words label) {
        return node(id, new Node(x, y, label, Form.BOX, ink));
    }

    /**
     * A picture, with words over it.
     *
     * @param image values in 0 … 1, [1, C, H, W]
     */
    public Diagram picture(String id, double x, double y, HostArray image, Words label) {
        return node(id, new Node(x, y, label, Form.PICTURE, Ink.SLATE, Png.pictures(image)));
    }

    /** An arrow between two nodes that were added before. */
    public Diagram arrow(String from, String to) {
        return arrow(from, to, Ink.TEXT, Words.same(""));
    }

    /** An arrow in a colour, with words beside its middle. */
    public Diagram arrow(String from, String to, Ink ink, Words label) {
        return edge(new Edge(from, to, Way.ARROW, ink, label));
    }

    /** A dashed arrow in a colour that bends to its left, beside one the other way, with words beside its middle. */
    public Diagram dashed(String from, String to, Ink ink, Words label) {
        return edge(new Edge(from, to, Way.BENT_DASHES, ink, label));
    }

    /** A line without a direction between two nodes that were added before. */
    public Diagram link(String from, String to) {
        return edge(new Edge(from, to, Way.LINE, Ink.TEXT, Words.same("")));
    }

    /** A frame about what is repeated, with words in its lower right corner. */
    public Diagram plate(double left, double top, double right, double bottom, Words label) {
        plates.add(new Plate(left, top, right, bottom, label));
        return this;
    }

    /** Words about a place. Lines are parted by a line feed. */
    public Diagram note(double x, double y, Words text) {
        return note(x, y, Ink.MUTED, text);
    }

    /** Words in a colour about a place. */
    public Diagram note(double x, double y, Ink ink, Words text) {
        notes.add(new Note(x, y, text, ink));
        return this;
    }

    private Diagram node(String id, Node node) {
        nodes.put(id, node);
        return this;
    }

    private Diagram edge(Edge edge) {
        if (!nodes.containsKey(edge.from()) || !nodes.containsKey(edge.to())) {
            throw new IllegalArgumentException("a line joins two nodes that were added before it; got " + edge);
        }
        edges.add(edge);
        return this;
    }

    @Override
    public void draw(Pen pen, Rectangle2D frame, Language language) {
        pen.text(title.in(language), Lettering.HEADING, frame.getX(), frame.getY() + 14, 0, Ink.TEXT);
        Rectangle2D area = new Rectangle2D.Double(
                frame.getX(), frame.getY() + HEADING, frame.getWidth(), frame.getHeight() - HEADING);
        for (Plate plate : plates) {
            draw(pen, area, plate, language);
        }
        for (Edge edge : edges) {
            draw(pen, area, edge, language);
        }
        for (Node node : nodes.values()) {
            draw(pen, area, node, language);
        }
        for (Note note : notes) {
            lines(pen, note.text().in(language), x(area, note.x()), y(area, note.y()), note.ink());
        }
    }

    private static void draw(Pen pen, Rectangle2D area, Plate plate, Language language) {
        double left = x(area, plate.left());
        double top = y(area, plate.top());
        double right = x(area, plate.right());
        double bottom = y(area, plate.bottom());
        pen.stroke(new Rectangle2D.Double(left, top, right - left, bottom - top), Ink.MUTED, 1, 1);
        pen.text(plate.label().in(language), Lettering.NOTE, right - 6, bottom - 6, 1, Ink.MUTED);
    }

    private void draw(Pen pen, Rectangle2D area, Edge edge, Language language) {
        Shape from = shape(pen, area, node(edge.from()), language);
        Shape to = shape(pen, area, node(edge.to()), language);
        if (edge.way() == Way.BENT_DASHES) {
            bent(pen, from, to, edge, language);
            return;
        }
        double[] start =
                rim(from, to.getBounds2D().getCenterX(), to.getBounds2D().getCenterY());
        double[] end =
                rim(to, from.getBounds2D().getCenterX(), from.getBounds2D().getCenterY());
        if (edge.way() == Way.ARROW) {
            Arrows.draw(pen, edge.ink(), start[0], start[1], end[0], end[1], 1.5);
        } else {
            pen.stroke(new Line2D.Double(start[0], start[1], end[0], end[1]), edge.ink(), 1.5, 1);
        }
        double aside = Math.abs(end[0] - start[0]) < 1 ? 8 : 0;
        pen.text(
                edge.label().in(language),
                Lettering.NOTE,
                (start[0] + end[0]) / 2 + aside,
                (start[1] + end[1]) / 2 - (aside == 0 ? 6 : -4),
                aside == 0 ? 0.5 : 0,
                edge.ink());
    }

    /** Along a parabola over the straight way. */
    private static void bent(Pen pen, Shape from, Shape to, Edge edge, Language language) {
        Rectangle2D a = from.getBounds2D();
        Rectangle2D b = to.getBounds2D();
        double overX = (a.getCenterX() + b.getCenterX()) / 2 + BEND * (b.getCenterY() - a.getCenterY());
        double overY = (a.getCenterY() + b.getCenterY()) / 2 - BEND * (b.getCenterX() - a.getCenterX());
        double[] start = rim(from, overX, overY);
        double[] end = rim(to, overX, overY);
        for (int dash = 0; dash < DASHES; dash++) {
            double[] tail = parabola(start, overX, overY, end, dash / (double) DASHES);
            double[] head = parabola(start, overX, overY, end, (dash + 0.6) / DASHES);
            pen.stroke(new Line2D.Double(tail[0], tail[1], head[0], head[1]), edge.ink(), 1.5, 1);
        }
        double[] before = parabola(start, overX, overY, end, 0.95);
        Arrows.draw(pen, edge.ink(), before[0], before[1], end[0], end[1], 1.5);
        double[] middle = parabola(start, overX, overY, end, 0.5);
        boolean left = overX < (a.getCenterX() + b.getCenterX()) / 2;
        pen.text(
                edge.label().in(language),
                Lettering.NOTE,
                middle[0] + (left ? -8 : 8),
                middle[1] + 4,
                left ? 1 : 0,
                edge.ink());
    }

    private static double[] parabola(double[] start, double overX, double overY, double[] end, double share) {
        double rest = 1 - share;
        return new double[] {
            rest * rest * start[0] + 2 * share * rest * overX + share * share * end[0],
            rest * rest * start[1] + 2 * share * rest * overY + share * share * end[1]
        };
    }

    private Node node(String id) {
        Node node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("no node is called " + id);
        }
        return node;
    }

    private static void draw(Pen pen, Rectangle2D area, Node node, Language language) {
        Shape shape = shape(pen, area, node, language);
        if (node.form() == Form.PICTURE) {
            Rectangle2D bounds = shape.getBounds2D();
            node.pictures().forEach(picture -> pen.image(picture, bounds));
            pen.stroke(bounds, node.ink(), 1, 1);
            lines(pen, node.label().in(language), bounds.getCenterX(), bounds.getY() - LINE / 2.0, Ink.TEXT);
            return;
        }
        pen.fill(shape, Ink.PAPER, 1);
        pen.fill(shape, node.ink(), node.form() == Form.LATENT ? 0.06 : node.form() == Form.BOX ? 0.12 : 0.4);
        pen.stroke(shape, node.ink(), 1.5, 1);
        lines(pen, node.label().in(language), x(area, node.x()), y(area, node.y()), Ink.TEXT);
    }

    private static void lines(Pen pen, String text, double x, double y, Ink ink) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            pen.text(lines.get(i), Lettering.LABEL, x, y + 5 + LINE * (i - (lines.size() - 1) / 2.0), 0.5, ink);
        }
    }

    private static Shape shape(Pen pen, Rectangle2D area, Node node, Language language) {
        double x = x(area, node.x());
        double y = y(area, node.y());
        if (node.form() == Form.PICTURE) {
            return new Rectangle2D.Double(x - SIDE / 2, y - SIDE / 2, SIDE, SIDE);
        }
        if (node.form() != Form.BOX) {
            return new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS);
        }
        List<String> lines = node.label().in(language).lines().toList();
        double width = 16;
        for (String line : lines) {
            width = Math.max(width, 16 + pen.width(line, Lettering.LABEL));
        }
        double height = BOX_HEIGHT + LINE * (lines.size() - 1);
        return new Rectangle2D.Double(x - width / 2, y - height / 2, width, height);
    }

    /** The last point within {@code shape} on the way from its middle to a point outside. */
    private static double[] rim(Shape shape, double toX, double toY) {
        Rectangle2D bounds = shape.getBounds2D();
        double inside = 0;
        double outside = 1;
        for (int i = 0; i < 20; i++) {
            double middle = (inside + outside) / 2;
            if (shape.contains(along(bounds.getCenterX(), toX, middle), along(bounds.getCenterY(), toY, middle))) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return new double[] {along(bounds.getCenterX(), toX, outside), along(bounds.getCenterY(), toY, outside)};
    }

    private static double along(double from, double to, double share) {
        return from + share * (to - from);
    }

    private static double x(Rectangle2D area, double share) {
        return area.getX() + share * area.getWidth();
    }

    private static double y(Rectangle2D area, double share) {
        return area.getY() + share * area.getHeight();
    }
}
