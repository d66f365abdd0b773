package dev.elbo.sound;

import com.jcraft.jogg.Packet;
import com.jcraft.jogg.Page;
import com.jcraft.jogg.StreamState;
import com.jcraft.jogg.SyncState;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Decodes Vorbis in Ogg: bytes are pages, pages are packets, and after three packets of headers each packet is a block of samples. The
 * last page says how many samples there are, for its last block is longer.
 */
final class Vorbis {
    private static final int HEADERS = 3;
    private static final int PORTION = 1 << 12;

    private final Samples to;
    private final SyncState sync = new SyncState();
    private final StreamState stream = new StreamState();
    private final Info info = new Info();
    private final Comment comment = new Comment();
    private final DspState synthesis = new DspState();
    private final Block block = new Block(synthesis);
    private int packets;

    Vorbis(Samples to) {
        this.to = to;
    }

    /**
     * Decodes all of a stream.
     *
     * @throws EOFException if it ends before its last page
     * @throws UnreadableSoundException if the samples are refused
     */
    void decode(InputStream in) throws IOException {
        Page page = new Page();
        info.init();
        comment.init();
        while (true) {
            while (sync.pageout(page) != 1) {
                int at = sync.buffer(PORTION);
                int read = in.read(sync.data, at, PORTION);
                if (read < 0) {
                    throw new EOFException();
                }
                sync.wrote(read);
            }
            if (packets == 0) {
                stream.init(page.serialno());
            }
            stream.pagein(page);
            decodePackets();
            if (page.eos() != 0) {
                to.limit(page.granulepos());
                return;
            }
        }
    }

    private void decodePackets() throws IOException {
        Packet packet = new Packet();
        while (stream.packetout(packet) == 1) {
            if (packets < HEADERS) {
                readHeader(packet);
            } else if (block.synthesis(packet) == 0) {
                synthesis.synthesis_blockin(block);
                mix();
            }
            packets++;
        }
    }

    private void readHeader(Packet packet) throws IOException {
        if (info.synthesis_headerin(comment, packet) < 0) {
            throw new IOException("no header of Vorbis");
        }
        if (packets == HEADERS - 1) {
            synthesis.synthesis_init(info);
            block.init(synthesis);
            to.begin(info.rate, info.channels);
        }
    }

    private void mix() throws UnreadableSoundException {
        float[][][] decoded = new float[1][][];
        int[] from = new int[info.channels];
        for (int count = synthesis.synthesis_pcmout(decoded, from);
                count > 0;
                count = synthesis.synthesis_pcmout(decoded, from)) {
            for (int i = 0; i < count; i++) {
                double sum = 0;
                for (int channel = 0; channel < info.channels; channel++) {
                    sum += decoded[0][channel][from[channel] + i];
                }
                to.add(sum / info.channels);
            }
            synthesis.synthesis_read(count);
        }
    }
}
