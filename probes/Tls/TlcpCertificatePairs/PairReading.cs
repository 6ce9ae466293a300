using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Reads the two certificates of TLCP, each by itself and against the other.</summary>
internal sealed class PairReading
{
    private const string Sm2WithSm3 = "1.2.156.10197.1.501";
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _ders;
    private readonly ChainReading _sent;
    private readonly TrustBasis _basis;
    private readonly string _name;
    private readonly DateTimeOffset _at;

    public PairReading(IReadOnlyList<ReadOnlyMemory<byte>> ders, TrustBasis basis, string name, DateTimeOffset at)
    {
        (_ders, _basis, _name, _at) = (ders, basis, name, at);
        _sent = new ChainReading(ders, basis.Ledger);
    }

    public TlcpCertificatePair Describe()
    {
        var (signing, encryption) = (_sent.At(0), _sent.At(1));
        return new TlcpCertificatePair
        {
            CheckedName = _name,
            Sent = _ders.Count,
            Signing = Member(0),
            Encryption = Member(1),
            InOrder = Compare(Usages, static (s, e) => s.MaySign && e.MayEncrypt),
            Swapped = Compare(Usages, static (s, e) => s is { MayEncrypt: true, MaySign: false } && e is { MaySign: true, MayEncrypt: false }),
            DistinctCertificates = _ders.Count < 2 ? new Fact<bool?>(null) : !_ders[0].Span.SequenceEqual(_ders[1].Span),
            DistinctKeys = Compare(static c => c.Key, static (s, e) => !s.IsSameAs(e)),
            SameSubject = Compare(static c => c.Subject, static (s, e) => s.Matches(e)),
            SameAlternativeNames = Compare(NamesOf, static (s, e) => s.SequenceEqual(e, StringComparer.OrdinalIgnoreCase)),
            SameIssuer = Compare(static c => c.Issuer, static (s, e) => s.Matches(e)),
            AnchorSources = _basis.Sources,
        };

        Fact<bool?> Compare<T>(Func<CertificateDetails, T?> part, Func<T, T, bool> same)
            where T : class
        {
            if (_ders.Count < 2)
            {
                return new Fact<bool?>(null);
            }

            return signing is not null && encryption is not null && part(signing) is { } s && part(encryption) is { } e ? same(s, e) : default(Fact<bool?>);
        }
    }

    private Fact<PairMember?> Member(int position)
    {
        if (position >= _ders.Count)
        {
            return new Fact<PairMember?>(null);
        }

        var bare = new PairMember { Sha256 = Convert.ToHexStringLower(SHA256.HashData(_ders[position].Span)) };
        return CertificateDetails.TryRead(_ders[position], out var problem) is { } details
            ? Follow(Describe(bare, details), details)
            : bare with { Problem = problem };
    }

    private PairMember Describe(PairMember bare, CertificateDetails details)
    {
        var read = CertificateReader.Read(details.Der, 0);
        var usage = details.Values.Unreadable.Contains("2.5.29.15") ? default(Fact<Usage?>) : new Fact<Usage?>(Usages(details));
        return bare with
        {
            Subject = read.Subject,
            Issuer = read.Issuer,
            KeyAlgorithm = read.KeyAlgorithm,
            KeyBits = read.KeyBits,
            SignatureAlgorithm = read.SignatureAlgorithm,
            NotBefore = read.NotBefore,
            NotAfter = read.NotAfter,
            Validity = ChainReading.ValidityOf(details, _at),
            DaysLeft = ChainReading.DaysLeftOf(details, _at),
            KeyUsage = read.KeyUsage,
            AllowsSigning = usage.IsKnown ? new Fact<bool?>(usage.Value?.MaySign) : default,
            AllowsEncryption = usage.IsKnown ? new Fact<bool?>(usage.Value?.MayEncrypt) : default,
            NameMatches = read.SubjectAlternativeNames.IsKnown && CertificateName.Matches(read.SubjectAlternativeNames.Value, _name),
            SelfSigned = read.SelfSigned,
        };
    }

    /// <summary>No purpose is asked of issuers: GM/T 0015 does not bind them to serverAuth.</summary>
    private PairMember Follow(PairMember read, CertificateDetails details)
    {
        var finding = _basis.Follow(details, _sent.Readable, _at, purpose: null);
        var signed = finding.Path.Certificates.Where((c, i) => i == 0 || i + 1 < finding.Path.Certificates.Count || !c.IsSelfIssued).ToList();
        return read with
        {
            Anchored = finding.Anchored,
            Trusted = finding.Trusted,
            Sm2Throughout = signed.Exists(c => c.SignatureAlgorithm.Oid != Sm2WithSm3) ? false : finding.OpenIssuer is null ? true : default(Fact<bool>),
            OpenIssuer = finding.OpenIssuer,
            Faults = new Fact<IReadOnlyList<TrustFault>>(finding.Faults),
            Path = new Fact<IReadOnlyList<TrustStep>>(finding.Steps(_sent.Readable)),
        };
    }

    private static Usage? Usages(CertificateDetails certificate) => certificate.Values.KeyUsage is { } usage
        ? new Usage(
            usage.Contains("digitalSignature") || usage.Contains("nonRepudiation"),
            usage.Contains("keyEncipherment") || usage.Contains("dataEncipherment") || usage.Contains("keyAgreement"))
        : null;

    private static List<string>? NamesOf(CertificateDetails certificate) => certificate.Values.Unreadable.Contains("2.5.29.17")
        ? null
        : [.. (certificate.Values.AlternativeNames ?? []).Select(n => n.Labelled).Order(StringComparer.OrdinalIgnoreCase)];

    private sealed record Usage(bool MaySign, bool MayEncrypt);
}
