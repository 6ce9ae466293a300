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
    private const int ShownUncovered = 500;
    private const int Told = 3;

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
        if (signatures.Count > 0)
        {
            var named = signatures.SelectMany(s => s.References).Select(r => r.Entry?.Index ?? -1).ToHashSet();
            parts.ComplainOfTwofold(named.Contains);
        }

        List<string> doubts = [.. container.Faults.Where(f => !Harmless.Contains(f.Kind)).Select(f => $"容器：{EnumWords.Say(f.Kind)}{(f.Path is null ? "" : $"（{f.Path}）")}，{f.Detail}")];
        var archival = OfdArchival.Check(parts, reading, doubts.Count == 0);
        var isWhole = doubts.Count == 0 && parts.Faults.Count == 0 && reading.IsWhole;
        List<string> broken = [.. doubts, .. parts.Faults, .. reading.Problems, .. reading.Leftovers];
        var described = signatures.ConvertAll(s => Describe(s, parts, reading));
        var facts = new OfdSignatureFacts(described, reading);
        var answer = Overall(signatures, broken, question, reading, out var reasons);
        var encrypted = parts.Find("/Encryptions.xml", "") is not null || reading.Root?.Root?.Descendants().Any(e => e.Name.LocalName == "Encryptions") == true;
        var finding = new OfdFileFinding
        {
            File = question.File,
            Note = $"{question.File}：{EnumWords.Say(answer)}{(reasons.Count > 0 ? $"（{reasons[0]}）" : "")}",
            Answer = answer,
            Reasons = [.. reasons.Take(MostReasons)],
            DocumentType = reading.Root is { Root: { } root } ? root.Attr("DocType") : default(Fact<string?>),
            Pages = reading.Documents.Count > 0 && reading.Limits.Count == 0 && reading.Documents.TrueForAll(d => d is { Main.Root: not null, HasOtherVersions: false }) ? reading.Documents.Sum(d => d.Pages.Count()) : default(Fact<int>),
            IsEncrypted = reading.Root is null ? default(Fact<bool>) : encrypted,
            Archival = archival,
        };
        return (reading.Root?.Root is null ? finding with { IsSound = false } : Uncovered(Summed(finding, facts, IsSound(described, broken, reading), isWhole), facts), reading, parts);
    }

    /// <summary>Signatures that hold and leave a page open are signatures of other pages: of the file nothing follows from them.</summary>
    private static OfdFileFinding Uncovered(OfdFileFinding finding, OfdSignatureFacts signatures)
    {
        if (finding.Answer is not (OfdAnswer.Intact or OfdAnswer.Superseded))
        {
            return finding;
        }

        if (!finding.Uncovered.IsKnown && signatures.LeavesOpen)
        {
            const string Unread = "文件没有看全，而其中有不受任何签名保护的部分：不知道显示的页面是否在内";
            return finding with { Answer = OfdAnswer.Undecidable, Reasons = [Unread, .. finding.Reasons], Note = $"{finding.File}：{EnumWords.Say(OfdAnswer.Undecidable)}（签名成立，但{Unread}{(finding.Reasons.Count > 0 ? $"；{finding.Reasons[0]}" : "")}）" };
        }

        if (finding.Uncovered is not { IsKnown: true, Value: { Count: > 0 } open })
        {
            return finding;
        }

        var shown = open.Where(o => OfdCoverage.IsShown(o.Kind)).ToList();
        var told = $"不受任何签名保护，可以改动而签名照样成立：{string.Join("、", (shown.Count > 0 ? shown : open).Take(Told).Select(OfdCoverage.Say))}{((shown.Count > 0 ? shown : open).Count > Told ? $" 等 {(shown.Count > 0 ? shown : open).Count} 个" : "")}";
        return finding with
        {
            Answer = shown.Count > 0 ? OfdAnswer.Undecidable : finding.Answer,
            Reasons = shown.Count > 0 ? [told, .. finding.Reasons] : finding.Reasons,
            Note = shown.Count > 0 ? $"{finding.File}：{EnumWords.Say(OfdAnswer.Undecidable)}（签名成立，但显示的页面{told}）" : $"{finding.Note}；{told}",
        };
    }

    /// <summary>Sound is only what was looked at to its end.</summary>
    private static Fact<bool> IsSound(List<DescribedSignature> signatures, List<string> broken, OfdReading reading) =>
        broken.Count > 0 || signatures.Exists(s => s.Finding.Answer == OfdAnswer.StructureError) ? false
        : reading.Limits.Count == 0 && signatures.TrueForAll(s => s.Checked.IsWhole) ? true
        : default(Fact<bool>);

    /// <summary>What rules ask of the whole file.</summary>
    private static OfdFileFinding Summed(OfdFileFinding finding, OfdSignatureFacts signatures, Fact<bool> isSound, bool isWhole)
    {
        var errors = finding.Archival.Value.Where(a => a is { Level: "ERROR", Holds: { IsKnown: true, Value: false } }).Select(a => a.Rule).ToList();
        var areKnown = finding.Archival.Value.All(a => a.Holds.IsKnown);
        return finding with
        {
            IsSound = isSound,
            HasSignatures = signatures.Any(),
            Signatures = signatures.List(),
            Uncovered = signatures.Uncovered(isWhole),
            SignaturesHold = signatures.Hold(finding.Answer),
            ValidAtSigning = signatures.ValidAtSigning(),
            NotRevoked = signatures.NotRevoked(),
            SignersTrusted = signatures.SignersTrusted(),
            HasWeakDigests = signatures.WeakDigests(),
            DeclaresArchival = finding.DocumentType is { IsKnown: true, Value: "OFD-A" },
            ArchivalErrors = isWhole && areKnown ? errors : default(Fact<IReadOnlyList<string>>),
            LongTermGaps = isWhole ? errors.FindAll(IsLongTerm) : default(Fact<IReadOnlyList<string>>),
        };
    }

    /// <summary>Of the rules for kept files, one that matters to every file.</summary>
    internal static bool IsLongTerm(string rule) => LongTerm.Contains(rule, StringComparer.Ordinal);

    private static OfdAnswer Overall(List<CheckedSignature> signatures, List<string> broken, OfdQuestion question, OfdReading reading, out List<string> reasons)
    {
        reasons = [.. signatures.SelectMany(s => s.Reasons.Select(r => $"签名 {s.Signature.Id}：{r}")), .. broken, .. reading.Limits];
        var answer = signatures.Count == 0 ? OfdAnswer.Unsigned
            : signatures.Where(s => s.Answer != OfdAnswer.Superseded).Select(s => s.Answer).DefaultIfEmpty(OfdAnswer.Superseded).Max();
        if (reading.HasUnreadSignatures && answer < OfdAnswer.Undecidable)
        {
            answer = OfdAnswer.Undecidable;
            reasons.Add("入口文件指有签名列表，其中的签名没有全部读出：不能说没有签名，也不能说都成立");
        }

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

    private static DescribedSignature Describe(CheckedSignature one, OfdParts parts, OfdReading reading)
    {
        var (covered, uncovered) = OfdCoverage.Of(one, parts, reading);
        var report = one.Report;
        var finding = new OfdSignatureFinding
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
            Uncovered = [.. uncovered.Take(ShownUncovered)],
            Remarks = uncovered.Count > ShownUncovered ? [.. one.Remarks, $"未保护的文件另有 {uncovered.Count - ShownUncovered} 个没有列出"] : one.Remarks,
        };
        return new DescribedSignature(one, finding, uncovered);
    }

    private static Fact<bool?> Trusted(SealReport? report)
    {
        List<SealOutcome> chains = [.. (report?.Checks ?? []).Where(c => c.Step is SealStep.SignerChain or SealStep.MakerChain).Select(c => c.Outcome)];
        return chains.Count == 0 || chains.Contains(SealOutcome.Undecided) ? default(Fact<bool?>)
            : chains.Contains(SealOutcome.NoRoots) ? (bool?)null
            : chains.TrueForAll(c => c == SealOutcome.Holds);
    }
}
