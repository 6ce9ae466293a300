using System.Diagnostics;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probes.ElectronicArchives;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Benchmarks;

/// <summary>`archive-package PATH RULES [PROFILE]` and `archive-ofd PATH RULES`: a probe of archives over a package or a folder, as one process that can be timed from outside.</summary>
internal static class ArchiveSpeed
{
    public static async Task<int> RunAsync(string what, string path, string rules, string profile)
    {
        var target = new ArchivePackage { Id = "sample", Path = path, Profile = profile };
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        IProbe probe = what == "archive-ofd" ? new OfdFilesProbe() : new ArchivePackageProbe();
        var outcome = await probe.ObserveAsync(target, Context(rules), CancellationToken.None);
        process.Refresh();
        Console.WriteLine($"{outcome.GetType().Name}, wall {watch.Elapsed.TotalSeconds:F2} s, CPU {(process.TotalProcessorTime - before).TotalSeconds:F2} s, peak {process.PeakWorkingSet64 >> 20} MiB");
        return outcome is Observed ? 0 : 1;
    }

    private static ProbeContext Context(string rules)
    {
        var faults = new FaultList();
        var tables = new ProbeTables
        {
            Packages = [.. Directory.GetFiles(Path.Combine(rules, "packages")).Select(f => new PackageProfileReader(faults).Read(Path.GetFileName(f), File.ReadAllBytes(f))).OfType<PackageProfile>()],
            Schemes = [.. Directory.GetFiles(Path.Combine(rules, "schemes")).Select(f => new MetadataSchemeReader(faults).Read(Path.GetFileName(f), File.ReadAllBytes(f))).OfType<MetadataScheme>()],
        };
        faults.ThrowIfAny();
        var scope = Scope.Of([]);
        return new ProbeContext
        {
            Scope = scope, Dialer = new SocketDialer(scope), Tools = new ProcessToolRunner(), Shells = new SshShellAccess(new ProcessToolRunner(), scope),
            Evidence = new DescribingEvidenceStore(Redactor.None), Redactor = Redactor.None, Clock = TimeProvider.System,
            Log = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, Shared = new SharedWork(), Tables = tables,
        };
    }
}
