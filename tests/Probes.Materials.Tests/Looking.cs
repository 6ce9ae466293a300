using System.Reflection;
using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probes.ElectronicArchives;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Materials.Tests;

/// <summary>Looks at one file with every probe and judges what was seen.</summary>
internal static class Looking
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 4, 0, 0, TimeSpan.Zero);

    public static string RepositoryRoot { get; } = typeof(Looking).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static MaterialKindTable Kinds { get; } = ReadKinds();

    public static IReadOnlyList<Requirement> Rules { get; } = ReadRules();

    public static IReadOnlyDictionary<string, ObservationKind> KindsOfObservations => KindCatalogue.Of(Probes);

    private static ProbeCatalogue Probes => ProbeCatalogue.Of(typeof(PaperFilesProbe).Assembly);

    /// <summary>Verdicts by requirement.</summary>
    public static async Task<IReadOnlyDictionary<string, Verdict>> JudgeAsync(string name, byte[] bytes, string kind, DateOnly? stated = null, PaperSubject? subject = null) =>
        (await AnsweredAsync(name, bytes, kind, [], stated, subject)).ToDictionary(j => j.Key, j => j.Value.Verdict, StringComparer.Ordinal);

    /// <summary>Judgements by requirement, after what people said of them.</summary>
    public static async Task<IReadOnlyDictionary<string, Judgement>> AnsweredAsync(string name, byte[] bytes, string kind, IReadOnlyList<Attestation> words, DateOnly? stated = null, PaperSubject? subject = null)
    {
        var (document, records) = await SeeAsync(name, bytes, kind, stated, subject);
        var set = Judge.All(new JudgeInput
        {
            Candidate = new Candidate { Id = "town", Name = Papers.System, Kind = SystemKind.GovernmentService, IsClassified = false, Materials = [document], Attestations = words },
            Requirements = Rules, Kinds = KindCatalogue.Of(Probes), Records = [.. records, Hashed(document)], Now = Now, FailOn = FailOn.Major, Stage = Gate.Acceptance,
        });
        return set.Judgements.ToDictionary(j => j.RequirementId, j => j, StringComparer.Ordinal);
    }

    /// <summary>Data by kind of observation.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonElement>> FactsAsync(string name, byte[] bytes, string kind, PaperSubject? subject = null) =>
        (await SeeAsync(name, bytes, kind, null, subject)).Records.Select(r => r.Outcome).OfType<Observed>().SelectMany(o => o.Observations).ToDictionary(o => o.Kind, o => o.Data, StringComparer.Ordinal);

    private static async Task<(Document Document, IReadOnlyList<ProbeRecord> Records)> SeeAsync(string name, byte[] bytes, string kind, DateOnly? stated, PaperSubject? subject)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, name);
        await File.WriteAllBytesAsync(path, bytes);
        var document = new Document { Id = "paper", Path = path, MaterialKind = kind, IssuedOn = stated, Subject = subject ?? new PaperSubject(Papers.System, Papers.Owner, "V2.1") };
        return (document, await RecordsAsync([document]));
    }

    public static Task<IReadOnlyList<ProbeRecord>> RecordsAsync(IReadOnlyList<Document> documents)
    {
        var any = ProbeContexts.For(new KeptEvidence());
        var context = new ProbeContext
        {
            Dialer = any.Dialer, Tools = any.Tools, Shells = any.Shells, Evidence = any.Evidence, Redactor = any.Redactor, Clock = any.Clock, Log = any.Log,
            Shared = new SharedWork(), Tables = new ProbeTables { MaterialKinds = [Kinds] }, Seals = new OfdPaperSeals(),
        };
        return new ProbeRunner(context, new RunnerOptions(), new Progress<RunEvent>()).RunAsync(Probes.Plan(documents, _ => true), CancellationToken.None);
    }

    /// <summary>The probe that reads documents as evidence is another room's; this is what it would say.</summary>
    public static ProbeRecord Hashed(Document document) => new()
    {
        ProbeId = "crypto.evidence-documents", ProbeVersion = "1", TargetId = document.TargetId, StartedAt = Now, Elapsed = TimeSpan.Zero,
        Outcome = new Observed([new Observation { Kind = "crypto.evidence-documents", ProbeId = "crypto.evidence-documents", ProbeVersion = "1", TargetId = document.TargetId, Data = JsonElement.Parse("{\"sha256\":\"00\",\"bytes\":40960,\"legibleBytes\":40960}"), Evidence = [], ObservedAt = Now }]),
    };

    public static AcceptanceProfile Profile(string id)
    {
        var faults = new FaultList();
        var read = new ProfileReader(faults).Read($"{id}.yaml", File.ReadAllBytes(Path.Combine(RepositoryRoot, "rulesets", "profiles", $"{id}.yaml")));
        faults.ThrowIfAny();
        return read!;
    }

    private static MaterialKindTable ReadKinds()
    {
        var faults = new FaultList();
        var read = new MaterialKindReader(faults).Read("papers.yaml", File.ReadAllBytes(Path.Combine(RepositoryRoot, "rulesets", "materials", "kinds", "papers.yaml")));
        faults.ThrowIfAny();
        return read!;
    }

    private static IReadOnlyList<Requirement> ReadRules()
    {
        var faults = new FaultList();
        var read = new RulesetReader(KindCatalogue.Of(Probes), faults).Read("papers.yaml", File.ReadAllBytes(Path.Combine(RepositoryRoot, "rulesets", "materials", "papers.yaml")));
        faults.ThrowIfAny();
        return read!.Requirements;
    }
}
