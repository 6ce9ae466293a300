using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Makes the observation out of the survey. True where one suite proves it; false where every list is whole and known; else missing.</summary>
internal sealed class SuiteReading
{
    private readonly SuiteSurvey _survey;
    private readonly List<ReadVersion> _versions = [];
    private readonly List<SuiteTraits> _all;
    private readonly bool _isWhole;
    private readonly bool _isReadable;

    public SuiteReading(SuiteSurvey survey)
    {
        _survey = survey;
        if (survey.Versions.Ssl2.Hello is { } old)
        {
            _versions.Add(new ReadVersion(Ssl2.Name, [.. old.Ciphers.Select(c => SuiteTraits.Read(Ssl2.NameOf(c)))], [.. old.Ciphers.Select(c => $"0x{c:X6}")], null));
        }

        _versions.AddRange(survey.Enumerations.Select(e =>
            new ReadVersion(e.Version.Name, [.. e.Suites.Select(SuiteTraits.Of)], [.. e.Suites.Select(s => $"0x{s:X4}")], e)));
        _all = [.. _versions.SelectMany(v => v.Traits).DistinctBy(t => t.Name, StringComparer.Ordinal)];
        _isWhole = survey.IsWhole && survey.Versions.OffersSsl2 is not null;
        _isReadable = _isWhole && _all.TrueForAll(t => t.IsRecognised);
    }

    public OfferedSuites Describe() => new()
    {
        IsWhole = _isWhole,
        Versions = [.. _versions.Select(Describe)],
        Suites = Whole(Names(_ => true)),
        OffersNull = Any(t => t.IsNull),
        OffersAnonymous = Any(t => t.IsAnonymous),
        OffersExport = Any(t => t.IsExport),
        OffersRsaExport = Any(t => t.IsExport && t.Name.StartsWith("TLS_RSA_EXPORT", StringComparison.Ordinal)),
        OffersDhExport = Any(t => t.IsExport && t.Name.StartsWith("TLS_DH", StringComparison.Ordinal)),
        AnswersDiffer = Proven(_survey.Dialogue.Contradicts, _isWhole),
        OffersRc4 = Any(t => t.IsRc4),
        OffersRc2 = Any(t => t.IsRc2),
        OffersDes = Any(t => t.IsDes),
        Offers3Des = Any(t => t.Is3Des),
        OffersSmallBlocks = Any(t => t.HasSmallBlock),
        OffersMd5Mac = Any(t => t.Mac == "MD5"),
        OffersSha1Mac = Any(t => t.Mac == "SHA-1"),
        OffersCbc = Any(t => t.IsCbc),
        OffersAead = Any(t => t.IsAead),
        OffersStaticRsa = Any(t => t.IsStaticRsa),
        OffersForwardSecrecy = Any(t => t.IsForwardSecret),
        OffersForwardSecrecyOnly = Not(Any(t => !t.IsForwardSecret)),
        OffersAeadOnly = Not(Any(t => !t.IsAead)),
        OffersSm = Any(t => t.IsSm),
        OffersForeign = Any(t => !t.IsSm),
        SmSuites = Readable(Names(t => t.IsSm)),
        ForeignSuites = Readable(Names(t => !t.IsSm)),
        OffersWithdrawnSm = Any(t => t.Name.Contains("SM1_", StringComparison.Ordinal) || t.Name.EndsWith("SM4_SHA1", StringComparison.Ordinal)),
        OffersTlcpSuiteInTls = OffersTlcpSuiteInTls(),
        WeakestClass = _isReadable && _all.Count > 0 ? _all.Min(t => t.Class) : default(Fact<SuiteClass>),
        SmallestKeyBits = _isReadable && _all.Count > 0 ? _all.Min(t => t.KeyBits) : default(Fact<int>),
        WeakestStrengthBits = _isReadable && _all.Count > 0 ? _all.Min(t => t.StrengthBits) : default(Fact<int>),
        ServerPrefers = ServerPrefers(),
        PrefersSm = PrefersSm(),
        Behaviours = _survey.Dialogue.Behaviours,
        Connections = _survey.Dialogue.Opened,
    };

