using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What can be said of certificates in the order a server sent them.</summary>
internal sealed class ChainReading
{
    private readonly IReadOnlyList<CertificateDetails?> _sent;
    private readonly SignatureLedger _ledger;

    public ChainReading(IReadOnlyList<ReadOnlyMemory<byte>> ders, SignatureLedger ledger)
    {
        _sent = [.. ders.Select(d => CertificateDetails.TryRead(d, out _))];
        _ledger = ledger;
    }

    /// <summary>Those that could be read.</summary>
    public IReadOnlyList<CertificateDetails> Readable => [.. _sent.OfType<CertificateDetails>()];

    public bool IsWhole => _sent.All(c => c is not null);

    /// <summary>Null where there is none of that place or it cannot be read.</summary>
    public CertificateDetails? At(int position) => position < _sent.Count ? _sent[position] : null;

    public Fact<bool?> InOrder()
    {
        var sent = Readable;
        var links = IsWhole ? Enumerable.Range(0, sent.Count - 1).Select(i => Issued(sent[i + 1], sent[i])).ToList() : [null];
        return Decision.Of(proven: links.TrueForAll(l => l == true), disproven: links.Contains(false));
    }

    public Fact<bool?> RootSent()
    {
        var roots = Readable.Skip(1).Select(c => c.IsSelfSigned()).ToList();
        return Decision.Of(proven: roots.Contains(true), disproven: IsWhole && !roots.Contains(null));
    }

    public Fact<bool?> LeafSelfSigned() => At(0)?.IsSelfSigned() is { } own ? new Fact<bool?>(own) : default;

    public Fact<bool?> Repeated() => IsWhole ? new Fact<bool?>(Readable.DistinctBy(c => c.Sha256, StringComparer.Ordinal).Count() < Readable.Count) : default;

    public Fact<IReadOnlyList<int>?> Unrelated()
    {
        var sent = Readable;
        var unrelated = new List<int>();
        for (var i = 1; i < sent.Count && IsWhole; i++)
        {
            var links = sent.Where((_, j) => j != i).Select(c => Issued(sent[i], c)).ToList();
            if (links.Contains(true))
            {
                continue;
            }

            if (links.Contains(null))
            {
                return default;
            }

            unrelated.Add(i);
        }

        return IsWhole ? new Fact<IReadOnlyList<int>?>(unrelated) : default;
    }

    public IReadOnlyList<ChainMember> Members(DateTimeOffset at) => [.. _sent.Select((c, i) => Member(c, i, at))];

    public static Fact<ValidityState> ValidityOf(CertificateDetails certificate, DateTimeOffset at) =>
        certificate is not { NotBefore: { } from, NotAfter: { } to } ? default(Fact<ValidityState>)
        : at < from ? ValidityState.NotYetValid
        : at > to ? ValidityState.Expired
        : ValidityState.Current;

    public static Fact<int> DaysLeftOf(CertificateDetails certificate, DateTimeOffset at) =>
        certificate.NotAfter is { } to ? (int)Math.Floor((to - at).TotalDays) : default(Fact<int>);

    /// <summary>Missing where the path is open or may go on, or where who signed is not proven: a name that fits is no signature.</summary>
    public static Fact<IReadOnlyList<ChainIssuer>?> IssuersOf(CertificatePath path) =>
        path.SearchWasCut || path.Faults.Any(f => f.Kind is PathFaultKind.IssuerNotFound or PathFaultKind.SignatureInvalid or PathFaultKind.SignatureUnsupported)
            ? default
            : new Fact<IReadOnlyList<ChainIssuer>?>([.. path.Certificates.Skip(1).Select((c, i) => Issuer(c, isEnd: i + 2 == path.Certificates.Count))]);

    private static ChainIssuer Issuer(CertificateDetails certificate, bool isEnd) => new()
    {
        Subject = certificate.Subject.Text,
        KeyAlgorithm = certificate.Key.Algorithm,
        KeyBits = certificate.Key.Bits,
        SignatureHash = isEnd ? new Fact<string?>(null) : Hash(certificate, a => a.Hash),
        SignatureMaskHash = isEnd ? new Fact<string?>(null) : Hash(certificate, a => a.MaskHash),
    };

    private static Fact<string?> Hash(CertificateDetails certificate, Func<SignatureAlgorithm, string?> of) =>
        certificate.SignatureAlgorithm is { HashIsKnown: true } known ? of(known) : default(Fact<string?>);

    private static ChainMember Member(CertificateDetails? certificate, int position, DateTimeOffset at) =>
        certificate is null ? new ChainMember { Position = position } : new ChainMember
        {
            Position = position,
            Subject = certificate.Subject.Text,
            Validity = ValidityOf(certificate, at),
            DaysLeft = DaysLeftOf(certificate, at),
            KeyAlgorithm = certificate.Key.Algorithm,
            KeyBits = certificate.Key.Bits,
            SignatureAlgorithm = certificate.SignatureAlgorithm.Name,
            SignatureHash = Hash(certificate, a => a.Hash),
            SignatureMaskHash = Hash(certificate, a => a.MaskHash),
            SelfSigned = certificate.IsSelfSigned() is { } own ? own : default(Fact<bool>),
        };

    /// <summary>By name, and by signature as far as it can be verified; null where checking more would cost too much.</summary>
    private bool? Issued(CertificateDetails issuer, CertificateDetails child)
    {
        var check = issuer.Subject.Matches(child.Issuer) ? _ledger.Check(child, issuer) : SignatureCheck.Invalid;
        return check is { } known ? known != SignatureCheck.Invalid : null;
    }
}
