using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>密码资产: what code, files and channels showed of cryptography, in one list. It says what is there and no more.</summary>
/// <param name="Assets">By kind, then name; each once.</param>
/// <param name="Tallies">One for each place, looked at or not.</param>
/// <param name="Gaps">What was not looked at or not wholly, for people.</param>
public sealed record CryptoInventory(IReadOnlyList<CryptoAsset> Assets, IReadOnlyList<StandingTally> Tallies, IReadOnlyList<string> Gaps)
{
    public static CryptoInventory Of(EvidencePack pack)
    {
        var sightings = new CryptoSightings(pack.Algorithms);
        var gaps = new List<string>();
        var looked = new HashSet<CryptoPlace>();
        foreach (var record in pack.Outcomes)
        {
            if (PlaceOf(record.ProbeId) is not { } place)
            {
                continue;
            }

            if (record.Outcome is Observed observed)
            {
                looked.Add(place);
                gaps.AddRange(observed.Observations.SelectMany(o => Read(o, sightings, pack)));
            }
            else if (record.Outcome is Unable unable)
            {
                gaps.Add($"{ReportAssembly.TargetName(pack.Candidate, record.TargetId)}：{unable.Message}");
            }
        }

        var assets = sightings.Assets();
        return new CryptoInventory(assets, [.. Enum.GetValues<CryptoPlace>().Select(p => StandingTally.Of(p, looked.Contains(p), assets))], [.. gaps.Distinct(StringComparer.Ordinal)]);
    }

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

/// <summary>Sightings of algorithms and protocols at one kind of place. Random generators and key files are not counted.</summary>
/// <param name="Place">Which.</param>
/// <param name="IsLookedAt">False: nobody looked, and zeros mean nothing.</param>
/// <param name="Sm">商密.</param>
/// <param name="Foreign">国外.</param>
/// <param name="Weak">不安全.</param>
/// <param name="Open">The algorithm is not written, or none the tables know.</param>
public sealed record StandingTally(CryptoPlace Place, bool IsLookedAt, int Sm, int Foreign, int Weak, int Open)
{
    public int Total => Sm + Foreign + Weak + Open;

    internal static StandingTally Of(CryptoPlace place, bool isLookedAt, IReadOnlyList<CryptoAsset> assets)
    {
        int Count(AlgorithmStanding? standing) => assets.Where(a => a.Standing == standing && a is not KeyAsset and not AlgorithmAsset { Primitive: "drbg" }).Sum(a => UsesAt(a, place));
        return new StandingTally(place, isLookedAt, Count(AlgorithmStanding.Sm), Count(AlgorithmStanding.Foreign), Count(AlgorithmStanding.Weak), Count(null));
    }

    /// <summary>All uses beyond those listed are of code: it alone counts without listing.</summary>
    public static int UsesAt(CryptoAsset asset, CryptoPlace place) =>
        asset.Occurrences.Count(o => o.Place == place) + (place == CryptoPlace.Code ? asset.Uses - asset.Occurrences.Count : 0);
}
