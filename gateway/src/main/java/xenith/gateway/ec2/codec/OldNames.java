package xenith.gateway.ec2.codec;

import java.util.Map;

/** Names that parameters had in earlier API versions or in single clients, with the model's names for them. */
final class OldNames {
    private static final Map<String, Map<String, String>> BY_ACTION = Map.of(
            "RunInstances",
            Map.of("GroupName", "SecurityGroup", "GroupId", "SecurityGroupId"),
            "CreateNetworkInterface",
            Map.of("GroupId", "SecurityGroupId"),
            "DescribeAvailabilityZones",
            Map.of("AvailabilityZone", "ZoneName"),
            "DescribeAccountAttributes",
            Map.of("AccountAttributeName", "AttributeName"));

    private OldNames() {}

    /** @param name a parameter's first part */
    static String current(String action, String name) {
        return BY_ACTION.getOrDefault(action, Map.of()).getOrDefault(name, name);
    }
}
