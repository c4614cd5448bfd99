package xenith.drivers.sim;

import java.util.List;

/**
 * A kind of thing that hosts hold. The journal knows it by its name.
 *
 * @param <T> what it holds, a record of simple values
 */
record SimKind<T>(String name, Class<T> type) {
    /** By virtual machine's UUID, as all but cards and memory. */
    static final SimKind<SimDomain> DOMAIN = new SimKind<>("domain", SimDomain.class);

    static final SimKind<SimClone> CLONE = new SimKind<>("clone", SimClone.class);
    static final SimKind<SimConsole> CONSOLE = new SimKind<>("console", SimConsole.class);
    /** By network and MAC address. */
    static final SimKind<SimCard> CARD = new SimKind<>("card", SimCard.class);
    /** By file name. */
    static final SimKind<SimMemory> MEMORY = new SimKind<>("memory", SimMemory.class);

    static final SimKind<SimLate> LATE = new SimKind<>("late", SimLate.class);
    /** Of no host. */
    static final SimKind<SimTally> TALLY = new SimKind<>("tally", SimTally.class);

    static final List<SimKind<?>> ALL = List.of(DOMAIN, CLONE, CONSOLE, CARD, MEMORY, LATE, TALLY);
}
