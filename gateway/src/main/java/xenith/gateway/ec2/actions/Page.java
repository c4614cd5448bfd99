package xenith.gateway.ec2.actions;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

/**
 * A part of a long answer. The token names the last item's place and the query that it belongs to, so that paging goes
 * on rightly when items come and go meanwhile, and a token of another query or account is refused.
 *
 * @param nextToken null on the last page, as the SDK has it
 */
record Page<T>(List<T> items, String nextToken) {
    private static final int MIN_RESULTS = 5;
    private static final int MAX_RESULTS = 1000;
    private static final int DIGEST_CHARS = 32;
    private static final Set<String> NOT_QUERY = Set.of("NextToken", "MaxResults", "DryRun");

    Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts the page that is asked for.
     *
     * @param maxResults as the request has it, or null for all
     * @param token as the request has it; null or empty, as old clients send it, for the first page
     * @param sorted what answers the whole query, by place
     * @param place an item's own, which stands to others' as text as the items do
     * @throws Ec2Error InvalidParameterValue, InvalidNextToken
     */
    static <T> Page<T> of(
            Ec2Call call,
            Ec2Request request,
            Integer maxResults,
            String token,
            List<T> sorted,
            Function<T, String> place) {
        checkSize(maxResults);
        boolean first = token == null || token.isEmpty();
        if (first && (maxResults == null || sorted.size() <= maxResults)) {
            return new Page<>(sorted, null);
        }
        String query = RequestDigest.of(request, call.caller().account().value(), NOT_QUERY)
                .substring(0, DIGEST_CHARS);
        String after = first ? "" : placeIn(token, query);
        List<T> rest = sorted.stream()
                .filter(item -> place.apply(item).compareTo(after) > 0)
                .toList();
        if (maxResults == null || rest.size() <= maxResults) {
            return new Page<>(rest, null);
        }
        List<T> items = rest.subList(0, maxResults);
        return new Page<>(items, token(query, place.apply(items.get(items.size() - 1))));
    }

    /** A number as a place: texts of one length stand to each other as their numbers do. */
    static String place(long number) {
        String digits = Long.toString(number);
        return "0".repeat(19 - digits.length()) + digits;
    }

    /** @throws Ec2Error InvalidParameterCombination when ids are listed as well */
    static void refuseWithIds(Integer maxResults, List<String> ids, String parameter) {
        if (maxResults != null && !ids.isEmpty()) {
            throw Refusals.combination("The parameter MaxResults cannot be used with the parameter " + parameter);
        }
    }

    private static void checkSize(Integer maxResults) {
        if (maxResults != null && (maxResults < MIN_RESULTS || maxResults > MAX_RESULTS)) {
            throw Refusals.invalidValue(
                    "MaxResults", maxResults, "Expecting a value from " + MIN_RESULTS + " to " + MAX_RESULTS);
        }
    }

    private static String token(String query, String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((query + place).getBytes(StandardCharsets.UTF_8));
    }

    private static String placeIn(String token, String query) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(query)) {
                return text.substring(query.length());
            }
        } catch (IllegalArgumentException notBase64) {
            throw invalid(notBase64);
        }
        throw invalid(null);
    }

    private static Ec2Error invalid(Throwable cause) {
        return new Ec2Error(
                Ec2ErrorCode.INVALID_NEXT_TOKEN,
                "The value of the parameter NextToken was not given in an answer to this query",
                cause);
    }
}
