package xenith.gateway.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads requests' bodies strictly, and writes views as JSON. Thread-safe. */
final class JsonBodies implements MessageBodyReader<JsonFields>, MessageBodyWriter<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(JsonBodies.class);

    /** Bodies are flat objects. */
    private static final int MAX_NESTING = 16;

    private final ObjectMapper mapper;

    JsonBodies() {
        JsonFactory factory = new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .maxStringLength(Authentication.MAX_BODY_BYTES)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        SimpleModule types = new SimpleModule()
                .addSerializer(Instant.class, ToStringSerializer.instance)
                .addSerializer(Optional.class, new OptionalWriter());
        this.mapper = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .addModule(types)
                .build();
    }

    /** An empty Optional is a null. */
    @SuppressWarnings("rawtypes") // a serializer is registered for a class, which has no parameters
    private static final class OptionalWriter extends JsonSerializer<Optional> {
        @Override
        public void serialize(Optional value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writePOJO(value.isPresent() ? value.get() : null);
        }
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == JsonFields.class;
    }

    @Override
    public JsonFields readFrom(
            Class<JsonFields> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream stream)
            throws IOException {
        byte[] body = stream.readAllBytes();
        if (body.length == 0) {
            return new JsonFields(mapper.createObjectNode());
        }
        try {
            JsonNode tree = mapper.readTree(body);
            return new JsonFields(tree);
        } catch (JsonProcessingException malformed) {
            throw new ApiException(
                    Problem.MALFORMED_JSON,
                    "the body is not one JSON object: " + JsonFields.quote(malformed.getOriginalMessage())
                            + (malformed.getLocation() == null
                                    ? ""
                                    : " at line " + malformed.getLocation().getLineNr() + ", column "
                                            + malformed.getLocation().getColumnNr()));
        }
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type != byte[].class;
    }

    @Override
    public void writeTo(
            Object view,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream stream)
            throws IOException {
        byte[] body = mapper.writeValueAsBytes(view);
        try {
            stream.write(body);
        } catch (EOFException gone) {
            // The client has hung up, and any client may as often as it likes: nobody is left to answer.
            LOG.debug("an answer of {} bytes was not taken", body.length);
        }
    }
}
