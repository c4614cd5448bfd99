package xenith.gateway.ec2.actions;

import xenith.engine.service.Consoles;
import xenith.engine.service.ImageCatalog;
import xenith.engine.service.ImageInspection;
import xenith.engine.service.Observations;
import xenith.engine.service.VirtualMachines;

/** What the actions call. */
public record EngineServices(
        VirtualMachines machines,
        ImageCatalog images,
        ImageInspection inspection,
        Consoles consoles,
        Observations observations) {}
