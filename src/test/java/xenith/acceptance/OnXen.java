package xenith.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;

/** What tests on the lab's hosts ask of a cloud there. */
record OnXen(RunningCloud cloud) {
    private static final String FIRST_DOMAIN = "00000000-0000-0000-0000-000000000000";

    /** An instance of the first image with that user data, which need not run yet. */
    String launch(String userData) {
        String image = cloud.aws(
                "describe-images", "--filters", "Name=image-type,Values=machine", "--query", "Images[0].ImageId");
        return cloud.aws(
                "run-instances",
                "--image-id",
                image,
                "--instance-type",
                "t1.micro",
                "--user-data",
                userData,
                "--query",
                "Instances[0].InstanceId");
    }

    JsonNode vm(String reference) {
        return json("vm", "show", reference);
    }

    JsonNode host(String name) {
        return json("host", "show", name);
    }

    JsonNode json(String... words) {
        String[] all = java.util.Arrays.copyOf(words, words.length + 1);
        all[words.length] = "--json";
        try {
            return new ObjectMapper().readTree(cloud.xenith(all).succeeded());
        } catch (JsonProcessingException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String state(String vm) {
        return state(vm(vm));
    }

    static String state(JsonNode shown) {
        return shown.path("work").asText().equals("none") ? shown.path("state").asText() : "at work";
    }

    void awaitState(String vm, String state) {
        RunningCloud.await(state, () -> state(vm));
    }

    String console(String instance) {
        return cloud.aws("get-console-output", "--instance-id", instance, "--query", "Output");
    }

    /** UUIDs of the guests on a host of the lab, as its own libvirt lists them: the host's own domain is none. */
    String domains(String host) {
        return cloud.xenith("lab", "ssh", host, "virsh", "-q", "list", "--uuid")
                .succeeded()
                .lines()
                .filter(uuid -> !uuid.isBlank() && !uuid.equals(FIRST_DOMAIN))
                .collect(Collectors.joining("\n"));
    }

    void assertRunsOnlyOn(String vm, String here, String notThere) {
        String uuid = vm(vm).path("uuid").asText();
        assertThat(domains(here)).contains(uuid);
        assertThat(domains(notThere)).doesNotContain(uuid);
    }
}
