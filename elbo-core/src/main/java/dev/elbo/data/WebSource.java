package dev.elbo.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A folder of a web server, with every file compressed under its name and ".gz".
 *
 * @param folder its address, ending in "/"
 * @param silence how long the server may send nothing
 * @param limit how long a file may take altogether
 */
record WebSource(URI folder, Duration silence, Duration limit) implements Source {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    WebSource(URI folder) {
        this(folder, Duration.ofSeconds(20), Duration.ofMinutes(30));
    }

    @Override
    public String title() {
        return folder.toString();
    }

    @Override
    public Delivery open(Path scratch) {
        HttpClient client = client();
        return name -> get(client, folder.resolve(name + ".gz"));
    }

    /** A file as it is there. */
    InputStream read(URI file) throws IOException {
        return get(client(), file);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    private InputStream get(HttpClient client, URI file) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(file).timeout(silence).build();
        HttpResponse<InputStream> response = send(client, request);
        if (response.statusCode() != 200) {
            response.body().close();
            throw new IOException("answered " + response.statusCode() + " for " + file.getPath());
        }
        return new TimedInputStream(response.body(), silence, limit);
    }

    private HttpResponse<InputStream> send(HttpClient client, HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (HttpConnectTimeoutException e) {
            throw new IOException("no connection within " + TimedInputStream.seconds(CONNECT_TIMEOUT), e);
        } catch (HttpTimeoutException e) {
            throw new IOException("no answer within " + TimedInputStream.seconds(silence), e);
        } catch (ConnectException e) {
            throw new IOException(noConnection(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for an answer");
        }
    }

    /** The exceptions of a failed connection have no messages. */
    private String noConnection(ConnectException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "the name " + folder.getHost() + " cannot be resolved (no network?)";
            }
        }
        return "no connection";
    }
}
