package xenith.gateway.ec2.actions;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.AccountAttribute;
import software.amazon.awssdk.services.ec2.model.AccountAttributeValue;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeIdFormatRequest;
import software.amazon.awssdk.services.ec2.model.DescribeIdFormatResponse;
import software.amazon.awssdk.services.ec2.model.IdFormat;
import software.amazon.awssdk.services.ec2.model.ModifyIdFormatRequest;
import software.amazon.awssdk.services.ec2.model.ModifyIdFormatResponse;
import xenith.engine.model.Account;
import xenith.engine.model.UserId;
import xenith.engine.tables.Accounts;
import xenith.gateway.ec2.tables.Ec2Ids;
import xenith.gateway.ec2.tables.IdFormatEntry;
import xenith.gateway.ec2.tables.IdFormats;

/** What holds for an account as a whole, and for the ids that are made for a user. */
final class AccountActions {
    /** All kinds at once. */
    private static final String ALL_CURRENT = "all-current";

    private final Ec2Ids ids;

    AccountActions(Ec2Ids ids) {
        this.ids = ids;
    }

    DescribeAccountAttributesResponse describeAccountAttributes(
            Ec2Call call, DescribeAccountAttributesRequest request) {
        Account account =
                call.state().find(Accounts.TABLE, call.caller().account()).orElseThrow();
        Map<String, String> attributes = attributes(account);
        List<String> listed = request.attributeNamesAsStrings();
        Listed.requireKnown("account attribute", listed, attributes.keySet());
        return DescribeAccountAttributesResponse.builder()
                .accountAttributes(attributes.entrySet().stream()
                        .filter(attribute -> Listed.wants(listed, attribute.getKey()))
                        .map(attribute -> described(attribute.getKey(), attribute.getValue()))
                        .toList())
                .build();
    }

    /** There are no private networks and no elastic addresses, and one group for each instance. */
    private static Map<String, String> attributes(Account account) {
        return new TreeMap<>(Map.of(
                "supported-platforms",
                "EC2",
                "default-vpc",
                "none",
                "max-instances",
                Integer.toString(account.maxVms()),
                "max-elastic-ips",
                "0",
                "vpc-max-elastic-ips",
                "0",
                "vpc-max-security-groups-per-interface",
                "1"));
    }

    private static AccountAttribute described(String name, String value) {
        return AccountAttribute.builder()
                .attributeName(name)
                .attributeValues(
                        AccountAttributeValue.builder().attributeValue(value).build())
                .build();
    }

    DescribeIdFormatResponse describeIdFormat(Ec2Call call, DescribeIdFormatRequest request) {
        UserId user = call.caller().user();
        List<String> kinds = request.resource() == null ? IdFormats.KINDS : List.of(kind(request.resource()));
        return DescribeIdFormatResponse.builder()
                .statuses(kinds.stream()
                        .map(kind -> IdFormat.builder()
                                .resource(kind)
                                .useLongIds(IdFormats.idsFor(call.state(), user, kind, ids)
                                        .areLong())
                                .build())
                        .toList())
                .build();
    }

    /** Ids that were made before stay as they are. */
    ModifyIdFormatResponse modifyIdFormat(Ec2Call call, ModifyIdFormatRequest request) {
        if (request.resource() == null) {
            throw Refusals.missing("Resource");
        }
        if (request.useLongIds() == null) {
            throw Refusals.missing("UseLongIds");
        }
        List<String> kinds =
                request.resource().equals(ALL_CURRENT) ? IdFormats.KINDS : List.of(kind(request.resource()));
        UserId user = call.caller().user();
        call.write(tx -> {
            kinds.forEach(kind -> tx.put(IdFormats.TABLE, new IdFormatEntry(user, kind, request.useLongIds())));
            return kinds;
        });
        return ModifyIdFormatResponse.builder().build();
    }

    private static String kind(String resource) {
        if (!IdFormats.KINDS.contains(resource)) {
            throw Refusals.invalidValue("Resource", resource, "Expecting " + String.join(", ", IdFormats.KINDS));
        }
        return resource;
    }
}
