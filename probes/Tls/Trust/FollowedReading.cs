using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Reads a server's certificate by itself and follows it to an anchor.</summary>
/// <param name="sent">Everything sent in the same handshake.</param>
/// <param name="basis">Whom it may lead to.</param>
/// <param name="name">The name it should carry.</param>
/// <param name="at">Moment of the observation.</param>
internal sealed class FollowedReading(ChainReading sent, TrustBasis basis, string name, DateTimeOffset at)
{
    private const string Sm2WithSm3 = "1.2.156.10197.1.501";

    /// <param name="der">As sent.</param>
    /// <param name="purpose">Asked of issuers; null asks nothing.</param>
    public FollowedCertificate Read(ReadOnlyMemory<byte> der, string? purpose)
    {
        var bare = new FollowedCertificate { Sha256 = Convert.ToHexStringLower(SHA256.HashData(der.Span)) };
        return CertificateDetails.TryRead(der, out var problem) is { } details
            ? Follow(Describe(bare, details), details, purpose)
            : bare with { Problem = problem };
    }

    private FollowedCertificate Describe(FollowedCertificate bare, CertificateDetails details)
    {
        var read = CertificateReader.Read(details.Der, 0);
        var usage = details.Values.IsReadable("2.5.29.15") ? new Fact<PairedUsage?>(PairedUsage.Of(details)) : default;
        return bare with
        {
            Subject = read.Subject,
            Issuer = read.Issuer,
            KeyAlgorithm = read.KeyAlgorithm,
            KeyBits = read.KeyBits,
            SignatureAlgorithm = read.SignatureAlgorithm,
            NotBefore = read.NotBefore,
            NotAfter = read.NotAfter,
            Validity = ChainReading.ValidityOf(details, at),
            DaysLeft = ChainReading.DaysLeftOf(details, at),
            KeyUsage = read.KeyUsage,
            AllowsSigning = usage.IsKnown ? new Fact<bool?>(usage.Value?.MaySign) : default,
            AllowsEncryption = usage.IsKnown ? new Fact<bool?>(usage.Value?.MayEncrypt) : default,
            NameMatches = read.SubjectAlternativeNames.IsKnown && CertificateName.Matches(read.SubjectAlternativeNames.Value, name),
            SelfSigned = read.SelfSigned,
        };
    }

    private FollowedCertificate Follow(FollowedCertificate read, CertificateDetails details, string? purpose)
    {
        var finding = basis.Follow(details, sent.Readable, at, purpose);
        var isForeign = finding.Path.Certificates.Where((c, i) => i == 0 || i + 1 < finding.Path.Certificates.Count || !c.IsSelfIssued)
            .Any(c => c.SignatureAlgorithm.Oid != Sm2WithSm3);
        return read with
        {
            Anchored = finding.Anchored,
            Trusted = finding.Trusted,
            Sm2Throughout = isForeign || finding.OpenIssuer is null ? !isForeign : default(Fact<bool>),
            OpenIssuer = finding.OpenIssuer,
            Faults = new Fact<IReadOnlyList<TrustFault>>(finding.Faults),
            Path = new Fact<IReadOnlyList<TrustStep>>(finding.Steps(sent.Readable)),
        };
    }
}

/// <summary>What a key usage extension allows, by the two sides of a TLCP pair.</summary>
internal sealed record PairedUsage(bool MaySign, bool MayEncrypt)
{
    /// <returns>Null without the extension.</returns>
    public static PairedUsage? Of(CertificateDetails certificate) => certificate.Values is { KeyUsage: not null } values
        ? new PairedUsage(
            values.AllowsUse("digitalSignature", "nonRepudiation") == true,
            values.AllowsUse("keyEncipherment", "dataEncipherment", "keyAgreement") == true)
        : null;
}
