using System.Reflection;
using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Looks at packages with the tables and rules that come with the tool.</summary>
internal static class Archiving
{
    public static string Rules { get; } = Path.Combine(typeof(Archiving).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!, "rulesets", "electronic-archives");

    public static ProbeTables Tables { get; } = ReadTables();

    public static IReadOnlyDictionary<string, ObservationKind> Kinds { get; } = KindCatalogue.Of(ProbeCatalogue.Of(typeof(ArchivePackageProbe).Assembly));

    public static IReadOnlyList<Requirement> Requirements { get; } = ReadRules();

    public static ArchivePackage Target(string path, string profile = "p-zwfw", ArchiveStage stage = ArchiveStage.Archiving, string? register = null) =>
        new() { Id = "sample", Path = path, Profile = profile, Stage = stage, Register = register };

    public static async Task<(Observed Outcome, KeptEvidence Evidence)> SeenAsync(ArchivePackage target, CancellationToken stop = default)
    {
        var evidence = new KeptEvidence();
        var plain = ProbeContexts.For(evidence, target);
        var context = new ProbeContext
        {
            Scope = plain.Scope, Dialer = plain.Dialer, Tools = new NoTools(), Shells = plain.Shells, Evidence = evidence, Redactor = plain.Redactor,
            Clock = new FixedClock(), Log = plain.Log, Shared = plain.Shared, Tables = Tables,
        };
        var outcome = await new ArchivePackageProbe().ObserveAsync(target, context, stop);
        return (Assert.IsType<Observed>(outcome), evidence);
    }

    public static async Task<ArchivePackageRecord> RecordAsync(ArchivePackage target)
    {
        var (outcome, _) = await SeenAsync(target);
        return Read(outcome);
    }

    public static ArchivePackageRecord Read(Observed outcome) => Assert.Single(outcome.Observations).Data.Deserialize<ArchivePackageRecord>(ObservationJson.Compact)!;

    public static Dictionary<string, Verdict> Judged(Observed outcome)
    {
        var candidate = new Candidate { Id = "test", Name = "测试系统", Kind = SystemKind.GovernmentService, IsClassified = false };
        return Requirements.ToDictionary(r => r.Id, r => RequirementJudge.Judge(r, ("archive-package:sample", "样本"), outcome, EvaluationScope.FactsOf(candidate), ExampleVerification.ExampleClock).Verdict, StringComparer.Ordinal);
    }

    public static string Told(ArchivePackageRecord record) => ItemTable.Of(record);

    private static ProbeTables ReadTables()
    {
        var faults = new Judging.FaultList();
        var tables = new ProbeTables
        {
            Packages = [.. Directory.GetFiles(Path.Combine(Rules, "packages")).Order(StringComparer.Ordinal).Select(f => new PackageProfileReader(faults).Read(Path.GetFileName(f), File.ReadAllBytes(f))).OfType<PackageProfile>()],
            Schemes = [.. Directory.GetFiles(Path.Combine(Rules, "schemes")).Order(StringComparer.Ordinal).Select(f => new MetadataSchemeReader(faults).Read(Path.GetFileName(f), File.ReadAllBytes(f))).OfType<MetadataScheme>()],
        };
        faults.ThrowIfAny();
        return tables;
    }

    private static IReadOnlyList<Requirement> ReadRules()
    {
        var faults = new Judging.FaultList();
        var set = new RulesetReader(Kinds, faults).Read("dat70.yaml", File.ReadAllBytes(Path.Combine(Rules, "dat70.yaml")));
        faults.ThrowIfAny();
        return set!.Requirements;
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 4, 1, 2, 0, 0, TimeSpan.Zero);
    }

    private sealed class NoTools : IToolRunner
    {
        public Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellationToken) => throw new UnableException(FailureKind.ToolMissing, $"没有 {call.Program}");
    }
}
