package dev.elbo.data;

import java.util.ArrayList;
import java.util.List;

/** Published pictures in colour, faces, and images that are rendered from factors. */
final class PublishedPictures {
    private PublishedPictures() {}

    /** All of them. */
    static List<DataSet> all() {
        List<DataSet> sets = new ArrayList<>(List.of(
                Emoji.emoji(),
                Sprites.sprites(),
                Rooms.rooms(),
                CifarFolder.cifar10(),
                Scenes.scenes(),
                Hanzi.hanzi(),
                DrawnHanzi.set()));
        sets.addAll(FacesByHand.all());
        return sets;
    }
}
