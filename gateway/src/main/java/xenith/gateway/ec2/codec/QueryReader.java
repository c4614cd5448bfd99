package xenith.gateway.ec2.codec;

import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Ec2Request;

/**
 * Reads the parameters of a Query request into the model's request. Holds no state; safe for use by many threads.
 *
 * <p>Lists are sorted by index, which may be sparse and oddly written ({@code .01}, {@code .11}); an only element may
 * lack its index, and an only value may carry one.
 */
public final class QueryReader {
    /** More than any client sends; bounds the work that one request makes. */
    public static final int MAX_PARAMETERS = 10_000;

    private static final Set<String> PROTOCOL_PARAMETERS = Set.of(
            "Action",
            "Version",
            "AWSAccessKeyId",
            "Signature",
            "SignatureMethod",
            "SignatureVersion",
            "Timestamp",
            "Expires",
            "SecurityToken");

    private static final int MAX_INDEX_DIGITS = 9;

    /** Whether a parameter speaks to the protocol (action, version, signature) and not to the action. */
    public static boolean isProtocolParameter(String name) {
        return PROTOCOL_PARAMETERS.contains(name) || name.regionMatches(true, 0, "X-Amz-", 0, 6);
    }

    /**
     * Reads a request; protocol parameters are skipped.
     *
     * @return the model's request, such as {@code RunInstancesRequest} for RunInstances
     * @throws Ec2Error UnknownParameter for a name that the model lacks, InvalidParameterValue for a malformed value,
     *     InvalidParameterCombination for what is given twice or too often; each names the parameter
     */
    public Ec2Request read(ActionShape shape, List<Parameter> parameters) {
        if (parameters.size() > MAX_PARAMETERS) {
            throw new Ec2Error(
                    Ec2ErrorCode.MALFORMED_QUERY_STRING, "The request has more than " + MAX_PARAMETERS + " parameters");
        }
        RequestNode root = RequestNode.root();
        for (Parameter parameter : parameters) {
            if (!isProtocolParameter(parameter.name())) {
                place(shape, parameter.name(), root).text(parameter.value());
            }
        }
        return (Ec2Request) root.structure(shape.request());
    }

    private static RequestNode place(ActionShape action, String name, RequestNode root) {
        RequestNode node = root;
        Shape shape = action.request();
        boolean isItem = false;
        int start = 0;
        while (start <= name.length()) {
            int dot = name.indexOf('.', start);
            int end = dot < 0 ? name.length() : dot;
            String part = name.substring(start, end);
            boolean isLast = dot < 0;
            if (shape instanceof StructShape structure) {
                MemberShape member =
                        structure.byQueryName(node == root ? OldNames.current(action.action(), part) : part);
                if (member == null) {
                    throw Ec2Error.unknownParameter(name);
                }
                node = node.member(member);
                shape = member.shape();
                isItem = false;
            } else if (shape instanceof ListShape list) {
                node = node.item(index(part, name));
                shape = list.item();
                isItem = true;
            } else if (isLast && !isItem) {
                // An only value with an index, as boto sends GetConsoleOutput's InstanceId.1.
                int unused = index(part, name);
            } else {
                throw Ec2Error.unknownParameter(name);
            }
            start = end + 1;
        }
        return node;
    }

    private static int index(String part, String name) {
        if (part.isEmpty() || part.length() > MAX_INDEX_DIGITS || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw Ec2Error.unknownParameter(name);
        }
        return Integer.parseInt(part);
    }
}
