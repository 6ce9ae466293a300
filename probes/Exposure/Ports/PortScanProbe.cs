using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>Looks at the ports of one machine and says what is open, in the groups of the rules' table.</summary>
public sealed class PortScanProbe : Probe<ExposedHost, ExposedPorts>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "exposure.ports",
        Pillar = Pillar.Exposure,
        Title = "开放端口",
        Question = "从本机看，这台主机有哪些 TCP 端口可以连上，各是什么服务？",
        Needs = typeof(ExposedHost),
        Observes = typeof(ExposedPorts),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Noisy,
        Timeout = TimeSpan.FromSeconds(540),
        Connections = 65535,
        Tools = ["nmap"],
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(ExposedHost target, ProbeContext context, CancellationToken cancellationToken)
    {
        var scan = await PortScans.OfAsync(target, context, cancellationToken);
        return Saw(target, context, Describe(target, scan, context.Tables.Services), scan.Evidence);
    }

    /// <summary>Pure.</summary>
    internal static ExposedPorts Describe(ExposedHost target, PortScan scan, IReadOnlyList<ServiceTable> tables)
    {
        var naming = new PortNaming(tables);
        var open = scan.Open.Select(p => (Known: naming.Find(p), Port: Say(p, naming.Find(p), target))).ToList();
        IReadOnlyList<OpenPort> unexpected = target.DeclaredPorts is null ? [] : [.. open.Where(o => !o.Port.IsDeclared).Select(o => o.Port)];
        var looked = scan.LookedAt.ToHashSet();
        PortGroup Group(ServiceGroup group)
        {
            IReadOnlyList<OpenPort> seen = [.. open.Where(o => o.Known?.Group == group).Select(o => o.Port)];
            var isWhole = scan.IsWhole && tables.SelectMany(t => t.Ports).Where(p => p.Group == group).All(p => looked.Contains(p.Port));
            return new PortGroup
            {
                IsOpen = Any(seen.Count > 0, isWhole),
                IsUndeclared = Any(seen.Any(s => !s.IsDeclared), isWhole),
                Seen = seen,
            };
        }

        return new ExposedPorts
        {
            Address = scan.Address.ToString(),
            Tool = scan.Tool,
            LookedAt = PortRanges.Write(scan.LookedAt),
            PortCount = scan.LookedAt.Count,
            Open = scan.IsWhole ? new([.. open.Select(o => o.Port)]) : default,
            Silent = scan.IsWhole ? scan.Silent : default(Fact<int>),
            Declared = target.DeclaredPorts is { } declared ? PortRanges.Write(declared) : default(Fact<string>),
            HasUnexpected = target.DeclaredPorts is null ? default : Any(unexpected.Count > 0, scan.IsWhole && tables.SelectMany(t => t.Ports).Any() && tables.SelectMany(t => t.Ports).All(p => looked.Contains(p.Port))),
            Unexpected = unexpected,
            ClearTextLogin = Group(ServiceGroup.ClearTextLogin),
            DataStore = Group(ServiceGroup.DataStore),
            Cluster = Group(ServiceGroup.Cluster),
            Container = Group(ServiceGroup.Container),
            RemoteDesktop = Group(ServiceGroup.RemoteDesktop),
            FileShare = Group(ServiceGroup.FileShare),
            Debugging = Group(ServiceGroup.Debugging),
            Console = Group(ServiceGroup.Console),
        };
    }

    private static Fact<bool> Any(bool isSeen, bool isWhole) => isSeen ? true : isWhole ? false : default(Fact<bool>);

    private static OpenPort Say(FoundPort found, KnownPort? known, ExposedHost target)
    {
        var product = string.Join(' ', new[] { found.Product, found.Version }.OfType<string>());
        var name = known?.Title ?? found.Service ?? "未识别的服务";
        var how = found.Service is null && found.Product is null && known is not null ? "，按端口号" : "";
        return new OpenPort(
            found.Number, known?.Service ?? found.Service, found.Service is not null || found.Product is not null, found.Product, found.Version,
            target.DeclaredPorts?.Contains(found.Number) == true, $"{found.Number}/tcp {name}{(product.Length > 0 ? $"（{product}）" : how)}");
    }
}
