using System.Reflection;
using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Exposure.Tests;

/// <summary>Probes of one machine, with the table that comes with the tool.</summary>
internal static class Looking
{
    public static string RepositoryRoot { get; } = typeof(Looking).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;

    public static IReadOnlyList<ServiceTable> Tables { get; } = ReadTables();

    public static ExposedHost Host(ScanTool tool, params IReadOnlyList<int> ports) => new() { Id = "here", Address = "127.0.0.1", Ports = [.. ports.Order()], Tool = tool };

    public static async Task<(ProbeOutcome Outcome, KeptEvidence Evidence)> AtAsync<TRecord>(Probe<ExposedHost, TRecord> probe, ExposedHost host, IToolRunner? tools = null, IReadOnlyList<ServiceTable>? tables = null)
        where TRecord : class
    {
        var evidence = new KeptEvidence();
        var plain = ProbeContexts.For(evidence, host);
        var context = new ProbeContext
        {
            Scope = plain.Scope, Dialer = plain.Dialer, Tools = tools ?? plain.Tools, Shells = plain.Shells, Evidence = evidence, Redactor = plain.Redactor,
            Clock = plain.Clock, Log = plain.Log, Shared = plain.Shared, Tables = new ProbeTables { Services = tables ?? Tables }, AllowIntrusive = true,
        };
        return (await probe.ObserveAsync(host, context, CancellationToken.None), evidence);
    }

    public static JsonElement Data(ProbeOutcome outcome) => Assert.Single(Assert.IsType<Observed>(outcome).Observations).Data;

    public static async Task<JsonElement> ServicesAsync(ScanTool tool, params IReadOnlyList<int> ports) => Data((await AtAsync(new OpenServicesProbe(), Host(tool, ports))).Outcome);

    /// <summary>The table with one service moved to the port it has in the test.</summary>
    public static IReadOnlyList<ServiceTable> Moved(string service, int port) =>
        [.. Tables.Select(t => t with { Ports = [.. t.Ports.Select(p => p.Service == service ? p with { Port = port } : p)] })];

    private static IReadOnlyList<ServiceTable> ReadTables()
    {
        var faults = new FaultList();
        var table = new ServiceTableReader(faults).Read("ports.yaml", File.ReadAllBytes(Path.Combine(RepositoryRoot, "rulesets", "exposure", "services", "ports.yaml")));
        faults.ThrowIfAny();
        return [table!];
    }
}
