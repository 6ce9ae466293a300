using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>How an OFD file is to be looked at.</summary>
public sealed record OfdQuestion
{
    /// <summary>As shown to people.</summary>
    public required string File { get; init; }

    public SealTrust Trust { get; init; } = SealTrust.None;

    /// <summary>True where metadata say that the file is signed: one without signatures was stripped.</summary>
    public bool ShouldBeSigned { get; init; }
}

/// <summary>Everything about one OFD file. Never throws on content; only the token stops it.</summary>
public static class OfdInspection
{
    private const int MostReasons = 60;

    /// <summary>Faults of a container that leave no doubt which bytes are meant.</summary>
    private static readonly ContainerFaultKind[] Harmless = [ContainerFaultKind.StrayData, ContainerFaultKind.ReservedName];

    /// <summary>Rules that matter to every file that is to be read in decades, declared OFD-A or not.</summary>
    private static readonly string[] LongTerm = ["OFDA-03", "OFDA-06", "OFDA-10", "OFDA-11", "OFDA-12"];

    public static OfdFileFinding Run(IContainer container, OfdQuestion question, CancellationToken stop) => Look(container, question, stop).Finding;

    internal static (OfdFileFinding Finding, OfdReading Reading, OfdParts Parts) Look(IContainer container, OfdQuestion question, CancellationToken stop)
    {
        var parts = new OfdParts(container, stop);
        var reading = new OfdReading(parts);
        reading.Run();
        var verdicts = new OfdVerdicts(parts, question.Trust);
        var signatures = reading.Documents.SelectMany(verdicts.Check).ToList();
        var archival = OfdArchival.Check(parts, reading);
        List<string> broken = [.. container.Faults.Where(f => !Harmless.Contains(f.Kind)).Select(f => $"容器：{EnumWords.Say(f.Kind)}{(f.Path is null ? "" : $"（{f.Path}）")}，{f.Detail}"), .. parts.Faults, .. reading.Problems];
        var findings = signatures.ConvertAll(s => Describe(s, parts, reading));
        var answer = Overall(signatures, broken, question, reading, out var reasons);
        var encrypted = parts.Find("/Encryptions.xml", "") is not null || reading.Root?.Root?.Descendants().Any(e => e.Name.LocalName == "Encryptions") == true;
        var finding = new OfdFileFinding
        {
            File = question.File,
            Note = $"{question.File}：{EnumWords.Say(answer)}{(reasons.Count > 0 ? $"（{reasons[0]}）" : "")}",
            Answer = answer,
            Reasons = [.. reasons.Take(MostReasons)],
            DocumentType = reading.Root is { Root: { } root } ? root.Attr("DocType") : default(Fact<string?>),
            Pages = reading.Documents.Count > 0 ? reading.Documents.Sum(d => d.Pages.Count()) : default(Fact<int>),
            HasSignatures = reading.Root?.Root is null ? default(Fact<bool>) : signatures.Count > 0,
            IsEncrypted = reading.Root is null ? default(Fact<bool>) : encrypted,
            Signatures = reading.Root?.Root is null ? default : new Fact<IReadOnlyList<OfdSignatureFinding>>(findings),
            Uncovered = reading.Root?.Root is null ? default : new Fact<IReadOnlyList<UncoveredPart>>(Open(signatures, findings)),
            Archival = archival,
        };
        return (reading.Root?.Root is null ? finding with { IsSound = false } : Summed(finding, findings, isSound: broken.Count == 0), reading, parts);
    }

    /// <summary>What rules ask of the whole file.</summary>
    private static OfdFileFinding Summed(OfdFileFinding finding, List<OfdSignatureFinding> signatures, bool isSound)
    {
        var errors = finding.Archival.Value.Where(a => a is { Level: "ERROR", Holds: { IsKnown: true, Value: false } }).Select(a => a.Rule).ToList();
        var counted = signatures.Where(s => s.Answer != OfdAnswer.Superseded).ToList();
        return finding with
        {
            IsSound = isSound && signatures.TrueForAll(s => s.Answer != OfdAnswer.StructureError),
            SignaturesHold = finding.Answer == OfdAnswer.Tampered ? false
                : signatures.Count == 0 ? (bool?)null
                : counted.TrueForAll(s => s.Answer is OfdAnswer.Intact or OfdAnswer.ExpiredAtSigning || OnlyUntrusted(s)) ? true : default(Fact<bool?>),
            ValidAtSigning = signatures.Count == 0 ? (bool?)null : All([.. signatures.SelectMany(s => s.Steps).Where(s => s.Step is SealStep.CertificateValidity or SealStep.SealValidity).Select(s => s.Outcome)]),
            SignersTrusted = signatures.Count == 0 ? (bool?)null : All([.. signatures.SelectMany(s => s.Steps).Where(s => s.Step is SealStep.SignerChain or SealStep.MakerChain).Select(s => s.Outcome)]),
            HasWeakDigests = signatures.Exists(s => s.DigestMethods.Any(SealHashes.IsWeak)),
            DeclaresArchival = finding.DocumentType is { IsKnown: true, Value: "OFD-A" },
            ArchivalErrors = errors,
            LongTermGaps = errors.FindAll(e => LongTerm.Contains(e, StringComparer.Ordinal)),
        };
    }

