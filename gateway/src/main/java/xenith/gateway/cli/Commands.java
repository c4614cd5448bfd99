package xenith.gateway.cli;

import static xenith.gateway.cli.Command.Kind.FLAG;
import static xenith.gateway.cli.Command.Kind.NUMBER;
import static xenith.gateway.cli.Command.Kind.TEXT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of all commands. */
final class Commands {
    private static final Command.Printer ONE = Table::one;
    private static final Command.Printer RAW = Object::toString;

    private Commands() {}

    static List<Command> all() {
        List<Command> all = new ArrayList<>();
        all.addAll(accounts());
        all.addAll(users());
        all.addAll(images());
        all.addAll(hosts());
        all.addAll(vms());
        all.addAll(networks());
        all.add(Simulations.command());
        all.add(Command.of("completion", Completion.SUMMARY, RAW, Completion::script));
        all.add(Command.of(
                        "events",
                        "Lists what happened, in order.",
                        Table.of("id", "at", "name", "subject", "detail"),
                        (values, api) -> api.get("/events?after="
                                + Api.encoded(values.option("--after").orElse("0")) + "&limit="
                                + Api.encoded(values.option("--limit").orElse("1000"))))
                .here("--after", TEXT, "Only those with a higher number.")
                .here("--limit", TEXT, "How many at most, 1 to 1000."));
        all.add(Command.of(
                "database-copy",
                "Copies the database that is in the home into a folder there; see xenith backup.",
                ONE,
                (values, api) -> api.post("/backup", values.body())));
        all.add(Command.of(
                        "shutdown",
                        "Shuts down the guests on the home's own hypervisor and stops the gateway.",
                        ONE,
                        (values, api) -> api.post("/shutdown", values.body()))
                .taking("--deadline", NUMBER, "deadlineSeconds", "How many seconds guests have, 0 to 600."));
        return all;
    }

    private static List<Command> accounts() {
        return List.of(
                list("account", "accounts", "id", "name", "vms", "maxVms", "users"),
                show("account", "accounts"),
                add("account", "accounts")
                        .taking("--max-vms", NUMBER, "maxVms", "How many machines it may hold (default 100)."),
                remove("account", "accounts"));
    }

    private static List<Command> users() {
        return List.of(
                list("user", "users", "id", "name", "account", "role", "enabled"),
                show("user", "users"),
                Command.of("user add", "Adds a user.", ONE, RcFile::addUser, "NAME")
                        .needing("--account", "account", "Name or id of the account.")
                        .taking("--role", TEXT, "role", "member (default) or operator.")
                        .here("--rc", TEXT, RcFile.HELP),
                remove("user", "users"),
                Command.of(
                        "user key list",
                        "Lists a user's access keys.",
                        Table.of("id", "user", "enabled"),
                        (values, api) -> api.get(Api.path("users", values.argument(0), "access-keys")),
                        "USER"),
                Command.of(
                        "user key add",
                        "Makes an access key; its secret is shown this once.",
                        ONE,
                        (values, api) -> api.post(Api.path("users", values.argument(0), "access-keys"), Map.of()),
                        "USER"),
                Command.of(
                        "user key rm",
                        "Removes an access key.",
                        ONE,
                        (values, api) ->
                                deleted(api, Api.path("users", values.argument(0), "access-keys", values.argument(1))),
                        "USER",
                        "KEY"),
                Command.of(
                        "user cert list",
                        "Lists a user's certificates.",
                        Table.of("id", "name", "notAfter", "enabled"),
                        (values, api) -> api.get(Api.path("users", values.argument(0), "certificates")),
                        "USER"),
                Command.of(
                                "user cert add",
                                "Has a certificate issued, whose private key is shown this once, or takes one made"
                                        + " elsewhere.",
                                ONE,
                                RcFile::addCertificate,
                                "USER")
                        .here("--pem", TEXT, "File with a certificate that was made elsewhere."),
                Command.of(
                        "user cert rm",
                        "Removes a certificate.",
                        ONE,
                        (values, api) ->
                                deleted(api, Api.path("users", values.argument(0), "certificates", values.argument(1))),
                        "USER",
                        "FINGERPRINT"));
    }

