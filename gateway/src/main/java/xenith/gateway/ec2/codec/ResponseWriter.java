package xenith.gateway.ec2.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.Ec2Response;

/**
 * Writes an action's answer: the Query document, which is also the child of a SOAP answer's Body. Holds no state; safe
 * for use by many threads.
 */
public final class ResponseWriter {

    /**
     * Streams the answer, without holding it in memory.
     *
     * @param requestId the id that the log has too
     * @param version whose namespace the answer gets: the request's
     * @throws IllegalArgumentException for SOAP, when the contract has no such action
     * @throws IOException from the stream, which stays open
     */
    public void write(
            ActionShape shape,
            Ec2Response response,
            String requestId,
            ApiVersion version,
            Protocol protocol,
            OutputStream out)
            throws IOException {
        AnswerPlan plan = shape.answer(protocol);
        String root = shape.action() + "Response";
        XmlOutput xml = new XmlOutput(out);
        if (protocol == Protocol.QUERY) {
            xml.declaration();
        }
        xml.start(root, version.namespace());
        xml.element("requestId", requestId);
        writeParts(plan.parts(), response, xml);
        xml.end(root);
        xml.flush();
    }

    /** @param structure null where a required structure is not set */
    private void writeParts(List<AnswerPart> parts, SdkPojo structure, XmlOutput xml) throws IOException {
        for (AnswerPart part : parts) {
            if (part instanceof AnswerPart.Text text) {
                writeText(text, valueOf(text.member(), structure), xml);
            } else if (part instanceof AnswerPart.Structure inner) {
                writeStructure(inner, (SdkPojo) valueOf(inner.member(), structure), xml);
            } else if (part instanceof AnswerPart.Items items) {
                writeItems(items, (List<?>) valueOf(items.member(), structure), xml);
            } else if (part instanceof AnswerPart.Presence presence) {
                if (valueOf(presence.member(), structure) != null) {
                    xml.empty(presence.name());
                }
            } else if (part instanceof AnswerPart.Constant constant) {
                xml.element(constant.name(), constant.text());
            }
        }
    }

    private static Object valueOf(MemberShape member, SdkPojo structure) {
        return structure == null ? null : member.valueIn(structure);
    }

    private static void writeText(AnswerPart.Text part, Object value, XmlOutput xml) throws IOException {
        String text = value == null ? part.whenMissing() : part.kind().format(value);
        if (text != null) {
            xml.element(part.name(), text);
        }
    }

    private void writeStructure(AnswerPart.Structure part, SdkPojo value, XmlOutput xml) throws IOException {
        if (value == null && !part.required()) {
            return;
        }
        xml.start(part.name());
        writeParts(part.parts(), value, xml);
        xml.end(part.name());
    }

    private void writeItems(AnswerPart.Items part, List<?> values, XmlOutput xml) throws IOException {
        if (values == null || values.isEmpty()) {
            // A set that is there but empty says so; one that is not set stands only where clients rely on it.
            if (part.required() || values != null) {
                xml.empty(part.name());
            }
            return;
        }
        xml.start(part.name());
        for (Object value : values) {
            xml.start(part.itemName());
            writeItem(part.item(), value, xml);
            xml.end(part.itemName());
        }
        xml.end(part.name());
    }

    private void writeItem(AnswerPart.Item item, Object value, XmlOutput xml) throws IOException {
        if (item instanceof AnswerPart.Item.Structure structure) {
            writeParts(structure.parts(), (SdkPojo) value, xml);
        } else if (item instanceof AnswerPart.Item.Value scalar) {
            xml.text(scalar.kind().format(value));
        } else if (item instanceof AnswerPart.Item.Wrapped wrapped) {
            xml.element(wrapped.name(), wrapped.kind().format(value));
        }
    }
}
