/** The arrows between rooms, held by tests. Start reading at {@link xenith.architecture.RoomsTest}. */
package xenith.architecture;
