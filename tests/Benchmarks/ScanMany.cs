using System.Diagnostics;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probes.Tls;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Benchmarks;

/// <summary>
/// `scan-many COUNT [PARALLEL]`: protocol versions, suites and certificates of COUNT scripted servers in this process, as one run of the
/// probe runner. `scan-many COUNT PARALLEL HOST:PORT`: the same of real servers on COUNT ports from PORT on.
/// </summary>
internal static class ScanMany
{
    private static readonly string[] Wanted = ["tls.protocol-versions", "tls.cipher-suites", "tls.server-certificates"];

    public static async Task<int> RunAsync(int count, int parallel, string? real)
    {
        List<ScriptedServer> servers = [];
        var certificate = TestCertificates.Ecdsa().Der();
        var script = TlsQuirks.Server(Good(certificate));
        var endpoints = Enumerable.Range(0, count).Select(i => real is null ? Scripted(i) : Real(i, real)).ToList();
        var dialer = new SocketDialer(Scope.Of(endpoints));
        var context = new ProbeContext
        {
            Dialer = dialer,
            Tools = new ProcessToolRunner(),
            Shells = new SshShellAccess(new ProcessToolRunner(), Scope.Of(endpoints)),
            Evidence = new DescribingEvidenceStore(Redactor.None),
            Redactor = Redactor.None,
            Clock = TimeProvider.System,
            Log = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance,
            Shared = new SharedWork(),
        };
        var plan = ProbeCatalogue.Of(typeof(ProtocolVersionsProbe).Assembly).Plan(endpoints, p => Wanted.Contains(p.Manifest.Id));
        var watch = Stopwatch.StartNew();
        var records = await new ProbeRunner(context, new RunnerOptions(parallel), new Progress<RunEvent>()).RunAsync(plan, CancellationToken.None);
        watch.Stop();
        var observed = records.Count(r => r.Outcome is Observed);
        Console.WriteLine($"{count} targets, {records.Count} observations asked for, {observed} made, {dialer.Opened} connections, {watch.Elapsed.TotalSeconds:F1} s, "
            + $"peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }

        return observed == records.Count ? 0 : 1;

        Endpoint Scripted(int i)
        {
            servers.Add(new ScriptedServer(script));
            return new Endpoint { Id = $"t{i}", Host = "127.0.0.1", Port = servers[^1].Port };
        }

        static Endpoint Real(int i, string address) =>
            new() { Id = $"t{i}", Host = address.Split(':')[0], Port = int.Parse(address.Split(':')[1]) + i, ServerName = "localhost" };
    }

    private static ScriptedTls Good(byte[] certificate) => new()
    {
        Suites = new Dictionary<ushort, IReadOnlyList<ushort>>
        {
            [0x0303] = [0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8],
            [0x0304] = [0x1302, 0x1303, 0x1301],
        },
        Certificates = [certificate, certificate],
    };
}
