package dev.elbo.sound;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.JavaLayerException;
import javazoom.jl.decoder.SampleBuffer;
import org.jflac.FLACDecoder;
import org.jflac.PCMProcessor;
import org.jflac.metadata.StreamInfo;
import org.jflac.util.ByteData;

/** Kinds of sound files that must be decoded. */
enum CodedSound {
    FLAC {
        @Override
        void decode(InputStream in, Samples to) throws IOException {
            FLACDecoder decoder = new FLACDecoder(in);
            Flac flac = new Flac(to);
            decoder.addPCMProcessor(flac);
            try {
                decoder.decode();
            } catch (UncheckedIOException refused) {
                throw refused.getCause();
            }
            to.requireAll(decoder.getStreamInfo().getTotalSamples()); // 0 if its writer did not know
        }
    },
    OGG {
        @Override
        void decode(InputStream in, Samples to) throws IOException {
            new Vorbis(to).decode(in);
        }
    },
    MP3 {
        @Override
        void decode(InputStream in, Samples to) throws IOException {
            Bitstream stream = new Bitstream(in);
            Decoder decoder = new Decoder();
            try {
                for (Header frame = stream.readFrame(); frame != null; frame = stream.readFrame()) {
                    mix((SampleBuffer) decoder.decodeFrame(frame, stream), to);
                    stream.closeFrame();
                }
            } catch (JavaLayerException damage) {
                throw new IOException(damage);
            }
        }

        private void mix(SampleBuffer frame, Samples to) throws IOException {
            int channels = frame.getChannelCount();
            to.begin(frame.getSampleFrequency(), channels);
            for (int i = 0; i < frame.getBufferLength(); i += channels) {
                double sum = 0;
                for (int channel = 0; channel < channels; channel++) {
                    sum += frame.getBuffer()[i + channel];
                }
                to.add(sum / channels / (1 << 15));
            }
        }
    };

    /** The kind that begins with these bytes, if one does. MP3 begins with a tag, or with a frame: eleven bits that are 1. */
    static Optional<CodedSound> of(byte[] first) {
        String text = new String(first, StandardCharsets.ISO_8859_1);
        if (text.startsWith("fLaC")) {
            return Optional.of(FLAC);
        }
        if (text.startsWith("OggS")) {
            return Optional.of(OGG);
        }
        boolean isFrame = first.length > 1 && first[0] == (byte) 0xff && (first[1] & 0xe0) == 0xe0;
        return text.startsWith("ID3") || isFrame ? Optional.of(MP3) : Optional.empty();
    }

    /**
     * Decodes a file from its first byte on.
     *
     * @throws UnreadableSoundException if the samples are refused
     * @throws IOException if it cannot be decoded; decoders throw runtime exceptions, too
     */
    abstract void decode(InputStream in, Samples to) throws IOException;

    /** Takes what the decoder of FLAC has decoded. */
    private static final class Flac implements PCMProcessor {
        private final Samples to;
        private Pcm pcm = new Pcm(1, 1, 1, Pcm.Coding.SIGNED);

        Flac(Samples to) {
            this.to = to;
        }

        @Override
        public void processStreamInfo(StreamInfo info) {
            int bytes = (info.getBitsPerSample() + 7) / 8;
            pcm = new Pcm(
                    info.getSampleRate(),
                    info.getChannels(),
                    bytes,
                    bytes == 1 ? Pcm.Coding.UNSIGNED : Pcm.Coding.SIGNED);
        }

        @Override
        public void processPCM(ByteData block) {
            try {
                to.begin(pcm.rateHz(), pcm.channels());
                pcm.mix(block.getData(), block.getLen() / (pcm.channels() * pcm.bytes()), to);
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            }
        }
    }
}
