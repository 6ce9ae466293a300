using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Gathers what is seen under one name for each thing, however many places show it.</summary>
internal sealed class CryptoSightings(IReadOnlyList<CodeAlgorithm> algorithms)
{
    private readonly Dictionary<string, CodeAlgorithm> _known = algorithms.GroupBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (CryptoAsset Asset, HashSet<CryptoOccurrence> Places, int Uncounted)> _found = new(StringComparer.Ordinal);

    /// <param name="named">As the source of the sighting says it.</param>
    /// <param name="places">Where.</param>
    /// <param name="uncounted">Uses beyond these places.</param>
    /// <returns>The reference.</returns>
    public string Algorithm(NamedCryptography named, IEnumerable<CryptoOccurrence> places, int uncounted = 0)
    {
        var known = named.Name is { } name ? _known.GetValueOrDefault(name) : null;
        var shown = known?.Name ?? named.Name ?? "未写明";
        var primitive = named.Primitive ?? known?.Primitive ?? "unknown";
        if (primitive == "protocol")
        {
            return Protocol(shown, null, known?.Standing, [], places, uncounted);
        }

        var size = named.Bits?.ToString(CultureInfo.InvariantCulture);
        var title = string.Join('-', (size is not null && shown.EndsWith('2') && shown.Contains("SHA", StringComparison.Ordinal) ? [shown[..^1] + size, named.Mode] : new[] { shown, size, named.Mode }).OfType<string>());
        return Add(
            new AlgorithmAsset
            {
                Reference = $"algorithm:{title}:{primitive}",
                Name = title,
                Primitive = primitive,
                Mode = named.Mode,
                Bits = named.Bits,
                Standing = known?.StandingOf(named.Bits),
                Oid = known?.OidOf(named.Mode, named.Bits),
                Strength = known?.Strength?.Of(named.Bits),
                Occurrences = [],
                Uses = 0,
            },
            places,
            uncounted);
    }

    /// <summary>A protocol as a port shows it, under the name that code has for it. TLS 1.3 with SM suites is a use of SM algorithms within a foreign protocol, and its suites say so.</summary>
    /// <param name="version">TLSv1.2, TLCPv1.1 …</param>
    /// <param name="suites">Of the port.</param>
    /// <param name="place">The port.</param>
    /// <returns>The reference.</returns>
    public string Protocol(string version, IReadOnlyList<SuiteAsset> suites, CryptoOccurrence place)
    {
        var known = CodeAlgorithm.Spelled(algorithms.Where(a => a.Primitive == "protocol"), version);
        return Protocol(known?.Name ?? version, version, known?.Standing, suites, [place]);
    }

    private string Protocol(string name, string? version, AlgorithmStanding? standing, IReadOnlyList<SuiteAsset> suites, IEnumerable<CryptoOccurrence> places, int uncounted = 0)
    {
        var reference = $"protocol:{name}";
        if (_found.TryGetValue(reference, out var before) && before.Asset is ProtocolAsset known)
        {
            _found[reference] = before with { Asset = known with { Version = known.Version ?? version, Suites = [.. known.Suites.UnionBy(suites, s => s.Number, StringComparer.Ordinal)] } };
        }

        return Add(new ProtocolAsset { Reference = reference, Name = name, Version = version, Standing = standing, Suites = suites, Occurrences = [], Uses = 0 }, places, uncounted);
    }

    public string Add(CryptoAsset asset, IEnumerable<CryptoOccurrence> places, int uncounted = 0)
    {
        var entry = _found.TryGetValue(asset.Reference, out var before) ? before : (Asset: asset, Places: [], Uncounted: 0);
        entry.Places.UnionWith(places);
        _found[asset.Reference] = entry with { Uncounted = entry.Uncounted + uncounted };
        return asset.Reference;
    }

    /// <summary>The standing the tables give a name; null where they do not know it.</summary>
    public AlgorithmStanding? StandingOf(string? name, int? bits) => name is not null && _known.TryGetValue(name, out var known) ? known.StandingOf(bits) : null;

    public IReadOnlyList<CryptoAsset> Assets() =>
    [
        .. _found.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value.Asset with
        {
            Occurrences =
            [
                .. f.Value.Places.OrderBy(o => o.Place).ThenBy(o => o.TargetId, StringComparer.Ordinal).ThenBy(o => o.Location, StringComparer.Ordinal).ThenBy(o => o.Line ?? 0).ThenBy(o => o.Context, StringComparer.Ordinal),
            ],
            Uses = f.Value.Places.Count + f.Value.Uncounted,
        }),
    ];
}

/// <summary>What a place calls an algorithm.</summary>
/// <param name="Name">As the tables name it, where they do; null where it is left open.</param>
/// <param name="Primitive">Null: as the tables say.</param>
/// <param name="Mode">Upper case.</param>
/// <param name="Bits">Of the key, the digest or the field.</param>
internal sealed record NamedCryptography(string? Name, string? Primitive = null, string? Mode = null, int? Bits = null)
{
    /// <summary>A digest as certificates and suites write it: SHA-256, SHA256, SM3, MD5 …</summary>
    public static NamedCryptography Hash(string text)
    {
        var plain = text.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        return plain switch
        {
            "SHA" or "SHA1" => new("SHA-1"),
            "SHA224" or "SHA256" or "SHA384" or "SHA512" => new("SHA-2", Bits: int.Parse(plain.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture)),
            _ => new(text, "hash"),
        };
    }
}
