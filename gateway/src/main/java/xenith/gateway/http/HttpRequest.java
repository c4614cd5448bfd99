package xenith.gateway.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request as it came over the wire, nothing decoded.
 *
 * @param id what logs and the answer name it by
 * @param endpoint scheme, host and port as the client wrote them, with the path {@code /}
 * @param rawPath starts with a slash
 * @param rawQuery empty when there is none
 * @param fields header fields in the order of arrival
 * @param body empty until it is gathered; nobody changes it
 */
@SuppressWarnings("ArrayRecordComponent") // up to 1 MiB, not compared, not copied
public record HttpRequest(
        String id, URI endpoint, String method, String rawPath, String rawQuery, List<Field> fields, byte[] body) {
    /** Under this name the request is an attribute of Jetty's and of the servlets' request. */
    public static final String ATTRIBUTE = "xenith.request";

    /** Under this name its id is one, a text. */
    public static final String ID_ATTRIBUTE = "xenith.requestId";

    /** The header field of every answer that carries it. */
    static final String ID_HEADER = "x-amzn-RequestId";

    /** One line of the header. */
    public record Field(String name, String value) {}

    public HttpRequest {
        fields = List.copyOf(fields);
    }

    HttpRequest withBody(byte[] gathered) {
        return new HttpRequest(id, endpoint, method, rawPath, rawQuery, fields, gathered);
    }

    /** The first field of that name. */
    public Optional<String> field(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }

    /** The media type in lower case, without its parameters; empty when none is declared. */
    public String mediaType() {
        return field("Content-Type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    /** Names the request without what may be secret in it. */
    @Override
    public String toString() {
        return "HttpRequest[" + id + ", " + method + " " + rawPath + ", " + body.length + " bytes]";
    }
}
