package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Field;
import dev.elbo.edit.PictureEditor;
import dev.elbo.figure.Gif;
import dev.elbo.tensor.HostArray;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;

/** What the editor of pictures asks for beside decoding: latents that fit the pixels that a brush has left, and animations. */
final class EditingResource {
    private static final int MOST_STEPS = 400;
    private static final double RATE = 0.05;
    private static final int MOST_FRAMES = 100;

    private final Benches benches;

    EditingResource(Benches benches) {
        this.benches = benches;
    }

    void register(Routes routes) {
        routes.post("/runs/{run}/inpaint", this::inpaint);
        routes.post("/runs/{run}/animation", this::animate);
    }

    /** The point of latents that fit a picture where its mask is 0; the page lays the known pixels over what they become. */
    private void inpaint(Context answer) throws IOException {
        Asked asked = Asked.of(answer);
        int steps = asked.whole("steps", 100, 1, MOST_STEPS);
        int seed = asked.whole("seed", 1, 0, Integer.MAX_VALUE);
        boolean isChain = asked.text("by").equals("gibbs");
        Answers.json(answer, benches.of(answer.pathParam("run")).ask(bench -> {
            Handles handles = new Handles(bench.model().generator());
            PictureEditor editor =
                    PictureEditor.of(handles.generator(), handles.conditions(handles.values(Given.of(asked), 1)));
            Field.Image image = requireShown(editor.image());
            int plane = image.height() * image.width();
            HostArray picture =
                    PictureBytes.unit(PictureBytes.read(asked.bytes("picture", plane * image.channels()), image));
            HostArray known = known(asked.bytes("mask", plane), image);
            Map<String, HostArray> latents =
                    isChain ? editor.drawn(picture, known, steps, seed) : editor.completed(picture, known, steps, RATE);
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            PicturesResource.add(json.putArray("point"), handles.points(latents, 1));
            return json;
        }));
    }

    /** The page has what is shown of a picture: of two or four channels that is not all. */
    private static Field.Image requireShown(Field.Image image) {
        if (image.channels() != 1 && image.channels() != 3) {
            throw Refusal.conflict("the model's pictures have " + image.channels()
                    + " channels, and a brush is for those of 1 or 3; './elbo inpaint' takes a file");
        }
        return image;
    }

    /** 1 where a pixel of the mask is 0, in each channel. */
    private static HostArray known(byte[] mask, Field.Image image) {
        float[] known = new float[image.channels() * mask.length];
        int missing = 0;
        for (int i = 0; i < known.length; i++) {
            known[i] = mask[i % mask.length] == 0 ? 1 : 0;
            missing += mask[i % mask.length] == 0 ? 0 : 1;
        }
        if (missing == 0 || missing == known.length) {
            throw new IllegalArgumentException("the brush has touched " + (missing == 0 ? "nothing" : "everything")
                    + ": paint over what is to be made anew");
        }
        return HostArray.of(known, 1, image.channels(), image.height(), image.width());
    }

    /** Pictures that the page shows one after the other, as a GIF that goes there and back. */
    private void animate(Context answer) throws IOException {
        byte[] frames = answer.bodyAsBytes();
        Field.Image image = benches.of(answer.pathParam("run")).ask(bench -> {
            Handles handles = new Handles(bench.model().generator());
            String field = handles.picture().orElseThrow(() -> Refusal.conflict("the model makes no pictures"));
            return handles.shown(field);
        });
        int one = image.channels() * image.height() * image.width();
        if (frames.length < 2 * one || frames.length % one != 0 || frames.length > MOST_FRAMES * one) {
            throw new IllegalArgumentException("an animation has 2 to " + MOST_FRAMES + " pictures of " + one
                    + " bytes each; got " + frames.length + " bytes");
        }
        Answers.gif(answer, Gif.thereAndBack(PictureBytes.read(frames, image)));
    }
}
