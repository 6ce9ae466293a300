using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Makes the observation out of the survey and of every ServerKeyExchange seen on the way.</summary>
internal sealed class KeyExchangeReading
{
    private const int Short = 1024;

    private readonly KeyExchangeSurvey _survey;
    private readonly List<SeenKey> _keys;
    private readonly bool _isWhole;

    public KeyExchangeReading(KeyExchangeSurvey survey)
    {
        _survey = survey;
        _keys = [.. survey.Suites.Dialogue.Exchanges.Select(e => e.Reply).OfType<Selected>().Select(Read).OfType<SeenKey>()];
        _isWhole = survey.Suites.IsWhole;
    }

    /// <summary>But for finite fields, of which nothing read with it speaks.</summary>
    private bool IsTls13Whole => _isWhole && _survey.Tls13Groups is null or { IsWhole: true } or { IsWholeButFields: true };

    private bool IsClassicWhole => _isWhole && _survey.Curves is null or { IsWhole: true };

    public OfferedKeyExchange Describe() => new()
    {
        Tls13Groups = List(_survey.Tls13Groups),
        Tls13Confirmed = Offers(_survey.Tls13Groups),
        Tls13Unasked = Unasked(),
        ServerPrefersTls13Group = Preference(),
        ClassicVersion = _survey.Classic?.Name,
        Curves = List(_survey.Curves),
        CurvesConfirmed = Offers(_survey.Curves),
        SmallestCurveBits = SmallestCurve(),
        OffersPostQuantum = Any(IsTls13Whole, g => g.Kind is GroupKind.Hybrid or GroupKind.PostQuantum),
        OffersCurveSm2 = Any(IsTls13Whole && IsClassicWhole, g => g.Kind == GroupKind.Sm2 || g.Name.StartsWith("curveSM2", StringComparison.Ordinal)),
        Dh = IsDhWhole() ? new Fact<IReadOnlyList<DhParameters>?>(Dh() is { Count: > 0 } parameters ? parameters : null) : default,
        SmallestDhBits = IsDhWhole() ? new Fact<int?>(_keys.Min(k => k.DhBits)) : default,
        UsesCommonShortPrime = UsesCommonShortPrime(),
        ExportRsaBits = _isWhole || _keys.Exists(k => k.Key.Modulus is not null) ? new Fact<int?>(_keys.Min(k => k.RsaBits)) : default,
        ReusesEphemeralKeys = ReusesEphemeralKeys(),
        SendsExplicitCurves = _keys.Exists(k => k.Key.IsExplicitCurve),
        SignatureSchemes = Schemes(),
        SignatureSchemesConfirmed = [.. SchemesSeen().Select(SignatureSchemes.NameOf)],
        SignsWithBrokenHash = SignsWithBrokenHash(),
        Behaviours = _survey.Suites.Dialogue.Behaviours,
        Connections = _survey.Suites.Dialogue.Opened,
    };

    private static SeenKey? Read(Selected selected)
    {
        try
        {
            return KeyExchange.Read(selected.Flight) is { } key ? new SeenKey(selected.Flight.Hello, key) : null;
        }
        catch (MalformedFlightException)
        {
            return null;
        }
    }

    private Fact<IReadOnlyList<GroupOffer>?> List(GroupEnumeration? groups)
    {
        if (groups is null)
        {
            return _isWhole ? new Fact<IReadOnlyList<GroupOffer>?>(null) : default;
        }

        return groups.IsWhole ? new Fact<IReadOnlyList<GroupOffer>?>(Offers(groups)) : default;
    }

    private static IReadOnlyList<GroupOffer> Offers(GroupEnumeration? groups) =>
        [.. (groups?.Accepted ?? []).Select(NamedGroups.Of).Select(g => new GroupOffer { Number = $"0x{g.Number:X4}", Name = g.Name, Kind = g.Kind, Bits = g.Bits })];

    private IReadOnlyList<string> Unasked() => _survey.Tls13Groups is { IsWhole: false, IsWholeButFields: true } groups
        ? [.. NamedGroups.FiniteFields.Except(groups.Accepted).Order().Select(g => NamedGroups.Of(g).Name)]
        : [];

    private Fact<bool?> Preference() => _survey.Tls13Groups switch
    {
        null => _isWhole ? new Fact<bool?>(null) : default,
        { ServerPrefers: null, IsWhole: false } => default,
        { ServerPrefers: null, Accepted.Count: > 1 } => default,
        { ServerPrefers: var prefers } => new Fact<bool?>(prefers),
    };

    private IEnumerable<NamedGroup> SeenGroups() =>
        (_survey.Tls13Groups?.Accepted ?? []).Concat(_survey.Curves?.Accepted ?? []).Concat(_keys.Select(k => k.Key.Group).OfType<ushort>()).Distinct().Select(NamedGroups.Of);

