package xenith.gateway.ec2.tables;

import java.util.Optional;
import xenith.engine.model.AccountId;
import xenith.engine.model.VmId;
import xenith.engine.store.Index;
import xenith.engine.store.Table;

/** What EC2 calls virtual machines. */
public final class Instances {
    public static final Index<AccountId, String, InstanceEntry> BY_ACCOUNT =
            new Index<>("instance by account", entry -> Optional.of(entry.account()));
    public static final Index<String, String, InstanceEntry> BY_RESERVATION =
            new Index<>("instance by reservation", entry -> Optional.of(entry.reservation()));
    public static final Index<VmId, String, InstanceEntry> BY_VM =
            new Index<>("instance by vm", entry -> Optional.of(entry.vm()));

    /** Those whose use is sampled. */
    public static final Index<Boolean, String, InstanceEntry> MONITORED =
            new Index<>("instance monitored", entry -> entry.monitored() ? Optional.of(true) : Optional.empty());

    public static final Table<String, InstanceEntry> TABLE = Table.named("ec2_instances", InstanceEntry::id)
            .keyText("id", InstanceEntry::id)
            .number("vm", entry -> entry.vm().value())
            .text("account", entry -> entry.account().value())
            .text("reservation", InstanceEntry::reservation)
            .number("launch_index", entry -> (long) entry.launchIndex())
            .optionalText("client_token", InstanceEntry::clientToken)
            .optionalText("key_name", InstanceEntry::keyName)
            .flag("monitored", InstanceEntry::monitored)
            .index(BY_ACCOUNT)
            .index(BY_RESERVATION)
            .index(BY_VM)
            .index(MONITORED)
            .readBy(row -> new InstanceEntry(
                    row.text("id"),
                    new VmId(row.number("vm")),
                    new AccountId(row.text("account")),
                    row.text("reservation"),
                    (int) row.number("launch_index"),
                    row.optionalText("client_token"),
                    row.optionalText("key_name"),
                    row.flag("monitored")));

    private Instances() {}
}
