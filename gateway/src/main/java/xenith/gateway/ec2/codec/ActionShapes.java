package xenith.gateway.ec2.codec;

import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Ec2Response;
import software.amazon.awssdk.utils.builder.Buildable;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/**
 * Finds the tables of an action by its name. Each is built on first use and kept: walking the whole model at start would
 * take seconds and 140 MB. Safe for use by many threads.
 */
public final class ActionShapes {
    private static final String MODEL = "software.amazon.awssdk.services.ec2.model.";

    /** Names come from clients and become class names, so their form is narrow. */
    private static final Pattern ACTION = Pattern.compile("[A-Z][A-Za-z0-9]{1,99}");

    /** Actions whose classes are not called like them. */
    private static final Map<String, String> CLASS_NAMES = Map.of("EnableVolumeIO", "EnableVolumeIo");

    private final Ec2Contract contract;
    private final ShapeTables tables = new ShapeTables();

    /** Bounded by the number of actions in the model: names that it lacks are not kept. */
    private final Map<String, ActionShape> byAction = new ConcurrentHashMap<>();

    public ActionShapes(Ec2Contract contract) {
        this.contract = contract;
    }

    /**
     * The tables of an action that the model has.
     *
     * @return empty for an unknown action, and for one that only {@link #isKnown} knows
     */
    public Optional<ActionShape> find(String action) {
        ActionShape kept = byAction.get(action);
        return kept != null ? Optional.of(kept) : build(action);
    }

    /** Whether EC2 has an action of that name, whether or not Xenith can read it. Decides which refusal a client gets. */
    public boolean isKnown(String action) {
        return find(action).isPresent() || contract.operation(action).isPresent();
    }

    private Optional<ActionShape> build(String action) {
        if (!ACTION.matcher(action).matches() || CLASS_NAMES.containsValue(action)) {
            return Optional.empty();
        }
        String className = CLASS_NAMES.getOrDefault(action, action);
        Optional<Class<? extends Ec2Request>> request = modelClass(className + "Request", Ec2Request.class);
        Optional<Class<? extends Ec2Response>> response = modelClass(className + "Response", Ec2Response.class);
        if (request.isEmpty() || response.isEmpty()) {
            return Optional.empty();
        }
        ActionShape built = new ActionShape(
                action,
                tables.structure(builders(request.get())),
                tables.structure(builders(response.get())),
                contract.operation(action));
        ActionShape earlier = byAction.putIfAbsent(action, built);
        return Optional.of(earlier == null ? built : earlier);
    }

    private static <T> Optional<Class<? extends T>> modelClass(String name, Class<T> kind) {
        try {
            Class<?> found = Class.forName(MODEL + name, false, kind.getClassLoader());
            return kind.isAssignableFrom(found) && !Modifier.isAbstract(found.getModifiers())
                    ? Optional.of(found.asSubclass(kind))
                    : Optional.empty();
        } catch (ClassNotFoundException | NoClassDefFoundError unknown) {
            // The second comes from file systems that ignore case.
            return Optional.empty();
        }
    }

    /** Builders without reflection per request: one empty object is made here, and copied ever after. */
    private static Supplier<SdkPojo> builders(Class<?> model) {
        try {
            Object empty = ((Buildable) model.getMethod("builder").invoke(null)).build();
            ToCopyableBuilder<?, ?> prototype = (ToCopyableBuilder<?, ?>) empty;
            return () -> (SdkPojo) prototype.toBuilder();
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("The model's " + model.getSimpleName() + " has no builder", impossible);
        }
    }
}
