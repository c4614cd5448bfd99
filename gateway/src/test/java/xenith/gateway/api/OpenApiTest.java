package xenith.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The document and the resources say the same. */
class OpenApiTest {
    private static final List<Class<?>> RESOURCES = List.of(
            OpenApiResource.class,
            AccountsResource.class,
            UsersResource.class,
            AccessKeysResource.class,
            CertificatesResource.class,
            ImagesResource.class,
            HostsResource.class,
            VmsResource.class,
            NetworksResource.class,
            TransfersResource.class,
            EventsResource.class,
            BackupResource.class,
            ShutdownResource.class);

    private static final Map<String, Class<? extends Record>> VIEWS = Map.ofEntries(
            Map.entry("Account", AccountView.class),
            Map.entry("User", UserView.class),
            Map.entry("AccessKey", AccessKeysResource.View.class),
            Map.entry("NewAccessKey", AccessKeysResource.NewView.class),
            Map.entry("Certificate", CertificatesResource.View.class),
            Map.entry("Image", ImageView.class),
            Map.entry("Host", HostView.class),
            Map.entry("Capacity", CapacityView.class),
            Map.entry("Vm", VmView.class),
            Map.entry("Usage", UsageView.class),
            Map.entry("Transfer", ApiSettings.Transfer.class),
            Map.entry("UsageOfVm", VmsResource.UsageOfVm.class),
            Map.entry("Console", VmsResource.ConsoleView.class),
            Map.entry("Network", NetworksResource.View.class),
            Map.entry("Event", EventsResource.View.class),
            Map.entry("ShutdownResult", ShutdownResource.View.class));

    private final JsonNode document = read();

    @Test
    void everyMethodOfAResourceIsInTheDocumentAndViceVersa() {
        Set<String> documented = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(member -> {
                    if (!member.equals("parameters")) {
                        documented.add(member + " " + path.getKey());
                    }
                }));

        Set<String> built = new TreeSet<>();
        RESOURCES.forEach(resource -> built.addAll(methodsOf(resource)));

        assertThat(documented).isEqualTo(built);
    }

    @Test
    void everyMemberOfAViewIsInItsSchemaAndViceVersa() {
        VIEWS.forEach((schema, view) -> {
            List<String> documented = new ArrayList<>();
            schema(schema).path("properties").fieldNames().forEachRemaining(documented::add);
            assertThat(documented)
                    .as(schema)
                    .isEqualTo(Arrays.stream(view.getRecordComponents())
                            .map(RecordComponent::getName)
                            .toList());
        });
    }

    @Test
    void everyActionOnAMachineIsInTheDocument() {
        JsonNode parameters = document.at("/paths/~1vms~1{vm}~1{action}/parameters");
        List<String> documented = new ArrayList<>();
        parameters.get(1).at("/schema/enum").forEach(action -> documented.add(action.asText()));
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(VmAction.values()).map(Words::of).toList());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(document.findValuesAsText("$ref")).isNotEmpty().allSatisfy(reference -> assertThat(
                        document.at(reference.substring(1)).isObject())
                .as(reference)
                .isTrue());
    }

    private JsonNode schema(String name) {
        return document.path("components").path("schemas").path(name);
    }

    private static List<String> methodsOf(Class<?> resource) {
        String root = resource.getAnnotation(Path.class).value();
        List<String> methods = new ArrayList<>();
        for (Method method : resource.getDeclaredMethods()) {
            Path below = method.getAnnotation(Path.class);
            String path = "/" + root + (below == null ? "" : "/" + below.value());
            for (Class<? extends Annotation> verb : List.of(GET.class, POST.class, DELETE.class)) {
                if (method.isAnnotationPresent(verb)) {
                    methods.add(verb.getSimpleName().toLowerCase(java.util.Locale.ROOT) + " " + path);
                }
            }
        }
        return methods;
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(new OpenApiResource().document());
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