    private static List<Command> images() {
        return List.of(
                list("image", "images", "id", "imageId", "name", "kind", "state", "sizeBytes", "shared"),
                show("image", "images"),
                add("image", "images")
                        .needing("--location", "location", "Path within the image store.")
                        .taking("--kind", TEXT, "kind", "machine (default), kernel or ramdisk.")
                        .taking("--kernel", TEXT, "kernel", "The kernel image that it boots.")
                        .taking("--ramdisk", TEXT, "ramdisk", "The ramdisk image that it boots.")
                        .taking(
                                "--virtualization",
                                TEXT,
                                "virtualization",
                                "paravirtual (default with a kernel), hvm (default without one) or pvh.")
                        .taking("--arch", TEXT, "arch", "Architecture (default x86_64).")
                        .taking("--description", TEXT, "description", "For people.")
                        .taking("--shared", FLAG, "shared", "Lets every account use it."),
                Command.of(
                        "image transfers",
                        "Lists images that are on their way to hosts.",
                        Table.of("host", "image", "DONE=bytesDone", "TOTAL=bytesTotal"),
                        (values, api) -> api.get("/transfers")),
                remove("image", "images"));
    }

    private static List<Command> hosts() {
        return List.of(
                list(
                        "host",
                        "hosts",
                        "id",
                        "name",
                        "state",
                        "hypervisor",
                        "version",
                        "vms",
                        "CPU=capacity.cpu",
                        "MEMORY-MIB=capacity.memoryMib",
                        "PROMISED-MIB=promised.memoryMib",
                        "reason"),
                show("host", "hosts"),
                add("host", "hosts")
                        .needing("--uri", "uri", "How its driver reaches it, as xen+tls://HOST/.")
                        .taking("--driver", TEXT, "driver", "libvirt or sim (default: the cloud's).")
                        .taking("--zone", TEXT, "zone", "Availability zone (default: the cloud's).")
                        .taking(
                                "--migration-address",
                                TEXT,
                                "migrationAddress",
                                "Where other hosts reach it to move machines, if not under its URI's name."),
                remove("host", "hosts"),
                Command.of("host certificate", HostCertificates.SUMMARY, ONE, HostCertificates::write, "NAME")
                        .here("--out", TEXT, "Folder for the files.")
                        .here("--address", TEXT, "More names and IP addresses of the host, separated by commas.")
                        .here("--client", FLAG, "One to log in to hosts with."),
                act("host enable", "Lets a host take machines, also one that was fenced.", "hosts", "enable"),
                act("host disable", "Lets a host take no new machines; those that it has run on.", "hosts", "disable"),
                Command.of(
                                "host drain",
                                "Moves a host's machines to other hosts, and lets it take no new ones.",
                                ONE,
                                (values, api) -> Waiting.asked(values, api)
                                        .untilEmpty(api.post(Api.path("hosts", values.argument(0), "drain"), Map.of())),
                                "NAME")
                        .here("--wait", NUMBER, "Waits that many seconds at most until the host has no machine."),
                Command.of(
                                "host fence",
                                "Starts the machines of a host that is off on other hosts.",
                                ONE,
                                (values, api) ->
                                        api.post(Api.path("hosts", values.argument(0), "fence"), values.body()),
                                "NAME")
                        .taking("--confirmed", FLAG, "confirmed", "You have made sure that the host is off."));
    }

