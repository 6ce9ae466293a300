using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Flaws of the public keys of a sample: each by itself, and what they have in common with each other.</summary>
internal sealed class KeyComparison
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly IReadOnlySet<int>? _sharing;
    private readonly HashSet<string> _shared;

    public KeyComparison(IReadOnlyList<CertificateDetails> certificates, CancellationToken cancellationToken)
    {
        for (var i = 0; i < certificates.Count; i++)
        {
            _places[certificates[i].Sha256] = i;
        }

        _sharing = PublicKeyFlaws.SharingPrimes([.. certificates.Select(c => c.Key)], cancellationToken);

        // One subject may well renew a certificate without a new key, and an authority be certified by two others.
        _shared = [.. certificates.GroupBy(KeyOf, StringComparer.Ordinal).Where(g => g.Select(c => c.Subject.Text).Distinct(StringComparer.Ordinal).Count() > 1).Select(g => g.Key)];
    }

    public Fact<IReadOnlyList<PublicKeyFlaw>> FlawsOf(CertificateDetails certificate)
    {
        if (certificate.Key.Problem is not null || (_sharing is null && certificate.Key.Exponent is not null))
        {
            return default;
        }

        return new([
            .. PublicKeyFlaws.Of(certificate.Key),
            .. _sharing?.Contains(_places[certificate.Sha256]) == true ? [PublicKeyFlaw.SharedPrime] : Array.Empty<PublicKeyFlaw>(),
            .. _shared.Contains(KeyOf(certificate)) ? [PublicKeyFlaw.SharedKey] : Array.Empty<PublicKeyFlaw>(),
        ]);
    }

    private static string KeyOf(CertificateDetails certificate) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(certificate.Key.Spki.Span));
}
