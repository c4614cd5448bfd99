package xenith.engine.model;

/** A machine that no request ends until this is taken away. Its guest may still end it, and so may a fault. */
public record EndProtection(VmId vm) {}
