using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Describes the certificates, requests and lists found, each by itself and within the sample.</summary>
internal sealed class CertificateReading
{
    private const string KeyUsageOid = "2.5.29.15";
    private const string BasicConstraintsOid = "2.5.29.19";
    private const int PointBytes = 65;

    // Many certificates of one name would otherwise be checked against each other for hours.
    private const int MostIssuers = 8;

    private readonly FoundParts _found;
    private readonly List<CertificateDetails> _all;
    private readonly List<CertificateDetails> _roots;
    private readonly DateTimeOffset _at;
    private readonly KeyComparison _keys;

    public CertificateReading(FoundParts found, DateTimeOffset at, CancellationToken cancellationToken)
    {
        _found = found;
        _at = at;
        _all = [.. found.Certificates.Select(c => c.Value).OfType<CertificateDetails>().DistinctBy(c => c.Sha256, StringComparer.Ordinal)];
        _keys = new KeyComparison(_all, cancellationToken);
        _roots = [.. _all.Where(c => c.IsSelfSigned() == true)];
    }

    public SampledCertificate Describe(Found<CertificateDetails> one)
    {
        var bare = new SampledCertificate { File = one.At.File, Offset = one.At.Offset, Note = one.Value is { } c ? $"{one.At}：{c.Subject.Text}" : $"{one.At}：没有读出" };
        if (one.Value is not { } certificate)
        {
            return bare;
        }

        return WithChain(WithExtensions(bare, certificate), certificate) with
        {
            Subject = certificate.Subject.Text,
            Issuer = certificate.Issuer.Text,
            SerialNumber = certificate.SerialNumber,
            Sha256 = certificate.Sha256,
            Version = certificate.Version,
            SerialPositive = certificate.SerialBytes.Span is not ([] or [>= 0x80, ..] or [0]),
            SerialBytes = certificate.SerialNumber.Length / 2,
            Role = RoleOf(certificate),
            KeyAlgorithm = certificate.Key.Algorithm,
            KeyBits = certificate.Key.Bits,
            KeyWellFormed = IsWellFormed(certificate.Key),
            KeyFlaws = _keys.FlawsOf(certificate),
            SignatureAlgorithm = certificate.SignatureAlgorithm.Name,
            SignatureHash = HashOf(certificate.SignatureAlgorithm),
            MaskHash = MaskOf(certificate.SignatureAlgorithm),
            AlgorithmsAgree = certificate.AlgorithmsAgree,
            NotBefore = certificate.NotBefore,
            NotAfter = certificate.NotAfter,
            LifetimeDays = certificate.NotAfter - certificate.NotBefore is { } life ? (int)life.TotalDays : null,
        };
    }

    public static SampledRequest Describe(Found<CertificationRequest> one)
    {
        var bare = new SampledRequest { File = one.At.File, Note = one.Value is { } r ? $"{one.At}：{r.Subject.Text}" : $"{one.At}：没有读出" };
        return one.Value is not { } request ? bare : bare with
        {
            Subject = request.Subject.Text,
            KeyAlgorithm = request.Key.Algorithm,
            KeyBits = request.Key.Bits,
            SignatureAlgorithm = request.SignatureAlgorithm.Name,
            SignatureHash = HashOf(request.SignatureAlgorithm),
            MaskHash = MaskOf(request.SignatureAlgorithm),
            SignatureVerified = Decided(request.IsSelfSigned()),
            HasChallengePassword = request.HasChallengePassword,
        };
    }

    public SampledRevocationList Describe(Found<RevocationList> one)
    {
        var bare = new SampledRevocationList { File = one.At.File, Note = one.Value is { } l ? $"{one.At}：{l.Issuer.Text}" : $"{one.At}：没有读出" };
        return one.Value is not { } list ? bare : bare with
        {
            Issuer = list.Issuer.Text,
            Entries = list.EntryCount,
            ThisUpdate = list.ThisUpdate,
            NextUpdate = list.NextUpdate,
            HasNumber = list.HasNumber,
            SignatureAlgorithm = list.SignatureAlgorithm.Name,
            SignatureHash = HashOf(list.SignatureAlgorithm),
            MaskHash = MaskOf(list.SignatureAlgorithm),
            SignatureVerified = SignatureOf(list),
        };
    }

    private Fact<bool?> SignatureOf(RevocationList list)
    {
        var issuers = _all.Where(c => c.Subject.Matches(list.Issuer)).Take(MostIssuers).ToList();
        if (issuers.Count == 0)
        {
            return _found.Certificates.Exists(c => c.Value is null) ? default : new Fact<bool?>(null);
        }

        var checks = issuers.ConvertAll(list.IsSignedBy);
        return checks.Contains(SignatureCheck.Valid) ? true : checks.Contains(SignatureCheck.Unsupported) ? default(Fact<bool?>) : new Fact<bool?>(false);
    }