    private static List<Command> vms() {
        return List.of(
                Command.of(
                                "vm list",
                                "Lists machines.",
                                Table.of("id", "instanceId", "name", "state", "work", "host", "addresses", "waits"),
                                (values, api) -> api.pages(values.flag("--all") ? "/vms?ended=true" : "/vms"))
                        .here("--all", FLAG, "Those too that have ended."),
                show("vm", "vms"),
                Command.of("vm top", "Lists what machines that run use.", Usage.TABLE, Usage::sample)
                        .here("--interval", NUMBER, "Over how many seconds processor time is measured (default 2)."),
                work("vm start", "Starts a machine from wherever it rests.", "start", "running")
                        .taking("--host", TEXT, "host", "Where it is to start (default: where it was, or has room)."),
                work(
                        "vm shutdown",
                        "Asks the guest to shut down, and switches it off if it does not.",
                        "shutdown",
                        "off",
                        "ended"),
                work("vm reboot", "Reboots a machine.", "reboot", "running"),
                work("vm pause", "Lets a machine stand still, in memory.", "pause", "paused"),
                work("vm unpause", "Lets a paused machine go on.", "unpause", "running"),
                work("vm suspend", "Saves a machine's memory; it keeps its host.", "suspend", "suspended"),
                work(
                        "vm resume",
                        "Lets a machine go on with the memory that was saved, or that it has.",
                        "resume",
                        "running"),
                work("vm stop", "Saves a machine's memory and releases its host; it starts on any.", "save", "saved"),
                work("vm hold", "Keeps a machine that waits for a host from being started.", "hold", "held"),
                work("vm release", "Lets a machine be started that was held.", "release", "pending", "running"),
                Command.of(
                                "vm migrate",
                                "Moves a machine to another host.",
                                ONE,
                                (values, api) -> {
                                    Map<String, Object> body = values.body();
                                    body.put("host", values.argument(1));
                                    return Waiting.asked(values, api)
                                            .untilMoved(api.post(Api.path("vms", values.argument(0), "migrate"), body));
                                },
                                "VM",
                                "HOST")
                        .taking("--live", FLAG, "live", "Its guest goes on meanwhile.")
                        .here("--wait", NUMBER, "Waits that many seconds at most; exit status 1 if it did not move."),
                Command.of(
                                "vm resize",
                                "Gives a machine other processors or memory: off, from its next start on; running, up to"
                                        + " what it was started with.",
                                ONE,
                                (values, api) -> Waiting.asked(values, api)
                                        .untilResized(
                                                api.post(Api.path("vms", values.argument(0), "resize"), values.body()),
                                                values.body()),
                                "VM")
                        .taking("--cpus", NUMBER, "vcpus", "How many processors.")
                        .taking("--memory", NUMBER, "memoryMib", "How much memory, in MiB.")
                        .here("--wait", NUMBER, "Waits that many seconds at most; exit status 1 if it kept its size."),
                work("vm terminate", "Ends a machine for good.", "end", "ended"),
                work("vm rm", "The same as terminate.", "end", "ended"),
                Command.of(
                        "vm console",
                        "Prints the end of what the guest wrote on its console.",
                        RAW,
                        (values, api) -> Json.object(api.get(Api.path("vms", values.argument(0), "console")))
                                .get("output"),
                        "VM"));
    }

    /**
     * Work on a machine that takes a while.
     *
     * @param aims the states that the machine is to be in when it is done
     */
    private static Command work(String words, String summary, String action, String... aims) {
        return Command.of(
                        words,
                        summary,
                        ONE,
                        (values, api) -> Waiting.asked(values, api)
                                .untilDone(
                                        api.post(Api.path("vms", values.argument(0), action), values.body()),
                                        Set.of(aims)),
                        "VM")
                .here("--wait", NUMBER, "Waits that many seconds at most until it is done.");
    }

    private static List<Command> networks() {
        return List.of(
                list("net", "networks", "id", "name", "bridge", "subnet", "first", "last", "gateway", "leased"),
                show("net", "networks"),
                add("net", "networks")
                        .needing("--bridge", "bridge", "Name of the bridge on every host.")
                        .needing("--subnet", "subnet", "As 10.0.0.0/24.")
                        .needing("--first", "first", "First address to lease.")
                        .needing("--last", "last", "Last address to lease.")
                        .needing("--gateway", "gateway", "The hosts' address in it."));
    }

    private static Command list(String word, String plural, String... columns) {
        return Command.of(
                word + " list", "Lists " + plural + ".", Table.of(columns), (values, api) -> api.get("/" + plural));
    }

    private static Command show(String word, String plural) {
        return Command.of(
                word + " show",
                "Shows one of the " + plural + ".",
                ONE,
                (values, api) -> api.get(Api.path(plural, values.argument(0))),
                "NAME");
    }

    private static Command add(String word, String plural) {
        return Command.of(
                word + " add",
                "Adds to the " + plural + ".",
                ONE,
                (values, api) -> {
                    Map<String, Object> body = values.body();
                    body.put("name", values.argument(0));
                    return api.post("/" + plural, body);
                },
                "NAME");
    }

    private static Command remove(String word, String plural) {
        return Command.of(
                word + " rm",
                "Removes one of the " + plural + ".",
                ONE,
                (values, api) -> deleted(api, Api.path(plural, values.argument(0))),
                "NAME");
    }

    private static Command act(String words, String summary, String plural, String action) {
        return Command.of(
                words,
                summary,
                ONE,
                (values, api) -> api.post(Api.path(plural, values.argument(0), action), Map.of()),
                "NAME");
    }

    private static Object deleted(Api api, String path) throws CommandException {
        api.delete(path);
        return null;
    }
}
