package xenith.engine.tables;

import xenith.engine.model.Gateway;
import xenith.engine.store.Table;

/** Gateways that serve this cloud together, on a database that they share. */
public final class Gateways {
    public static final Table<String, Gateway> TABLE = Table.named("gateways", Gateway::id)
            .keyText("id", Gateway::id)
            .text("name", Gateway::name)
            .number("epoch", Gateway::epoch)
            .number("beat", Gateway::beat)
            .readBy(row -> new Gateway(row.text("id"), row.text("name"), row.number("epoch"), row.number("beat")));

    private Gateways() {}
}