    private Fact<int?> SmallestCurve() => IsTls13Whole && IsClassicWhole
        ? new Fact<int?>(SeenGroups().Where(g => g.Kind is GroupKind.EllipticCurve or GroupKind.Sm2).Min(g => g.Bits))
        : default;

    private Fact<bool> Any(bool isWhole, Func<NamedGroup, bool> wanted)
    {
        var isSeen = SeenGroups().Any(wanted);
        return isSeen || isWhole ? new Fact<bool>(isSeen) : default;
    }

    private IReadOnlyList<DhParameters> Dh() =>
    [
        .. _keys.Where(k => k.Key.Prime is not null)
            .GroupBy(k => (Prime: KnownPrimes.Fingerprint(k.Key.Prime!.Value), Generator: Convert.ToHexStringLower(k.Key.Generator!.Value.Span)))
            .Select(g => new DhParameters
            {
                Bits = g.First().DhBits!.Value,
                Source = KnownPrimes.NameOf(g.First().Key.Prime!.Value),
                PrimeSha256 = g.Key.Prime,
                Generator = g.Key.Generator,
                Versions = [.. g.Select(k => k.Hello.Version).Distinct().Order().Select(ProtocolVersion.NameOf)],
                Suites = [.. g.Select(k => CipherSuites.NameOf(k.Hello.Suite)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            })
            .OrderBy(p => p.Bits).ThenBy(p => p.PrimeSha256, StringComparer.Ordinal),
    ];

    /// <summary>Every DHE suite of every version showed its parameters.</summary>
    private bool IsDhWhole() => _isWhole && _survey.Suites.Enumerations.All(e => e.Suites
        .Where(s => CipherSuites.NameOf(s) is var name && IsDhe(name))
        .All(s => _keys.Exists(k => k.Hello.Suite == s && k.Hello.Version == e.Version.Wire && k.Key.Prime is not null)));

    private static bool IsDhe(string name) =>
        !name.Contains("PSK", StringComparison.Ordinal) && (name.Contains("_DHE_", StringComparison.Ordinal) || name.Contains("_DH_anon", StringComparison.OrdinalIgnoreCase));

    private Fact<bool?> UsesCommonShortPrime()
    {
        var dhe = _keys.FindAll(k => k.Key.Prime is not null);
        bool? uses = dhe.Count == 0 ? null : dhe.Exists(k => k.DhBits <= Short && KnownPrimes.NameOf(k.Key.Prime!.Value) is not null);
        return uses == true || IsDhWhole() ? new Fact<bool?>(uses) : default;
    }

    private Fact<bool?> ReusesEphemeralKeys() => Reuse(
        [.. _keys.Where(k => k.Key.Public is { IsEmpty: false }).Select(k => (k.Key.Group is { } group ? $"{group}" : $"{k.Key.Prime?.Length}", k.Key.Public!.Value.ToArray()))], _isWhole);

    /// <summary>Null where no key was sent; missing where some were and no two of one group, or where some may not have been seen.</summary>
    /// <param name="keys">By group: values of different groups never are the same.</param>
    /// <param name="isWhole">No version and no suite is left that could have sent one.</param>
    internal static Fact<bool?> Reuse(IReadOnlyList<(string Group, byte[] Value)> keys, bool isWhole)
    {
        var comparable = keys.GroupBy(k => k.Group, k => Convert.ToHexString(k.Value), StringComparer.Ordinal).Select(g => g.ToList()).Where(values => values.Count > 1).ToList();
        if (comparable.Count == 0)
        {
            return isWhole && keys.Count == 0 ? new Fact<bool?>(null) : default;
        }

        return comparable.Exists(values => values.Count != values.Distinct(StringComparer.Ordinal).Count());
    }

    private IEnumerable<ushort> SchemesSeen() => (_survey.Schemes?.Accepted ?? []).Concat(_keys.Select(k => k.Key.Scheme).OfType<ushort>()).Distinct().Order();

    private Fact<IReadOnlyList<string>?> Schemes()
    {
        if (_survey.Schemes is null)
        {
            return _isWhole ? new Fact<IReadOnlyList<string>?>(null) : default;
        }

        return _survey.Schemes.IsWhole ? new Fact<IReadOnlyList<string>?>([.. SchemesSeen().Select(SignatureSchemes.NameOf)]) : default;
    }

    private Fact<bool?> SignsWithBrokenHash()
    {
        var signs = SchemesSeen().Any(SignatureSchemes.Broken.Contains);
        if (signs || _survey.Schemes is { IsWithoutBroken: true })
        {
            return new Fact<bool?>(signs);
        }

        return _survey.Schemes is null && _isWhole ? new Fact<bool?>(null) : default;
    }

    private sealed record SeenKey(ServerHello Hello, KeyExchange Key)
    {
        public int? DhBits => Key.Prime is { } prime ? KeyExchange.BitsOf(prime) : null;

        public int? RsaBits => Key.Modulus is { } modulus ? KeyExchange.BitsOf(modulus) : null;
    }
}
