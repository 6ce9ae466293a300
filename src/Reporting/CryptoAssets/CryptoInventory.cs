using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>密码资产: what code, files and channels showed of cryptography, in one list. It says what is there and no more.</summary>
/// <param name="Assets">By kind, then name; each once.</param>
/// <param name="Tallies">One for each place, looked at or not.</param>
/// <param name="Gaps">What was not looked at or not wholly, for people.</param>
public sealed record CryptoInventory(IReadOnlyList<CryptoAsset> Assets, IReadOnlyList<StandingTally> Tallies, IReadOnlyList<string> Gaps)
{
    /// <summary>Something was seen, or is said of what was not.</summary>
    public bool SaysSomething => Assets.Count + Gaps.Count > 0 || Tallies.Any(t => t.Reach != LookedAt.Nowhere);

    /// <summary>Of one asset at least not every place is listed.</summary>
    public bool HasUnlistedPlaces => Assets.Any(a => a.Uses > a.Occurrences.Count);

    public static CryptoInventory Of(EvidencePack pack)
    {
        var sightings = new CryptoSightings(pack.Algorithms);
        var gaps = new List<string>();
        var reaches = new Dictionary<CryptoPlace, LookedAt>();
        foreach (var record in pack.Outcomes)
        {
            if (PlaceOf(record.ProbeId) is not { } place)
            {
                continue;
            }

            if (record.Outcome is Observed observed)
            {
                foreach (var observation in observed.Observations)
                {
                    gaps.AddRange(Read(observation, sightings, pack));
                    Note(reaches, place, IsWhole(observation));
                }
            }
            else if (record.Outcome is Unable unable)
            {
                gaps.Add($"{ReportAssembly.TargetName(pack.Candidate, record.TargetId)}：{unable.Message}");
            }
        }

        gaps.AddRange(NobodyLooked(pack));
        foreach (var place in reaches.Keys.Where(p => pack.Outcomes.Any(o => PlaceOf(o.ProbeId) == p && o.Outcome is Unable) || (p == CryptoPlace.Code && NobodyLooked(pack).Any())).ToList())
        {
            reaches[place] = LookedAt.InPart;
        }

        var assets = sightings.Assets();
        return new CryptoInventory(assets, [.. Enum.GetValues<CryptoPlace>().Select(p => StandingTally.Of(p, reaches.GetValueOrDefault(p), assets))], [.. gaps.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Whole only where everything of the place was.</summary>
    private static void Note(Dictionary<CryptoPlace, LookedAt> reaches, CryptoPlace place, bool isWhole) =>
        reaches[place] = isWhole && reaches.GetValueOrDefault(place, LookedAt.Wholly) == LookedAt.Wholly ? LookedAt.Wholly : LookedAt.InPart;

    /// <summary>Trees beside which others were looked at.</summary>
    private static IEnumerable<string> NobodyLooked(EvidencePack pack)
    {
        var looked = pack.Outcomes.Where(o => o.ProbeId == CodeCryptography.Kind).Select(o => o.TargetId).ToHashSet(StringComparer.Ordinal);
        return looked.Count == 0 ? [] : pack.Candidate.SourceTrees.Where(t => !looked.Contains(t.TargetId)).Select(t => $"{ReportAssembly.TargetName(pack.Candidate, t.TargetId)}：没有看其中的密码使用");
    }

    private static bool IsWhole(Observation observation) => observation.Kind switch
    {
        CodeCryptography.Kind => CodeCryptography.IsWhole(observation),
        FileCryptography.Kind => FileCryptography.IsWhole(observation),
        ChannelCryptography.Suites or ChannelCryptography.Certificates => ChannelCryptography.IsWhole(observation),
        _ => false,
    };

    private static CryptoPlace? PlaceOf(string probeId) => probeId switch
    {
        CodeCryptography.Kind => CryptoPlace.Code,
        FileCryptography.Kind => CryptoPlace.File,
        ChannelCryptography.Suites or ChannelCryptography.Certificates => CryptoPlace.Channel,
        _ => null,
    };

    private static IEnumerable<string> Read(Observation observation, CryptoSightings sightings, EvidencePack pack)
    {
        var name = ReportAssembly.TargetName(pack.Candidate, observation.TargetId);
        return observation.Kind switch
        {
            CodeCryptography.Kind => CodeCryptography.Read(observation, sightings, name),
            FileCryptography.Kind => FileCryptography.Read(observation, sightings, name),
            ChannelCryptography.Suites => ChannelCryptography.ReadSuites(observation, sightings, pack.Candidate, name),
            ChannelCryptography.Certificates => ChannelCryptography.ReadCertificates(observation, sightings, pack.Candidate, name),
            _ => [],
        };
    }
}

/// <summary>How far something was looked at.</summary>
public enum LookedAt
{
    /// <summary>Nobody looked, and zeros mean nothing.</summary>
    Nowhere,

    /// <summary>There may be more than was seen.</summary>
    InPart,

    Wholly,
}

/// <summary>
/// Sightings of algorithms and protocols at one kind of place. Random generators and key files are not counted, and a certificate only where
/// neither its key nor its digest is, which count by themselves.
/// </summary>
/// <param name="Place">Which.</param>
/// <param name="Reach">How far it was looked at.</param>
/// <param name="Sm">商密.</param>
/// <param name="Foreign">国外.</param>
/// <param name="Weak">不安全.</param>
/// <param name="Open">The algorithm is not written, or none the tables know.</param>
public sealed record StandingTally(CryptoPlace Place, LookedAt Reach, int Sm, int Foreign, int Weak, int Open)
{
    public int Total => Sm + Foreign + Weak + Open;

    internal static StandingTally Of(CryptoPlace place, LookedAt reach, IReadOnlyList<CryptoAsset> assets)
    {
        int Count(AlgorithmStanding? standing) => assets.Where(a => a.Standing == standing && a is not (KeyAsset or CertificateAsset { Algorithms.Count: > 0 } or AlgorithmAsset { Primitive: "drbg" })).Sum(a => UsesAt(a, place));
        return new StandingTally(place, reach, Count(AlgorithmStanding.Sm), Count(AlgorithmStanding.Foreign), Count(AlgorithmStanding.Weak), Count(null));
    }

    /// <summary>All uses beyond those listed are of code: it alone counts without listing.</summary>
    public static int UsesAt(CryptoAsset asset, CryptoPlace place) =>
        asset.Occurrences.Count(o => o.Place == place) + (place == CryptoPlace.Code ? asset.Uses - asset.Occurrences.Count : 0);
}