    private static SampledCertificate WithExtensions(SampledCertificate bare, CertificateDetails certificate)
    {
        var values = certificate.Values;
        bool? Critical(string oid) => certificate.Extensions.FirstOrDefault(e => e.Oid == oid)?.IsCritical;
        var readable = values.IsReadable(KeyUsageOid) && values.IsReadable(BasicConstraintsOid);
        var mayIssue = values.AllowsUse("keyCertSign");
        return bare with
        {
            KeyUsage = values.IsReadable(KeyUsageOid) ? new Fact<IReadOnlyList<string>?>(values.KeyUsage) : default,
            KeyUsageCritical = Critical(KeyUsageOid),
            BasicConstraintsCritical = Critical(BasicConstraintsOid),
            AuthorityConsistent = readable ? mayIssue is null || (values.BasicConstraints?.IsCa == true) == mayIssue : default(Fact<bool>),
            HasAuthorityKeyId = values.AuthorityKey?.KeyId is not null,
            HasSubjectKeyId = values.SubjectKeyId is not null,
            HasStatusPointer = values.CrlUris?.Count > 0 || values.OcspUris.Count > 0,
        };
    }

    private SampledCertificate WithChain(SampledCertificate bare, CertificateDetails certificate)
    {
        var selfSigned = certificate.IsSelfSigned();
        var issuer = _all.Where(c => c.Sha256 != certificate.Sha256 && c.Subject.Matches(certificate.Issuer)).Take(MostIssuers)
            .FirstOrDefault(c => certificate.IsSignedBy(c) == SignatureCheck.Valid);
        return bare with
        {
            SelfSigned = selfSigned is { } known ? known : default(Fact<bool>),
            ChainVerified = selfSigned == true ? new Fact<bool?>(true) : ChainOf(certificate),
            RevokedInSample = RevokedIn(certificate, selfSigned == true ? certificate : issuer),
        };
    }

    /// <summary>Validity is said of each certificate; here signatures, extensions and names of the path count.</summary>
    private Fact<bool?> ChainOf(CertificateDetails certificate)
    {
        if (!_all.Exists(c => c.Subject.Matches(certificate.Issuer)))
        {
            return _found.Certificates.Exists(c => c.Value is null) ? default : new Fact<bool?>(null);
        }

        var path = CertificatePath.Find(new PathQuestion { Leaf = certificate, Supplied = _all, Anchors = _roots, At = Middle(certificate) });
        var faults = path.Faults.Where(f => f.Kind is not (PathFaultKind.Expired or PathFaultKind.NotYetValid)).ToList();
        return !path.ReachesAnchor && faults.TrueForAll(f => f.Kind is PathFaultKind.IssuerNotFound)
            ? new Fact<bool?>(null)
            : path.SearchWasCut || faults.Exists(f => !f.IsDecided) ? default(Fact<bool?>) : new Fact<bool?>(path.ReachesAnchor && faults.Count == 0);
    }

    private DateTimeOffset Middle(CertificateDetails certificate) => (certificate.NotBefore, certificate.NotAfter) switch
    {
        ({ } from, { } to) when from <= to => from + ((to - from) / 2),
        _ => _at,
    };

    private Fact<bool?> RevokedIn(CertificateDetails certificate, CertificateDetails? issuer)
    {
        var lists = _found.Lists.Select(l => l.Value).ToList();
        if (lists.Contains(null))
        {
            return default;
        }

        var answers = issuer is null ? [] : lists.ConvertAll(l => l!.Judge(certificate, issuer, _at)).FindAll(f => f is { SignatureVerified: true, State: not null });
        return answers.Count == 0 ? new Fact<bool?>(null) : answers.Exists(f => f.State == RevocationState.Revoked);
    }

    internal static CertificateRole RoleOf(CertificateDetails certificate)
    {
        if (certificate.Values.BasicConstraints?.IsCa == true)
        {
            return CertificateRole.Authority;
        }

        return (certificate.Values.AllowsUse("digitalSignature", "nonRepudiation"), certificate.Values.AllowsUse("keyEncipherment", "dataEncipherment", "keyAgreement")) switch
        {
            (true, true) => CertificateRole.Both,
            (true, _) => CertificateRole.Signing,
            (_, true) => CertificateRole.Encryption,
            _ => CertificateRole.Unstated,
        };
    }

    private static bool IsWellFormed(SubjectKey key)
    {
        if (key.Problem is not null)
        {
            return false;
        }

        try
        {
            return key.Algorithm != "SM2" || Sm2PublicKey.ImportSpki(key.Spki.Span).ExportPoint().Length == PointBytes;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    private static Fact<string?> HashOf(SignatureAlgorithm algorithm) => algorithm.HashIsKnown ? algorithm.Hash : default(Fact<string?>);

    private static Fact<string?> MaskOf(SignatureAlgorithm algorithm) => algorithm.HashIsKnown ? algorithm.MaskHash : default(Fact<string?>);

    private static Fact<bool> Decided(SignatureCheck check) => check == SignatureCheck.Unsupported ? default : new Fact<bool>(check == SignatureCheck.Valid);
}