    private static VersionSuites Describe(ReadVersion version)
    {
        var (name, traits, numbers, enumeration) = version;
        List<SuiteOffer> offers = [.. traits.Zip(numbers, Describe)];
        var isWhole = enumeration?.IsWhole ?? true;
        var isOrderSeen = enumeration is null || enumeration.ServerPrefers is not null || (isWhole && traits.Count < 2);
        var isClientFirst = enumeration?.ServerPrefers == false || enumeration is null;
        return new VersionSuites
        {
            Version = name,
            Suites = isWhole ? new Fact<IReadOnlyList<SuiteOffer>>(offers) : default,
            Confirmed = isWhole ? [] : offers,
            ServerPrefers = isOrderSeen ? new Fact<bool?>(enumeration?.ServerPrefers) : default,
            Preferred = isOrderSeen && isWhole ? new Fact<string?>(isClientFirst || offers.Count == 0 ? null : offers[0].Name) : default,
            WeakestClass = isWhole && traits.Count > 0 && traits.All(t => t.IsRecognised) ? traits.Min(t => t.Class) : default(Fact<SuiteClass>),
            Trouble = enumeration?.Trouble,
        };
    }

    private static SuiteOffer Describe(SuiteTraits traits, string number) => new()
    {
        Number = number,
        Name = traits.Name,
        Class = traits.Class,
        ForwardSecrecy = traits.IsForwardSecret,
        Aead = traits.IsAead,
        Sm = traits.IsSm,
        KeyBits = traits.KeyBits,
        Recognised = traits.IsRecognised,
    };

    private Fact<bool> Any(Func<SuiteTraits, bool> shows) => Proven(_all.Exists(t => t.IsRecognised && shows(t)), _isReadable);

    /// <param name="shown">One suite proves it.</param>
    /// <param name="whole">Nothing is left that might.</param>
    private static Fact<bool> Proven(bool shown, bool whole) => shown || whole ? new Fact<bool>(shown) : default;

    private static Fact<bool> Not(Fact<bool> fact) => fact.IsKnown ? !fact.Value : default(Fact<bool>);

    private IReadOnlyList<string> Names(Func<SuiteTraits, bool> wanted) => [.. _all.Where(wanted).Select(t => t.Name).Order(StringComparer.Ordinal)];

    private Fact<IReadOnlyList<string>> Whole(IReadOnlyList<string> names) => _isWhole ? new Fact<IReadOnlyList<string>>(names) : default;

    private Fact<IReadOnlyList<string>> Readable(IReadOnlyList<string> names) => _isReadable ? new Fact<IReadOnlyList<string>>(names) : default;

    private Fact<bool> OffersTlcpSuiteInTls()
    {
        var tls = _survey.Enumerations.Where(e => e.Version != ProtocolVersion.Tlcp11).ToList();
        return Proven(tls.Exists(e => e.Suites.Any(s => s >> 8 == 0xE0)), _isWhole);
    }

    private Fact<bool> ServerPrefers()
    {
        var several = _survey.Enumerations.Where(e => e.Suites.Count > 1 || !e.IsWhole).ToList();
        var isDecided = several.Exists(e => e.ServerPrefers == false) || (_isWhole && several.Count > 0 && several.TrueForAll(e => e.ServerPrefers is not null));
        return isDecided ? new Fact<bool>(several.TrueForAll(e => e.ServerPrefers == true)) : default;
    }

    private Fact<bool?> PrefersSm()
    {
        if (!_isReadable)
        {
            return default;
        }

        var both = _survey.Enumerations.Select(e => (e.ServerPrefers, Traits: e.Suites.Select(SuiteTraits.Of).ToList()))
            .Where(v => v.Traits.Exists(t => t.IsSm) && v.Traits.Exists(t => !t.IsSm))
            .ToList();
        if (both.Count == 0)
        {
            return new Fact<bool?>(null);
        }

        return both.Exists(v => v.ServerPrefers is null) ? default : new Fact<bool?>(both.TrueForAll(v => v.ServerPrefers == true && v.Traits[0].IsSm));
    }

    private sealed record ReadVersion(string Version, IReadOnlyList<SuiteTraits> Traits, IReadOnlyList<string> Numbers, SuiteEnumeration? Enumeration);
}
