package xenith.gateway.ec2.codec;

import java.util.regex.Pattern;

/**
 * The API version that a client speaks, such as {@code 2013-02-01}; answers carry its namespace.
 *
 * <p>Every version is accepted, since each answers with the members that it knows.
 */
public record ApiVersion(String date) {
    private static final String NAMESPACE_START = "http://ec2.amazonaws.com/doc/";
    private static final Pattern DATE = Pattern.compile("20[0-9]{2}-[0-9]{2}-[0-9]{2}");

    // Stands after what its constructor needs.
    /** The version of the SOAP contract that is served. */
    public static final ApiVersion CONTRACT = new ApiVersion("2013-02-01");

    /**
     * Checks the date's form.
     *
     * @throws Ec2Error NoSuchVersion when it is no date of the form 2013-02-01
     */
    public ApiVersion {
        if (!DATE.matcher(date).matches()) {
            throw new Ec2Error(Ec2ErrorCode.NO_SUCH_VERSION, "The requested version of service AmazonEC2 is no date");
        }
    }

    /**
     * The version of a SOAP body's namespace; a missing slash at its end is tolerated.
     *
     * @throws Ec2Error NoSuchVersion when the namespace is not EC2's
     */
    public static ApiVersion ofNamespace(String namespace) {
        if (namespace == null || !namespace.startsWith(NAMESPACE_START)) {
            throw new Ec2Error(Ec2ErrorCode.NO_SUCH_VERSION, "The body is not in a namespace of AmazonEC2");
        }
        int end = namespace.endsWith("/") ? namespace.length() - 1 : namespace.length();
        return new ApiVersion(namespace.substring(NAMESPACE_START.length(), Math.max(NAMESPACE_START.length(), end)));
    }

    public String namespace() {
        return NAMESPACE_START + date + "/";
    }
}
