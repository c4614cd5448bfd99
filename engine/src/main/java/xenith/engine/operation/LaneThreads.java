package xenith.engine.operation;

import xenith.engine.model.Work;

/** What lanes make their calls on. Moves have threads of their own, since a few hosts' would otherwise take all for long. */
record LaneThreads(DriverThreads work, DriverThreads moves) implements AutoCloseable {
    DriverThreads of(Work kind) {
        return kind.moves() ? moves : work;
    }

    @Override
    public void close() {
        work.close();
        moves.close();
    }
}
