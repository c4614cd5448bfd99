package xenith.drivers.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The program that serves the ports.
 *
 * @param program its absolute path
 * @param arguments as they are, without a shell
 * @param state a directory of its own, in which it is started; must be there
 * @param images the image store, to which images' locations are relative; must be there
 */
public record DriverProgram(Path program, List<String> arguments, Path state, Path images) {
    public DriverProgram {
        arguments = List.copyOf(arguments);
    }

    List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(arguments);
        return command;
    }

    @Override
    public String toString() {
        return program.toString();
    }
}
