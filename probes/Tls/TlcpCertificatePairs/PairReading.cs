using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Reads the two certificates of TLCP, each by itself and against the other.</summary>
internal sealed class PairReading
{
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _ders;
    private readonly ChainReading _sent;
    private readonly TrustBasis _basis;
    private readonly string _name;
    private readonly DateTimeOffset _at;
    private readonly bool _isPair;

    public PairReading(IReadOnlyList<ReadOnlyMemory<byte>> ders, TrustBasis basis, string name, DateTimeOffset at)
    {
        (_ders, _basis, _name, _at) = (ders, basis, name, at);
        _sent = new ChainReading(ders, basis.Ledger);
        _isPair = TlcpKeyExchange.HasPair(ders);
    }

    public TlcpCertificatePair Describe()
    {
        var (signing, encryption) = (_sent.At(0), _sent.At(1));
        return new TlcpCertificatePair
        {
            CheckedName = _name,
            Sent = _ders.Count,
            Signing = Member(0),
            Encryption = _isPair ? Member(1) : new Fact<FollowedCertificate?>(null),
            SecondIsAuthority = _ders.Count < 2 ? new Fact<bool?>(null) : !_isPair,
            InOrder = Compare(PairedUsage.Of, static (s, e) => s.MaySign && e.MayEncrypt),
            Swapped = Compare(PairedUsage.Of, static (s, e) => s is { MayEncrypt: true, MaySign: false } && e is { MaySign: true, MayEncrypt: false }),
            DistinctCertificates = !_isPair ? new Fact<bool?>(null) : !_ders[0].Span.SequenceEqual(_ders[1].Span),
            DistinctKeys = Compare(static c => c.Key, static (s, e) => !s.IsSameAs(e)),
            SameSubject = Compare(static c => c.Subject, static (s, e) => s.Matches(e)),
            SameAlternativeNames = Compare(NamesOf, static (s, e) => s.SequenceEqual(e, StringComparer.OrdinalIgnoreCase)),
            SameIssuer = Compare(static c => c.Issuer, static (s, e) => s.Matches(e)),
            AnchorSources = _basis.Sources,
        };

        Fact<bool?> Compare<T>(Func<CertificateDetails, T?> part, Func<T, T, bool> same)
            where T : class
        {
            if (!_isPair)
            {
                return new Fact<bool?>(null);
            }

            return signing is not null && encryption is not null && part(signing) is { } s && part(encryption) is { } e ? same(s, e) : default(Fact<bool?>);
        }
    }

    private Fact<FollowedCertificate?> Member(int position)
    {
        if (position >= _ders.Count)
        {
            return new Fact<FollowedCertificate?>(null);
        }

        // No purpose is asked of issuers: GM/T 0015 does not bind them to serverAuth.
        return new FollowedReading(_sent, _basis, _name, _at).Read(_ders[position], purpose: null);
    }

    private static List<string>? NamesOf(CertificateDetails certificate) => certificate.Values.IsReadable("2.5.29.17")
        ? [.. (certificate.Values.AlternativeNames ?? []).Select(n => n.Labelled).Order(StringComparer.OrdinalIgnoreCase)]
        : null;
}
