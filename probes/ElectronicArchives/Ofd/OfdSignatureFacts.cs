using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>A signature as checked and as said, with everything it leaves open; what is said may be cut, this is not.</summary>
internal sealed record DescribedSignature(CheckedSignature Checked, OfdSignatureFinding Finding, IReadOnlyList<UncoveredPart> Open);

/// <summary>What can be said of all signatures of a file together. What one of them lacks is not known of all.</summary>
internal sealed class OfdSignatureFacts(IReadOnlyList<DescribedSignature> signatures, OfdReading reading)
{
    private readonly List<OfdSignatureFinding> _findings = [.. signatures.Select(s => s.Finding)];

    /// <summary>False where a signature was cut off, or might be there and was not read.</summary>
    private bool IsRead => !reading.HasUnreadSignatures;

    private bool IsListed => signatures.Count > 0 ? !reading.HasUnreadLists : IsRead;

    /// <summary>False where a signature lists more files than were compared.</summary>
    public bool IsCompared => signatures.All(s => s.Checked.IsWhole);

    public Fact<bool> Any() => signatures.Count > 0 ? true : IsRead ? false : default(Fact<bool>);

    public Fact<IReadOnlyList<OfdSignatureFinding>> List() => IsListed ? new Fact<IReadOnlyList<OfdSignatureFinding>>(_findings) : default;

    public Fact<bool?> Hold(OfdAnswer answer) =>
        answer == OfdAnswer.Tampered ? false
        : !IsRead ? default(Fact<bool?>)
        : signatures.Count == 0 ? (bool?)null
        : signatures.Where(s => s.Finding.Answer != OfdAnswer.Superseded).All(s => s.Finding.Answer is OfdAnswer.Intact or OfdAnswer.ExpiredAtSigning || OnlyUntrusted(s)) ? true
        : default(Fact<bool?>);

    public Fact<bool?> ValidAtSigning() => Every(SealStep.CertificateValidity, SealStep.SealValidity);

    public Fact<bool?> NotRevoked() => Every(SealStep.SignerRevocation, SealStep.MakerRevocation);

    public Fact<bool?> SignersTrusted() => Every(SealStep.SignerChain, SealStep.MakerChain);

    /// <summary>One weak digest is enough; none is said only where all were read.</summary>
    public Fact<bool> WeakDigests() =>
        _findings.Exists(s => s.DigestMethods.Any(SealHashes.IsWeak)) ? true
        : IsRead && signatures.All(s => s.Checked.NamesAllDigests) ? false
        : default(Fact<bool>);

    /// <summary>What none of the signatures that hold protects. Missing where parts that were not read may be among it.</summary>
    /// <param name="isWhole">All parts were read, so that their kinds are known.</param>
    public Fact<IReadOnlyList<UncoveredPart>> Uncovered(bool isWhole)
    {
        var open = Open(OfdCoverage.Matters);
        return IsListed && IsCompared && reading.Limits.Count == 0 && (isWhole || open.Count > 0) ? new Fact<IReadOnlyList<UncoveredPart>>(open) : default;
    }

    /// <summary>A file of whatever kind is protected by none of the signatures that hold.</summary>
    public bool LeavesOpen => Open(_ => true).Count > 0;

    private List<UncoveredPart> Open(Func<OfdPartKind, bool> isMeant)
    {
        var counted = signatures.Where(s => s.Finding.Answer is OfdAnswer.Intact or OfdAnswer.Superseded or OfdAnswer.ExpiredAtSigning or OfdAnswer.Undecidable).ToList();
        if (counted.Count == 0)
        {
            return [];
        }

        var others = counted.Skip(1).Select(s => s.Open.Select(o => o.File).ToHashSet(StringComparer.Ordinal)).ToList();
        return [.. counted[0].Open.Where(o => isMeant(o.Kind) && others.TrueForAll(s => s.Contains(o.File)))];
    }

    /// <summary>True where every signature has such steps and all of them hold.</summary>
    private Fact<bool?> Every(params SealStep[] steps)
    {
        var outcomes = _findings.ConvertAll(s => s.Steps.Where(c => steps.Contains(c.Step)).Select(c => c.Outcome).ToList());
        return outcomes.Exists(o => o.Contains(SealOutcome.Fails)) ? false
            : !IsRead ? default(Fact<bool?>)
            : signatures.Count == 0 ? (bool?)null
            : outcomes.TrueForAll(o => o.Count > 0 && o.TrueForAll(one => one == SealOutcome.Holds)) ? true
            : default(Fact<bool?>);
    }

    /// <summary>Undecided for its chain alone: then the signature itself holds.</summary>
    private static bool OnlyUntrusted(DescribedSignature one) => one.Checked.IsWhole && one.Finding is { Answer: OfdAnswer.Undecidable, IsTrusted: { IsKnown: true, Value: false } } signature
        && signature.Steps.All(s => s.Step is SealStep.SignerChain or SealStep.MakerChain or SealStep.SignerRevocation or SealStep.MakerRevocation || s.Outcome is SealOutcome.Holds or SealOutcome.Absent) && signature.Covered.Count > 0 && signature.DigestMethods.All(m => SealHashes.NameOf(m) is not null);
}
