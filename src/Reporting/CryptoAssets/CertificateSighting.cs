using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>A certificate, whether a file or a handshake showed it.</summary>
internal static class CertificateSighting
{
    public static void Add(JsonElement certificate, CryptoOccurrence place, CryptoSightings sightings)
    {
        if (certificate.Text("sha256") is not { } digest)
        {
            return;
        }

        var key = certificate.Text("keyAlgorithm");
        var bits = certificate.Number("keyBits");
        var hash = certificate.Text("signatureHash");
        var subject = certificate.Text("subject");
        var references = new List<string>();
        if (key is not null)
        {
            references.Add(sightings.Algorithm(Key(key, bits), [place with { Context = "证书公钥" }]));
        }

        if (hash is not null)
        {
            references.Add(sightings.Algorithm(NamedCryptography.Hash(hash), [place with { Context = "证书签名" }]));
        }

        sightings.Add(
            new CertificateAsset
            {
                Reference = $"certificate:{digest}",
                Name = subject ?? digest,
                Standing = Standing(sightings, key, bits, hash),
                Subject = subject,
                Issuer = certificate.Text("issuer"),
                NotBefore = certificate.Moment("notBefore"),
                NotAfter = certificate.Moment("notAfter"),
                Sha256 = digest,
                SignatureAlgorithm = certificate.Text("signatureAlgorithm"),
                Algorithms = [.. references.Distinct(StringComparer.Ordinal)],
                Occurrences = [],
                Uses = 0,
            },
            [place]);
    }

    private static NamedCryptography Key(string algorithm, int? bits) => algorithm switch
    {
        "SM2" => new("SM2", "signature"),
        "RSA-PSS" => new("RSA", "signature", Bits: bits),
        "RSA" => new("RSA", "signature", Bits: bits),
        "Ed25519" or "Ed448" => new("EdDSA", "signature", Bits: bits),
        _ => new(algorithm, "signature", Bits: bits),
    };

    /// <summary>SM by key and digest; as weak as the weaker of the two; open where one of them is not known.</summary>
    private static AlgorithmStanding? Standing(CryptoSightings sightings, string? key, int? bits, string? hash)
    {
        var ofKey = key is null ? null : sightings.StandingOf(Key(key, bits).Name, bits);
        var ofHash = hash is null ? null : sightings.StandingOf(NamedCryptography.Hash(hash).Name, null);
        return (ofKey, ofHash) switch
        {
            (AlgorithmStanding.Weak, _) or (_, AlgorithmStanding.Weak) => AlgorithmStanding.Weak,
            (AlgorithmStanding.Sm, AlgorithmStanding.Sm) => AlgorithmStanding.Sm,
            (null, _) or (_, null) => null,
            _ => AlgorithmStanding.Foreign,
        };
    }
}
