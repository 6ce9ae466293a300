using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>How candidate.yaml is read.</summary>
public enum CandidateReading
{
    /// <summary>Before a run: secrets are fetched, named files must exist.</summary>
    ForRun,

    /// <summary>Before people are asked: as for a run, but the answers file may be the one that is about to be made.</summary>
    ForAsking,

    /// <summary>From a pack, for judging or reporting again: secrets stay unknown, files are not looked for.</summary>
    ForReplay,
}

/// <summary>Reads candidate.yaml. Contacts nothing; every mistake is named with its place, all of them at once.</summary>
public sealed class CandidateReader
{
    public const string StandardInput = "/dev/stdin";

    private readonly CandidateReading _reading;
    private readonly FaultList _faults = new();
    private readonly SecretReader _secrets;
    private readonly string _folder;

    private CandidateReader(string folder, CandidateReading reading)
    {
        _folder = folder;
        _reading = reading;
        _secrets = new SecretReader(folder, reading, _faults);
    }

    /// <param name="path">The file; relative paths inside it start at its folder.</param>
    /// <exception cref="InputFaultException">Any mistake.</exception>
    public static Candidate Read(string path, CandidateReading reading = CandidateReading.ForRun) =>
        Read(YamlText.ReadMappingFile(path), Path.GetDirectoryName(Path.GetFullPath(path))!, reading);

    /// <summary>The candidate and the very bytes it was read from, so that a file changed meanwhile cannot be packed in place of the one that was read.</summary>
    /// <param name="path">A file, or <see cref="StandardInput"/>: the one pipe that is waited for, because whoever names it holds its other end.</param>
    /// <exception cref="InputFaultException">Any mistake.</exception>
    public static (Candidate Candidate, byte[] Bytes) ReadWithBytes(string path)
    {
        var bytes = path == StandardInput ? FromStandardInput() : YamlText.ReadBytes(path, path);
        return (Read(YamlText.ReadMapping(path, bytes), Path.GetDirectoryName(Path.GetFullPath(path))!, CandidateReading.ForRun), bytes);
    }

    /// <exception cref="InputFaultException">Any mistake.</exception>
    public static Candidate Read(YamlMapping map, string folder, CandidateReading reading)
    {
        var reader = new CandidateReader(folder, reading);
        var candidate = reader.Candidate(map);
        reader._faults.ThrowIfAny();
        return candidate!;
    }

    /// <summary>Where candidate.yaml names its profile, for a profile that only the rules can show to be missing.</summary>
    /// <param name="path">Name shown in messages.</param>
    /// <param name="bytes">As <see cref="ReadWithBytes"/> gave them.</param>
    public static SourcePosition PlaceOfProfile(string path, byte[] bytes) =>
        YamlText.ReadMapping(path, bytes)["profile"]?.At ?? new SourcePosition(path, 1, 1);

    private static byte[] FromStandardInput()
    {
        using var stream = Console.OpenStandardInput();
        var bytes = new byte[YamlText.SizeCap + 1];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private Candidate? Candidate(YamlMapping map)
    {
        var head = new MappingReader(map, _faults);
        var id = head.Identifier("candidate", required: true, "candidate: service-portal");
        var name = head.Text("name", required: true, "name: 政务服务办理系统", cap: 200);
        var kind = head.Choice("kind", CandidateWords.Kinds, required: true);
        var isClassified = head.Flag("classified", required: true);
        var trust = new TrustReader(_folder, _reading, _faults);
        var targets = new TargetReader(_folder, _reading, _faults, _secrets, trust, trust.Read(head));
        var answers = new AnswerReader(_faults);
        var candidate = new Candidate
        {
            Id = id ?? "?",
            Name = name ?? "?",
            OwnerUnit = head.Text("ownerUnit", example: "ownerUnit: 项目业主单位", cap: 200),
            SystemVersion = head.Text("systemVersion", example: "systemVersion: V2.1", cap: 60),
            Milestones = Milestones(head),
            Builder = head.Text("builder", example: "builder: 承建单位", cap: 200),
            Kind = kind ?? SystemKind.Other,
            ProtectionLevel = head.Integer("protectionLevel", 1, 4),
            CryptoLevel = head.Integer("cryptoLevel", 1, 4),
            IsClassified = isClassified ?? true,
            Deployment = head.Choice("deployment", CandidateWords.Deployments),
            Profile = head.Identifier("profile", required: false, "profile: luojiang-2025"),
            Endpoints = Declared(head, "endpoints", targets.Endpoint),
            Hosts = Declared(head, "hosts", targets.Host),
            SourceTrees = Declared(head, "sourceTrees", targets.SourceTree),
            ArchivePackages = Declared(head, "archivePackages", targets.ArchivePackage),
            CryptoSamples = Declared(head, "cryptoSamples", targets.CryptoSample),
            Materials = Declared(head, "materials", targets.Document),
            WebFlows = Declared(head, "webFlows", targets.WebFlow),
            Exposure = Declared(head, "exposure", new ExposureReader(_faults).Exposure),
            Imports = Declared(head, "imports", targets.Import),
            Waivers = head.Each("waivers", answers.Waiver),
            Attestations = head.Each("attestations", answers.Attestation),
            Crypto = new CryptoStatementReader(_faults).Read(head),
            Protection = new ProtectionReader(_folder, _reading, _faults).Read(head),
        };
        head.Finish();
        CandidateConsistency.Check(candidate, map, _faults);
        var subject = new PaperSubject(candidate.Name, candidate.OwnerUnit, candidate.SystemVersion);
        return candidate with { Materials = [.. candidate.Materials.Select(m => m with { Subject = subject })], Imports = [.. candidate.Imports.Select(i => i with { Suppressions = TreeOf(i, candidate)?.Suppressions ?? [] })] };
    }

    private ProjectMilestones Milestones(MappingReader head)
    {
        if (head.Take("milestones") is not { } value)
        {
            return ProjectMilestones.None;
        }

        if (value is not YamlMapping map)
        {
            _faults.Add(value.At, "milestones 不是“键: 值”", "trialStart、trialEnd、completedOn、appliedOn 各写一个日期", "milestones: {trialStart: 2026-01-05, trialEnd: 2026-02-10}");
            return ProjectMilestones.None;
        }

        var reader = new MappingReader(map, _faults);
        var read = new ProjectMilestones(reader.Date("trialStart"), reader.Date("trialEnd"), reader.Date("completedOn"), reader.Date("appliedOn"));
        reader.Finish();
        RefuseReversed(map, "trialEnd", read.TrialStart, read.TrialEnd);
        RefuseReversed(map, "appliedOn", read.CompletedOn, read.AppliedOn);
        return read;
    }

    private void RefuseReversed(YamlMapping map, string key, DateOnly? from, DateOnly? to)
    {
        if (to < from)
        {
            _faults.Add(map[key]!.At, $"{key} {to:yyyy-MM-dd} 早于 {from:yyyy-MM-dd}", "结束不早于开始");
        }
    }

    /// <summary>What people suppress of a tree they suppress whoever found it.</summary>
    private static SourceTree? TreeOf(ImportedReport import, Candidate candidate) =>
        import.SourceTreeId is { } id ? candidate.SourceTrees.FirstOrDefault(t => string.Equals(t.Id, id, StringComparison.Ordinal)) : candidate.SourceTrees.Count == 1 ? candidate.SourceTrees[0] : null;

    private static IReadOnlyList<T> Declared<T>(MappingReader head, string key, Func<MappingReader, T?> read)
        where T : Target =>
        head.Each(key, reader => read(reader) is { } target ? target with { DeclaredAt = reader.At.Line } : null);
}
