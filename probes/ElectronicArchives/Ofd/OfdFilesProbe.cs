using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Looks at an OFD file, or at all of a package: structure, signatures to the end, what they protect, and rules for files that are kept.</summary>
public sealed class OfdFilesProbe : Probe<ArchivePackage, OfdFilesRecord>
{
    private const int MostNames = 2000;
    private const int ListingCap = 4 * 1024 * 1024;

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "archives.ofd",
        Pillar = Pillar.ElectronicArchives,
        Title = "OFD 文件与电子印章",
        Question = "包里的 OFD 文件结构是否完整，签章能否逐步验证，哪些部分没有被签章保护？",
        Needs = typeof(ArchivePackage),
        Observes = typeof(OfdFilesRecord),
        Touches = Touches.Files,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromMinutes(10),
        Version = "1",
    };

    protected override Task<ProbeOutcome> ObserveAsync(ArchivePackage target, ProbeContext context, CancellationToken cancellationToken) =>
        Task.Run(() => Observe(target, context, cancellationToken), cancellationToken);

    private ProbeOutcome Observe(ArchivePackage target, ProbeContext context, CancellationToken cancellationToken)
    {
        var trust = SealTrustFiles.Read(target);
        var search = new OfdSearch(trust, cancellationToken);
        search.Run(target.Path);
        if (search is { IsWhole: true, Found.Count: 0 })
        {
            return new NotNeeded("包里没有 OFD 文件");
        }

        var record = Describe(search, target.Stage);
        List<Evidence> evidence =
        [
            context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "ofd-files.txt", "text/plain", Encoding.UTF8.GetBytes(Listing(search.Found)), "每个 OFD 文件的结论、理由与逐步验证结果")),
        ];
        foreach (var (page, i) in search.Drawn.Select((p, i) => (p, i + 1)))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"ofd-page-{i:D3}.svg");
            evidence.Add(context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, name, "image/svg+xml", Encoding.UTF8.GetBytes(page.Svg), $"{page.File} 页 {page.PageId} 的示意图（文字与方框，标出签章位置）")));
        }

        return Saw(target, context, record, evidence);
    }

    private static OfdFilesRecord Describe(OfdSearch search, ArchiveStage stage)
    {
        var files = search.Found;
        IReadOnlyList<string> With(OfdAnswer answer) => [.. files.Where(f => f.Answer == answer).Select(f => f.Note).Take(MostNames)];
        IReadOnlyList<string> Said(Func<OfdFileFinding, string?> say) => [.. files.Select(say).OfType<string>().Take(MostNames)];
        return new OfdFilesRecord
        {
            FileCount = search.IsWhole ? files.Count : default(Fact<int>),
            Files = search.IsWhole ? new Fact<IReadOnlyList<OfdFileFinding>>(files) : default,
            Tampered = With(OfdAnswer.Tampered),
            Broken = With(OfdAnswer.StructureError),
            Expired = With(OfdAnswer.ExpiredAtSigning),
            Undecided = With(OfdAnswer.Undecidable),
            Unsigned = With(OfdAnswer.Unsigned),
            Uncovered = Said(f => f.Uncovered is { IsKnown: true, Value: { Count: > 0 } open } ? $"{f.File}：{string.Join("、", open.Take(5).Select(OfdCoverage.Say))}{(open.Count > 5 ? $" 等 {open.Count} 处" : "")}" : null),
            WeakDigests = Said(f => SignaturesOf(f).SelectMany(s => s.DigestMethods).Where(SealHashes.IsWeak).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } weak ? $"{f.File}（{string.Join("、", weak)}）" : null),
            Untrusted = Said(f => SignaturesOf(f).Where(s => s.IsTrusted is not { IsKnown: true, Value: true }).ToList() is { Count: > 0 } open ? $"{f.File}（{string.Join("、", open.Select(Trust).Distinct(StringComparer.Ordinal))}）" : null),
            RevocationOpen = Said(f => f is { HasSignatures: { IsKnown: true, Value: true }, NotRevoked.IsKnown: false } ? $"{f.File}（{Revocation(f)}）" : null),
            Encrypted = Said(f => f.IsEncrypted is { IsKnown: true, Value: true } ? f.File : null),
            ArchivalGaps = Said(f => Gaps(f, _ => true)),
            LongTermProblems = Said(f => Gaps(f, OfdInspection.IsLongTerm)),
            StageTension = Said(f => Tension(f, stage)),
            Remarks = [.. search.Remarks.Take(MostNames)],
        };
    }

    /// <summary>Null where none of the rules is known to be broken.</summary>
    private static string? Gaps(OfdFileFinding file, Func<string, bool> isAsked)
    {
        var broken = file.Archival.IsKnown ? file.Archival.Value.Where(a => a is { Level: "ERROR", Holds: { IsKnown: true, Value: false } } && isAsked(a.Rule)).ToList() : [];
        return broken.Count == 0 ? null : $"{file.File}：{string.Join("；", broken.Select(g => $"{g.Rule} {g.Title}（{g.Found}）"))}";
    }

    private static IReadOnlyList<OfdSignatureFinding> SignaturesOf(OfdFileFinding file) => file.Signatures.IsKnown ? file.Signatures.Value : [];

    private static string Trust(OfdSignatureFinding signature) =>
        signature.IsTrusted is { IsKnown: true, Value: null } ? "未配置信任根" : signature.IsTrusted is { IsKnown: true, Value: false } ? "链不到所配置的信任根" : "无法判定";

    private static string Revocation(OfdFileFinding file) =>
        SignaturesOf(file).SelectMany(s => s.Steps).FirstOrDefault(s => s is { Step: SealStep.SignerRevocation or SealStep.MakerRevocation, Outcome: not SealOutcome.Holds })?.Note ?? "签名没有全部读出";

    /// <summary>OFDA-27 wants signatures gone, GD-1-1 wants them valid; which counts depends on the stage, and both are said.</summary>
    private static string? Tension(OfdFileFinding file, ArchiveStage stage)
    {
        if (file.HasSignatures is not { IsKnown: true, Value: var isSigned })
        {
            return null;
        }

        var isArchival = file.DocumentType is { IsKnown: true, Value: "OFD-A" };
        return isSigned ? $"{file.File}：带有签名（DA/T 70 GD-1-1 要看它是否有效；OFDA-27 在长期保存前要求转为注释）；当前环节为{EnumWords.Say(stage)}，宜先验证并留存验证记录，再转换"
            : isArchival ? $"{file.File}：已声明为 OFD-A 且没有签名（OFDA-27 的要求）；GD-1-1 要凭转换之前的验证记录"
            : null;
    }

    private static string Listing(IReadOnlyList<OfdFileFinding> files)
    {
        var text = new StringBuilder();
        foreach (var file in files.Take(MostNames))
        {
            if (text.Length > ListingCap)
            {
                return text.Append("清单过长，其余从略；逐个文件见观测\n").ToString();
            }

            text.Append(file.Note).Append('\n');
            foreach (var signature in SignaturesOf(file))
            {
                text.Append(CultureInfo.InvariantCulture, $"  签名 {signature.Id}（{signature.Type}）：{EnumWords.Say(signature.Answer)}\n");
                signature.Reasons.ToList().ForEach(r => text.Append(CultureInfo.InvariantCulture, $"    理由：{r}\n"));
                signature.Steps.ToList().ForEach(s => text.Append(CultureInfo.InvariantCulture, $"    {EnumWords.Say(s.Step)}：{EnumWords.Say(s.Outcome)}；所载 {s.Stated}；实际 {s.Found}{(s.Note.Length > 0 ? $"；{s.Note}" : "")}\n"));
                text.Append(CultureInfo.InvariantCulture, $"    保护的文件 {signature.Covered.Count} 个；未保护：{string.Join("、", signature.Uncovered.Take(50).Select(OfdCoverage.Say))}\n");
            }

            file.Reasons.ToList().ForEach(r => text.Append(CultureInfo.InvariantCulture, $"  {r}\n"));
        }

        return text.ToString();
    }
}
