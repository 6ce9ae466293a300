using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>Whether a paper carries an electronic signature or seal.</summary>
public sealed class PaperSignaturesProbe : PaperProbe<PaperSignaturesRecord>
{
    public PaperSignaturesProbe() => Manifest = ManifestOf("signatures", "材料签章", "材料有没有电子签名或签章？");

    public override ProbeManifest Manifest { get; }

    private protected override (PaperSignaturesRecord Record, IEnumerable<string> Found) Describe(Document target, Paper paper, ProbeContext context, CancellationToken stop)
    {
        var looked = paper.Files.All(f => f.Signatures is not null);
        var count = paper.Files.Sum(f => f.Signatures ?? 0);
        var verified = paper.Files.Where(f => f.Signatures > 0).ToList();
        var isSigned = count > 0 ? true : looked && !paper.Files.Any(f => f.HasPictures) ? false : default(Fact<bool>);
        var isIntact = verified.Exists(f => f.IntactSignatures < f.Signatures) ? false : count > 0 && looked && verified.TrueForAll(f => f.IntactSignatures == f.Signatures) ? true : default(Fact<bool>);
        var record = new PaperSignaturesRecord
        {
            Count = looked ? count : default(Fact<int>),
            IsSigned = isSigned,
            IsIntact = isIntact,
            Unverified = [.. paper.Files.SelectMany(f => f.SignatureTroubles)],
            IsAsked = KindOf(target, context)?.IsSigned ?? default(Fact<bool>),
            Unread = paper.Unread,
            NeedsPeople = paper.IsOpenToPeople && (!isSigned.IsKnown || (isSigned.Value && !isIntact.IsKnown)),
        };
        return (record, [$"电子签名或签章：{(looked ? $"{count} 个" : "没有看全")}", .. record.Unverified]);
    }
}