    /// <summary>Undecided for its chain alone: then the signature itself holds.</summary>
    private static bool OnlyUntrusted(OfdSignatureFinding signature) => signature is { Answer: OfdAnswer.Undecidable, IsTrusted: { IsKnown: true, Value: false } }
        && signature.Steps.All(s => s.Step is SealStep.SignerChain or SealStep.MakerChain || s.Outcome is SealOutcome.Holds or SealOutcome.Absent) && signature.Covered.Count > 0 && signature.DigestMethods.All(m => SealHashes.NameOf(m) is not null);

    private static Fact<bool?> All(IReadOnlyList<SealOutcome> outcomes) =>
        outcomes.Contains(SealOutcome.Fails) ? false
        : outcomes.Count > 0 && outcomes.All(o => o == SealOutcome.Holds) ? true
        : default(Fact<bool?>);

    private static OfdAnswer Overall(List<CheckedSignature> signatures, List<string> broken, OfdQuestion question, OfdReading reading, out List<string> reasons)
    {
        reasons = [.. signatures.SelectMany(s => s.Reasons.Select(r => $"签名 {s.Signature.Id}：{r}")), .. broken];
        var answer = signatures.Count == 0 ? OfdAnswer.Unsigned
            : signatures.Where(s => s.Answer != OfdAnswer.Superseded).Select(s => s.Answer).DefaultIfEmpty(OfdAnswer.Superseded).Max();
        if (broken.Count > 0 && answer < OfdAnswer.StructureError)
        {
            answer = OfdAnswer.StructureError;
        }

        if (signatures.Count == 0 && question.ShouldBeSigned && reading.Root is not null)
        {
            reasons.Insert(0, "元数据称文件已签章，文件里的签名 0 个：签名可能被剥除");
            return OfdAnswer.Tampered;
        }

        return answer;
    }

    /// <summary>What none of the signatures that hold protects.</summary>
    private static List<UncoveredPart> Open(List<CheckedSignature> signatures, List<OfdSignatureFinding> findings)
    {
        var counted = findings.Where((_, i) => signatures[i].Answer is OfdAnswer.Intact or OfdAnswer.Superseded or OfdAnswer.ExpiredAtSigning or OfdAnswer.Undecidable).ToList();
        return counted.Count == 0 ? [] : [.. counted[0].Uncovered.Where(u => OfdCoverage.Matters(u.Kind) && counted.TrueForAll(c => c.Uncovered.Any(o => o.File == u.File)))];
    }

    private static OfdSignatureFinding Describe(CheckedSignature one, OfdParts parts, OfdReading reading)
    {
        var (covered, uncovered) = OfdCoverage.Of(one, parts, reading);
        var report = one.Report;
        return new OfdSignatureFinding
        {
            Id = one.Signature.Id,
            Type = one.Signature.Type,
            Answer = one.Answer,
            Reasons = one.Reasons,
            Shape = report is null ? default(Fact<SealShape>) : report.Shape,
            Standard = report is null ? default(Fact<SealStandard?>) : report.Standard,
            SealName = report is null ? default(Fact<string?>) : report.Seal?.Name,
            SealId = report is null ? default(Fact<string?>) : report.Seal?.SealId,
            Signer = report is null ? default(Fact<string?>) : report.Signer?.Subject.Text,
            SignedAt = report is null ? default(Fact<DateTimeOffset?>) : report.SignedAt,
            DigestMethods = [.. one.References.Select(r => r.Method).Distinct(StringComparer.Ordinal)],
            IsTrusted = Trusted(report),
            Steps = report?.Checks ?? [],
            Covered = covered,
            Uncovered = uncovered,
            Remarks = one.Remarks,
        };
    }

    private static Fact<bool?> Trusted(SealReport? report)
    {
        List<SealOutcome> chains = [.. (report?.Checks ?? []).Where(c => c.Step is SealStep.SignerChain or SealStep.MakerChain).Select(c => c.Outcome)];
        return chains.Count == 0 || chains.Contains(SealOutcome.Undecided) ? default(Fact<bool?>)
            : chains.Contains(SealOutcome.NoRoots) ? (bool?)null
            : chains.TrueForAll(c => c == SealOutcome.Holds);
    }
}
